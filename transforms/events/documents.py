"""Documents that a sentence names as signed, adopted or approved."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from transforms.events.actors import LOCATIVE, is_possessed

if TYPE_CHECKING:
    from transforms.events.actors import Mention
    from transforms.events.sentences import Sentence

_KINDS = [
    "заң",
    "келісім",
    "меморандум",
    "декларация",
    "жарлық",
    "қаулы",
    "конвенция",
    "хаттама",
    "шарт",
    "кодекс",
    "тұжырымдама",
    "бағдарлама",
    "стратегия",
    "мәлімдеме",
    "жоспар",
    "хартия",
    "қарар",
    "келісімшарт",
    "пакт",
    "регламент",
    "ереже",
    "доктрина",
]
_KIND = re.compile(
    rf"({'|'.join(sorted(_KINDS, key=len, reverse=True))})"
    r"(?P<rest>[а-яәғқңөұүһі]{0,12})"
)
_DATIVE = re.compile(r"(?:лар|лер|дар|дер|тар|тер)?[ыі]?(?:с[ыі])?(?:[ғқгк][ае]|н[ае])")
_ACCUSATIVE = re.compile(r"(?:лар|лер|дар|дер|тар|тер)?[ыі]?(?:с[ыі])?(?:[ндт][ыі]|н)")
_NOMINATIVE = re.compile(r"(?:лар|лер|дар|дер|тар|тер)?(?:с?[ыі])?")
#: «қаулы қабылдады» as well as «қаулыны қабылдады».
_OBJECT = re.compile(f"{_ACCUSATIVE.pattern}|{_NOMINATIVE.pattern}")
#: Verb -> what was done, and the case of the document.
_ACTS = {
    "қой": ("signed", _DATIVE),
    "қойыл": ("signed", _DATIVE),
    "қойыс": ("signed", _DATIVE),
    "қабылда": ("adopted", _OBJECT),
    "қабылдан": ("adopted", _NOMINATIVE),
    "бекіт": ("approved", _OBJECT),
    "бекітіл": ("approved", _NOMINATIVE),
    "мақұлда": ("approved", _ACCUSATIVE),
    "мақұлдан": ("approved", _NOMINATIVE),
    "ратификацияла": ("ratified", _ACCUSATIVE),
}
_OPENING, _CLOSING = "«“„", "»”"
_STRAIGHT = '"'
_ABOUT = frozenset({"туралы", "жөніндегі", "жөнінде", "саласындағы", "бойынша"})
_LONGEST_TITLE = 300
_MOST_WORDS = 14
_QUOTED = 0.9
_PLAIN = 0.75
_STOPS = re.compile(
    r"[,;:.()–—\-«»“”]|тараптар|олар|екі|елдер|мемлекеттер|арасында|аясында|барысында|компания[а-яі]*|кейін|негізінде|бүгін|кеше|отырысында"
    r"|соңында|соңынан|қорытындысында|қорытындысымен|нәтижесінде|шеңберінде|мақсатында"
    r"|жшс|ақ|зтб|жак|аақ|қб|рқб|ұқ|ұақ|тоо|ао|ооо|кмк|рмк"
    # Those who sign: «Қазақстан мен Жапония ғалымдары».
    r"|(?:ғалым|өкіл|министр|басшы|президент|ұйым|тарап|жақ|университет|мекеме"
    r"|кәсіпорын|депутат|министрлік|агенттік)(?:лар|лер|дар|дер|тар|тер)[ыі]?"
    r"|.+(?:дады|деді|дап|деп)"
)
#: A title does not begin with these.
_JOINS = frozenset({"мен", "пен", "бен", "және", "әрі", "немесе"})
#: «өндіру»: what is done; its object is left out where a name stands before it.
_DOING = re.compile(r".{2,}у")


class Paper(NamedTuple):
    """A document: its title, what was done with it, where it stands, how sure."""

    title: str
    action: str
    start: int
    end: int
    confidence: float


def documents_in(sentence: Sentence, text: str) -> list[Paper]:
    """The documents that a sentence names as signed or adopted.

    Args:
        sentence: its words.
        text: the text or title that it stands in.
    """
    sentence = _with_paired_marks(sentence)
    act = _act(sentence)
    if act is None:
        return []
    verb_at, action, ending = act
    found: list[Paper] = []
    covered = -1
    for at in range(verb_at):
        if at <= covered:
            continue
        if sentence.forms[at] in _OPENING:
            closing = _closing(sentence, at, verb_at)
            if closing is not None:
                paper = _quoted(sentence, text, at, closing, action, ending)
                covered = closing
                if paper:
                    found.append(paper)
            continue
        if sentence.forms[at] in _ABOUT and not _just_quoted(sentence, at):
            paper = _plain(sentence, text, at, verb_at, action, ending)
            if paper:
                covered = _last_before(sentence, paper.end)
                found.append(paper)
    return found


def _last_before(sentence: Sentence, end: int) -> int:
    return max(at for at, last in enumerate(sentence.ends) if last <= end)


def _with_paired_marks(sentence: Sentence) -> Sentence:
    """Tell straight quotation marks apart: the first opens, the next closes."""
    if _STRAIGHT not in sentence.forms:
        return sentence
    forms, is_open = [], False
    for form in sentence.forms:
        if form == _STRAIGHT:
            is_open = not is_open
            forms.append(_OPENING[0] if is_open else _CLOSING[0])
        else:
            forms.append(form)
    return replace(sentence, forms=forms)


def _act(sentence: Sentence) -> tuple[int, str, re.Pattern[str]] | None:
    for at, word in sentence.words.items():
        for verb, speaks in word.verbs.items():
            if verb not in _ACTS or speaks not in {"past", "converb"}:
                continue
            action, ending = _ACTS[verb]
            if action == "signed" and "қол" not in sentence.forms[max(0, at - 2) : at]:
                continue
            return at, action, ending
    return None


def _closing(sentence: Sentence, at: int, end: int) -> int | None:
    depth = 0
    for place in range(at, end):
        if sentence.forms[place] in _OPENING:
            depth += 1
        elif sentence.forms[place] in _CLOSING:
            depth -= 1
            if not depth:
                return place
    return None


def _quoted(  # noqa: PLR0913, PLR0917 - where it stands, and what is looked for
    sentence: Sentence,
    text: str,
    opening: int,
    closing: int,
    action: str,
    ending: re.Pattern[str],
) -> Paper | None:
    """A title between quotation marks, with the kind of document near after it."""
    title = text[sentence.ends[opening] : sentence.starts[closing]].strip()
    if not title or len(title) > _LONGEST_TITLE:
        return None
    for at in range(closing + 1, min(closing + 6, len(sentence.forms))):
        kind = _kind(sentence.forms[at], ending)
        if kind is None:
            continue
        between = sentence.forms[closing + 1 : at]
        is_about = bool(between) and between[0] in _ABOUT
        if between and not is_about and at > closing + 2:
            break
        last = sentence.forms[closing - 1]
        if action == "signed" and not is_about and last not in _ABOUT:
            return None
        if is_about:
            name = text[sentence.starts[closing + 1] : sentence.ends[at - 1]]
            title = f"«{title}» {name} {kind}"
        elif last in _ABOUT:
            words = sentence.tokens[closing + 1 : at]
            title = f"{title} {' '.join([*words, kind])}"
        return Paper(
            title, action, sentence.starts[opening], sentence.ends[at], _QUOTED
        )
    return None


def _just_quoted(sentence: Sentence, at: int) -> bool:
    return at > 0 and sentence.forms[at - 1] in _CLOSING


def _plain(  # noqa: PLR0913, PLR0917 - where it stands, and what is looked for
    sentence: Sentence,
    text: str,
    about: int,
    end: int,
    action: str,
    ending: re.Pattern[str],
) -> Paper | None:
    """«стратегиялық серіктестік туралы меморандумға»."""
    for at in range(about + 1, min(about + 4, end)):
        kind = _kind(sentence.forms[at], ending)
        if kind is None:
            continue
        first = about
        while first > max(0, about - _MOST_WORDS):
            before = sentence.forms[first - 1]
            if _STOPS.fullmatch(before):
                break
            named = _named_at(sentence, first - 1)
            if named is not None and _is_begun(sentence, named, first):
                return None
            if named is not None and not is_possessed(sentence.forms[first]):
                break
            first -= 1
        while first < about and sentence.forms[first] in _JOINS:
            first += 1
        if first == about:
            return None
        start = sentence.starts[first]
        head = text[start : sentence.starts[at]].strip()
        if len(head) > _LONGEST_TITLE:
            return None
        return Paper(
            " ".join(f"{head} {kind}".split()),
            action,
            start,
            sentence.ends[at],
            _PLAIN,
        )
    return None


def _is_begun(sentence: Sentence, named: Mention, first: int) -> bool:
    """Whether a title goes on before a name that stands where it seems to begin.

    «Қазақстанда өндіру туралы келісім» has lost what is made; of «парламенті банк
    қызметі туралы заң» nobody can tell where it begins.
    """
    form = sentence.forms[first]
    if named.kind == "organisation":
        # «қызметі» is no verb of the past here.
        return is_possessed(form) or form.endswith(("ты", "ті"))
    return named.case == LOCATIVE and bool(_DOING.fullmatch(form))


def _kind(form: str, ending: re.Pattern[str]) -> str | None:
    found = _KIND.fullmatch(form)
    if found and ending.fullmatch(found["rest"]):
        return found[1]
    return None


def _named_at(sentence: Sentence, at: int) -> Mention | None:
    """The name that a word is of, unless the word after it is of the same."""
    start, following = sentence.starts[at], sentence.starts[at + 1]
    for one in sentence.mentions:
        if one.start <= start < one.end:
            return None if following < one.end else one
    return None
