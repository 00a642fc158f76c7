"""Whose words they are: «Тоқаевтың айтуынша», «Министрліктің мәліметінше»."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from transforms.quotes.bodies import body_called
from transforms.quotes.epithets import by_epithet
from transforms.quotes.roles import role_beside
from transforms.quotes.speakers import BY_OFFICE, NAMED, Speaker
from transforms.quotes.vocabulary import HIS, is_speaker_noun

if TYPE_CHECKING:
    from transforms.quotes.parts import Part
    from transforms.quotes.topics import Topics

_POSSESSED = re.compile("[ыі](?:н[ыі]ң)?$")
_THEIR_PEOPLE = re.compile("(?:өкіл|маман|қызметкер)(?:дер|дар|лер)?[іы](?:н[іы]ң)?")
_PRESS_SERVICE = re.compile(r"баспасөз[\s-]+(?:қызмет|орталы)\w*")


def find_owner(part: Part, start: int, end: int, topics: Topics) -> Speaker | None:
    """Find whose words they are: «Тоқаевтың», «Оның», «Сарапшылардың» «айтуынша»."""
    best = None
    for mention in part.mentions_in(start, end):
        rest = part.text[mention.end : end].strip(' ,»”"').lower()
        if rest and not (mention.kind == "organisation" and _speaks_for(rest)):
            continue
        if best is None or mention.kind == "person":
            best = mention
    if best is not None:
        # «Президенттің» is a speaker's name here, in the genitive, and no office's.
        role = (None, None) if best.kind == "position" else role_beside(part, best)
        sure = NAMED if best.kind == "person" else BY_OFFICE
        return Speaker(
            best.start, best.end, best.entity_id, *role,
            sure if best.entity_id is not None else 1.0,
        )  # fmt: skip
    return _by_word(part, start, end, topics)


def _by_word(part: Part, start: int, end: int, topics: Topics) -> Speaker | None:
    """Find whose words they are where no name says it: «Оның», «Министрліктің»."""
    sentence = part.sentence_at(start)
    if sentence is None:
        return None
    words = sentence.words(start, end)
    if not words:
        return None
    last = words[-1]
    form = sentence.forms[last]
    first = sentence.starts[last]
    if form in HIS and form != "олардың":
        entity, sure = topics.at(first, is_person=True)
        return Speaker(first, sentence.ends[last], entity, None, None, sure)
    if form != "олардың":
        noun = _bare(form)
        entity = topics.called(noun, first) if noun else None
        if entity is None:
            last_of_name = _short_name(sentence.forms, last)
            entity = body_called(part, sentence, last_of_name)
            first = sentence.starts[last_of_name if entity else last]
        if entity is None and noun:
            entity = by_epithet(part, noun, first, topics)
        if entity is not None:
            return Speaker(first, sentence.ends[last], entity, None, None, BY_OFFICE)
    begin = sentence.starts[_owned_from(sentence.forms, words[0], last)]
    return Speaker(begin, sentence.ends[last], None, None, None, 1.0)


def _speaks_for(rest: str) -> bool:
    """Whether words after an organisation are those who speak for it."""
    if _PRESS_SERVICE.fullmatch(rest):
        return True
    return " " not in rest and is_speaker_noun(rest, whole=False)


def _short_name(forms: list[str], last: int) -> int:
    """Where a body stands whose people speak: «Министрліктің баспасөз қызметінің»."""
    words = " ".join(forms[max(0, last - 1) : last + 1])
    if _PRESS_SERVICE.fullmatch(words):
        return max(0, last - 2)
    return max(0, last - 1) if _THEIR_PEOPLE.fullmatch(forms[last]) else last


def _owned_from(forms: list[str], first: int, last: int) -> int:
    """Where a noun begins with whose it is: «полиция департаментінің»."""
    if not _POSSESSED.search(forms[last]):
        return last
    begin = last
    while begin > max(first, last - 2) and forms[begin - 1][0].isalpha():
        begin -= 1
    return begin


def _bare(form: str) -> str | None:
    """The noun of a genitive: «сарапшының»."""
    found = re.fullmatch(r"(.{3,}?)(?:н[ыі]ң|[дт][ыі]ң)", form)
    return found[1] if found else None
