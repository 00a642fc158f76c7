"""Organisations that speak without their name: «ведомство», «делінген хабарламада»."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from transforms.quotes.vocabulary import (
    DASHES,
    PASSIVE,
    SAID,
    SOURCE,
    THAT,
    VERB_FORMS,
    WRITTEN,
)

if TYPE_CHECKING:
    from transforms.quotes.mentions import Mention
    from transforms.quotes.parts import Part, Sentence

#: A short name means no body that was named more characters before.
_FAR = 3000
#: «ІІМ», «ҚР ТЖМ», «ҰҚК-нің»: names of state bodies in capitals end so.
_CAPITALS = r"(?:^|\s)[А-ЯЁӘҒҚҢӨҰҮҺІ]{{1,4}}[{last}](?:-\w+)?$"
_STATE = (
    "министрлі[кг]|комитет|агентті[кг]|департамент|басқарма|прокуратура|банк|әкімді[кг]"
)


def _named(head: str, last: str = "") -> re.Pattern[str]:
    """A name with a head noun as its last word, or in capitals that stand for it."""
    words = rf"(?i:(?:{head})(?:с?[ыі])?(?:н[ыі]ң|[дтн][ае]н?|[ғқгк][ае]|н[ае]|н)?$)"
    return re.compile(f"{words}|{_CAPITALS.format(last=last)}" if last else words)


#: A short name to the names that it stands for.
_NAMED = {
    "министрлік": _named("министрлі[кг]", "М"),
    "комитет": _named("комитет", "К"),
    "агенттік": _named("агентті[кг]", "А"),
    "департамент": _named("департамент", "Д"),
    "басқарма": _named("басқарма", "Б"),
    "прокуратура": _named("прокуратура"),
    "әкімдік": _named("әкімді[кг]"),
    "банк": _named("банк"),
    "федерация": _named("федерация"),
    "компания": _named("компания|корпорация|холдинг"),
    "ведомство": _named(_STATE, "МКАДБ"),
}
#: «"Ақ бидай" ЖШС»: what stands after a name tells that it is a firm's.
_FIRM = re.compile(r"[»”“\"]?\s*(?:АҚ|ЖШС|әуе\s?компания|авиакомпания|компания)")
#: Bodies that stand between a name and «ведомство» may be meant as well.
_OTHER_BODY = re.compile(f"(?i)полици|сот(?:ы|қа|та)?\\b|тжд|{_STATE}")
_SHORT_NAME = re.compile(
    f"({'|'.join(re.sub('к$', '[кг]', name) for name in _NAMED)})(?:н[ыі]ң|[дт][ыі]ң)?"
)
_THIS = frozenset({"аталған", "осы", "бұл", "сол", "аталмыш"})


def body_called(part: Part, sentence: Sentence, at: int) -> int | None:
    """The organisation that a word means which is short for its name.

    «Қаржы министрлігі …. Министрліктің мәліметінше»: it is the only one of that kind
    that the article has named before, and nothing tells of another one («ресейлік
    ведомство»).

    Args:
        part: the title or text.
        sentence: where the word stands.
        at: which word of it.
    """
    found = _SHORT_NAME.fullmatch(sentence.forms[at])
    if not found or not _stands_alone(sentence, at):
        return None
    noun = re.sub("г$", "к", found[1])
    place = sentence.starts[at]
    named = [
        mention
        for mention in part.mentions_in(max(0, place - _FAR), place)
        if mention.kind == "organisation" and _may_mean(part, mention, noun)
    ]
    if len({mention.entity_id for mention in named}) != 1:
        return None
    between = part.text[named[-1].end : place]
    if noun == "ведомство" and _OTHER_BODY.search(between):
        return None
    return named[-1].entity_id


def _stands_alone(sentence: Sentence, at: int) -> bool:
    """Whether no word before a short name tells of which one it is."""
    before = sentence.forms[at - 1] if at else "."
    return (
        not before[0].isalnum()
        or before in _THIS
        or before == THAT
        or before in SAID
        or before in WRITTEN
        or before in VERB_FORMS
        or bool(PASSIVE.search(before))
    )


def _may_mean(part: Part, mention: Mention, noun: str) -> bool:
    surface = part.text[mention.start : mention.end]
    if mention.entity_id is None:
        return False
    if noun == "компания" and _FIRM.match(part.text, mention.end):
        return True
    return bool(_NAMED[noun].search(surface))


#: «делінген ТЖМ баспасөз қызметінің хабарламасында», «делінген Ақорда сайтында».
_DOCUMENT = re.compile(
    r"(?i)[»”\"]?\s*(?:ресми\s+)?(?:баспасөз\s+\w+\s+)?(?:ресми\s+)?"
    r"(?:хабарлама|мәлімдеме|материал|ақпарат|жарияланым|сайт|жауап|бұйры|баспасөз)\w*"
)
#: «Ақордаға сілтеме жасап», «ТЖМ баспасөз қызметіне сілтеме жасап».
_CITED = re.compile(r"[»”\"]?\s*(?:баспасөз[\s-]+(?:қызмет|орталы)\w*\s+)?сілтеме\b")
#: Bodies that are no outlets: only these have messages of their own.
_OFFICIAL = re.compile(
    rf"(?i:{_STATE}|ақорда|үкімет|сенат|мәжіліс|парламент|әкімшіліг)|"
    rf"{_CAPITALS.format(last='МД')}"
)


def document_body(part: Part, start: int, end: int) -> Mention | None:
    """The organisation whose message a narrator's words name.

    Args:
        part: the title or text.
        start: where «делінген» stands.
        end: where the narrator's words end.
    """
    for mention in part.mentions_in(start, end):
        if mention.kind != "organisation":
            continue
        surface = part.text[mention.start : mention.end]
        if SOURCE.search(surface):
            return None
        # «делінген Ақордада» needs no word for the message.
        if _DOCUMENT.match(part.text, mention.end) or re.search("[дт][ае]$", surface):
            return mention
        return None
    return None


def cited_body(part: Part, sentence: Sentence) -> Mention | None:
    """The organisation whose message a report goes by: «Ақордаға сілтеме жасап»."""
    for mention in reversed(part.mentions_in(sentence.start, sentence.end)):
        surface = part.text[mention.start : mention.end]
        if mention.kind == "organisation" and _CITED.match(part.text, mention.end):
            is_official = _OFFICIAL.search(surface) and not SOURCE.search(surface)
            return mention if is_official else None
    return None


def own_verb(sentence: Sentence) -> int | None:
    """The verb of speech that a sentence ends with, before the reporter's own words.

    «Қазгидромет ескерту жариялады, – деп хабарлайды тілшіміз»: the first verb.
    """
    forms = sentence.forms
    last = len(forms)
    for at in range(1, len(forms) - 1):
        if forms[at] in {THAT, *SAID} and (
            forms[at - 1] == "," or forms[at - 1] in DASHES
        ):
            last = at
            break
    last -= 1
    while last > 0 and not forms[last][0].isalnum():
        last -= 1
    return last if forms[last] in VERB_FORMS else None
