"""One letter a token, so that amounts can be found by a regular expression.

A capital letter stands for a token with white space before it, a small one for a token
that is written together with the one before: «12,4 млрд» is ``D,dM``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from transforms.amounts.approximations import (
    AFTER,
    BEFORE,
    DEGENDE,
    FALLS,
    NEGATIONS,
    RISES,
)
from transforms.kazakh.analyses import is_suffix_chain
from transforms.kazakh.calendar import MONTH_FORMS
from transforms.kazakh.number_words import MOST_DIGITS, number_word

if TYPE_CHECKING:
    from transforms.amounts.units import Units

#: Digits by their length, then: with a suffix, three with a suffix, a range, a range
#: with a suffix; with a unit or magnitude written on.
SHORT, GROUP, FOUR, LONG = "D", "G", "Y", "L"
SUFFIXED, GROUP_SUFFIXED, RANGE, RANGE_SUFFIXED, JOINED = "S", "E", "H", "J", "K"
#: Number words: small, inflected, a range, «жарым», a magnitude, inflected.
SMALL, INFLECTED, WORD_RANGE, HALF, MAGNITUDE, INFLECTED_MAGNITUDE = "WVCZMN"
COLLECTIVE = "O"
ORDINAL, WHOLE, POINT = "T", "6", "7"
NUMBER_WORDS = tuple("WVCZMNTO")
#: Units: a head, what begins a name, either; a currency's sign.
UNIT, BEGINS, EITHER, SIGN = "UQPI"
AFTERWARDS, BEFOREHAND, NEGATION, DEGENDE_LETTER = "AX89"
RISE, FALL, MONTH, NUMBER_SIGN, LATIN, WORD = "12345_"
DASH, GLUED_DASH, BREAK, OTHER = "=-|;"

_DASHES = frozenset("-‐‑‒–—―−")
_DIGITS = re.compile(
    r"([0-9]+)(?:[-\u2010\u2011]([0-9]+))?(?:[-\u2010\u2011'’ʼ`]([^\W\d_]+))?"
)
_JOINED = re.compile(r"[0-9]+([^\W\d_].*)", re.DOTALL)
_PARTITIVE = frozenset({"уі", "еуі", "уін", "еуін", "еуінің", "уінің"})
_ORDINAL = re.compile("(?:ы|і)?н?(?:шы|ші)|(?:[лдт](?:ық|ік))|да?ғ?а?ған|де?г?е?ген")
#: «15-інде», «2025-тегі», «5-те»: dates, times and ages more often than amounts.
_PLACED = re.compile("(?:[ыі]нда|[ыі]нде|дағы|дегі|тағы|тегі|жыл.*)$")
_NUMBER_SIGNS = frozenset({"№", "n", "§"})
_LATIN = re.compile("[A-Za-z]")
_LONGEST = 40


def letter_of(form: str, units: Units) -> str:
    """Letter of one token as it stands in Cyrillic, as if after white space."""
    if len(form) == 1 and not form.isalnum():
        return _sign(form, units)
    if form[0].isdigit():
        return _digits(form, units)
    if len(form) > _LONGEST:
        return WORD
    lower = form.lower()
    return _number(lower) or _unit(lower, units) or _word(form, lower)


def _sign(sign: str, units: Units) -> str:
    if sign in _DASHES:
        return DASH
    if sign in units.symbols:
        return SIGN if units.symbols[sign].kind == "money" else UNIT
    if sign in BEFORE:
        return BEFOREHAND
    if sign == "%":
        return UNIT
    if sign in _NUMBER_SIGNS:
        return NUMBER_SIGN
    return sign if sign in ",.:/" else OTHER


def _digits(form: str, units: Units) -> str:
    match = _DIGITS.fullmatch(form)
    if match is None:
        return _joined(form, units)
    first, second, suffix = match.groups()
    suffix = (suffix or "").lower()
    if max(len(first), len(second or "")) > MOST_DIGITS:
        letter = ORDINAL
    elif suffix in {"", "ақ"}:
        letter = RANGE if second else _BY_LENGTH.get(len(first), LONG)
    elif _ORDINAL.match(suffix) or _PLACED.search(suffix):
        letter = ORDINAL
    elif is_suffix_chain(suffix) or suffix in _PARTITIVE:
        is_group = len(first) == len("000")
        letter = GROUP_SUFFIXED if is_group else SUFFIXED
        letter = RANGE_SUFFIXED if second else letter
    else:
        letter = ORDINAL if second else _joined(form, units)
    return letter


_BY_LENGTH = {1: SHORT, 2: SHORT, 3: GROUP, 4: FOUR}


def _joined(form: str, units: Units) -> str:
    """Digits with letters written on: «12млн» and «5км» are amounts, «5G» is not."""
    match = _JOINED.fullmatch(form)
    if match is None or len(form) > _LONGEST:
        return ORDINAL
    rest = match[1].lower()
    magnitude = number_word(rest)
    if magnitude is not None and magnitude.kind == "magnitude":
        return JOINED
    unit = units.read(rest)
    return JOINED if unit is not None and unit.head is not None else ORDINAL


def _number(lower: str) -> str | None:
    read = number_word(lower)
    if read is None:
        return None
    plain, inflected = _OF_KIND[read.kind]
    if read.kind == "small" and (
        "poss3" in read.suffixes or (read.base == "бір" and read.suffixes)
    ):
        return None
    return inflected if read.suffixes else plain


#: Letters of number words: in the nominative, and in other cases.
_OF_KIND: dict[str, tuple[str, str | None]] = {
    "small": (SMALL, INFLECTED),
    "magnitude": (MAGNITUDE, INFLECTED_MAGNITUDE),
    "half": (HALF, None),
    "range": (WORD_RANGE, WORD_RANGE),
    "collective": (COLLECTIVE, COLLECTIVE),
    "ordinal": (ORDINAL, ORDINAL),
}


def _unit(lower: str, units: Units) -> str | None:
    if lower in units.symbols:
        return SIGN
    read = units.read(lower)
    if read is None:
        return None
    if read.head is None:
        return BEGINS
    return EITHER if read.begins else UNIT


_FIXED = {
    **dict.fromkeys(AFTER, AFTERWARDS),
    **dict.fromkeys(BEFORE, BEFOREHAND),
    **dict.fromkeys(NEGATIONS, NEGATION),
    **dict.fromkeys(MONTH_FORMS, MONTH),
    DEGENDE: DEGENDE_LETTER,
    "бүтін": WHOLE,
    **dict.fromkeys(("де", "да", "те", "та"), POINT),
}


def _word(form: str, lower: str) -> str:
    fixed = _FIXED.get(lower)
    if fixed is not None:
        return fixed
    if RISES.match(lower):
        return RISE
    if FALLS.match(lower):
        return FALL
    if lower in _NUMBER_SIGNS:
        return NUMBER_SIGN
    if _LATIN.match(form):
        return LATIN
    return WORD if form[0].isalpha() else OTHER
