"""Who and what a sentence names, and in which case."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

NOMINATIVE = "nom"
GENITIVE = "gen"
DATIVE = "dat"
ACCUSATIVE = "acc"
LOCATIVE = "loc"
ABLATIVE = "abl"
INSTRUMENTAL = "ins"

_CASES = (
    (GENITIVE, re.compile(r"[ндт][ыі]ң")),
    (INSTRUMENTAL, re.compile(r"[мбп]ен")),
    (ABLATIVE, re.compile(r"(?:[дт]|н)[ае]н")),
    (LOCATIVE, re.compile(r"н?[дт][ае](?:ғы|гі)?")),
    (DATIVE, re.compile(r"[ғқгкн]?[ае]")),
    (ACCUSATIVE, re.compile(r"[ндт][ыі]|н")),
)
#: Those who act for an organisation or a country: the case is theirs.
_CARRIER = re.compile(
    r"(?:(?:үкімет|делегация|тарап|билі[кг]|басшылы[қғ]|өкіл|әскер|парламент|елші)"
    r"(?:(?:і|ы|сы|сі|тері|дері|лері|лары)?))(.*)"
)
_POSSESSED = re.compile(
    r".{2,}?(?:сы|сі|[бвгғджзкқлмнңпрстфхцчшщ][ыі])"
    r"(?:н[ыі]ң|на|не|н|нда|нде|нан|нен|мен)?"
)
_PAST = re.compile(r".+[дт][ыі]")
#: Adjectives and ordinals that end as a possessed noun does.
_NO_NOUN = re.compile(r"жалпы|қарсы|алғашқы|соңғы|сыртқы|ішкі|.+[нң]ш[ыі]")


class Mention(NamedTuple):
    """One who may act, or a place.

    Attributes:
        start: offset of its first code point.
        end: offset after its last one.
        kind: person, position, organisation, gpe.
        entity_id: who or where.
        country_code: the country that it is or acts for; null if unknown.
        is_country: whether it is a country.
        place_id: a place of the reference table; null for others.
        case: the case that it stands in.
        is_outlet: whether it is a news agency or another outlet.
    """

    start: int
    end: int
    kind: str
    entity_id: int
    country_code: str | None
    is_country: bool
    place_id: int | None
    case: str
    is_outlet: bool = False


#: Cases of offices, which have no nominative of their own: «министрі», «төрағаны».
_OFFICE_CASES = (
    (GENITIVE, re.compile(r".+[ндт][ыі]ң")),
    (INSTRUMENTAL, re.compile(r".+[мбп]ен")),
    (ABLATIVE, re.compile(r".+[дтн][ае]н")),
    (LOCATIVE, re.compile(r".+[дт][ае]")),
    (DATIVE, re.compile(r".+(?:[ғқгк][ае]|н[ае])")),
    (ACCUSATIVE, re.compile(r".+(?:тт[ыі]|н[ыі]|[ыі]н|рд[ыі])")),
)
#: Offices that end as a dative does.
_NO_DATIVE = re.compile(r".*(?:төр|бас)?аға")


@lru_cache(maxsize=1 << 16)
def case_of(form: str, normal_form: str | None) -> str:
    """Name the case of a name, given its nominative; an office's by its ending."""
    if normal_form is None:
        words = form.lower().split()
        if not words or _NO_DATIVE.fullmatch(words[-1]):
            return NOMINATIVE
        for name, ending in _OFFICE_CASES:
            if ending.fullmatch(words[-1]):
                return name
        return NOMINATIVE
    lower, base = form.lower(), normal_form.lower()
    if lower == base:
        return NOMINATIVE
    last, stem = lower.split()[-1:], base.split()[-1:]
    if not last or not stem:
        return NOMINATIVE
    return _case_of_rest(_rest(last[0], stem[0]))


def _rest(word: str, base: str) -> str:
    """What a word has beyond its nominative, whose last letters may have changed."""
    shared = 0
    for one, other in zip(word, base, strict=False):
        if one != other:
            break
        shared += 1
    return word[shared:].lstrip("-’'ʼ")


def _case_of_rest(rest: str) -> str:
    for name, ending in _CASES:
        if ending.fullmatch(rest):
            return name
    for name, ending in _CASES:
        if rest and re.search(f"(?:{ending.pattern})$", rest):
            return name
    return NOMINATIVE


def carried_case(word: str) -> str | None:
    """The case of one who acts for a country: «үкіметімен»; None for other words."""
    found = _CARRIER.fullmatch(word)
    return _case_of_rest(found[1]) if found else None


def is_possessed(word: str) -> bool:
    """Whether a noun may be someone's: «шекарасы»; «барды» is a verb."""
    return (
        bool(_POSSESSED.fullmatch(word))
        and not _PAST.fullmatch(word)
        and not _NO_NOUN.fullmatch(word)
    )
