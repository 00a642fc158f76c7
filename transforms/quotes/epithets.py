"""People who are meant by a word that did not stand before their name: «деді ғалым»."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from transforms.quotes.roles import BESIDE, role_beside

if TYPE_CHECKING:
    from transforms.quotes.mentions import Mention
    from transforms.quotes.parts import Part
    from transforms.quotes.topics import Topics

#: What one who holds an office is called, and one who knows a field.
_OF_OFFICE = frozenset(
    {"шенеунік", "спикер", "саясаткер", "дипломат", "қайраткер", "вице-премьер",
     "вице-министр"}
)  # fmt: skip
_OF_FIELD = frozenset({"ғалым", "сарапшы", "маман", "зерттеуші"})
_OFFICE = re.compile(
    "(?i)министр|президент|әкім|депутат|төраға|елші|прокурор|хатшы|сенатор|кеңесші|басшы"
)
#: A leader is named no more characters before.
_FAR, _NAME = 6000, 80
#: «Үкімет басшысы», «АҚШ басшысы».
_HEAD_OF = re.compile(r"(?i)(\S+) (?:басшысы|көшбасшысы)")
_PREMIER = re.compile("(?i)(?:.* )?премьер-министрі?$")
_LEADER = "(?i)(?:{whose}) (?:президенті|премьер-министрі|канцлері|королі|патшасы)$"


def by_epithet(part: Part, noun: str, place: int, topics: Topics) -> int | None:
    """The one who spoke last, where a noun suits and nobody else was named since.

    Args:
        part: the title or text.
        noun: in lower case and in the nominative: «сарапшы».
        place: where it stands.
        topics: who spoke.
    """
    if noun not in _OF_OFFICE and noun not in _OF_FIELD:
        return None
    entity = topics.last_speaker(place)
    near = part.mentions_in(max(0, place - _FAR), place) if entity else []
    for person in reversed(near):
        if person.kind != "person" or person.entity_id != entity:
            continue
        start, end = role_beside(part, person)
        if start is not None and end is not None:
            is_of_office = bool(_OFFICE.search(part.text[start:end]))
            return entity if is_of_office == (noun in _OF_OFFICE) else None
    return entity if noun in _OF_FIELD else None


def by_office(part: Part, office: Mention) -> int | None:
    """The one person who was named with the office that another word means.

    «Премьер-министр Х …. Үкімет басшысы …», «АҚШ президенті Х …. АҚШ басшысы …».

    Args:
        part: the title or text.
        office: the mention of an office.
    """
    head = _HEAD_OF.fullmatch(part.text[office.start : office.end])
    if not head:
        return None
    whose = head[1].lower()
    named = (
        _PREMIER
        if whose == "үкімет"
        else re.compile(_LEADER.format(whose=re.escape(whose)))
    )
    found = set()
    near = part.mentions_in(max(0, office.start - _FAR), office.start)
    for first in near:
        if first.kind == "position" and named.fullmatch(
            part.text[first.start : first.end]
        ):
            found |= {
                second.entity_id
                for second in part.mentions_in(first.end, first.end + _NAME)
                if second.kind == "person"
                and second.entity_id is not None
                and BESIDE.fullmatch(part.text[first.end : second.start])
            }
    return found.pop() if len(found) == 1 else None
