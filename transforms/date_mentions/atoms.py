"""Cut the words of a stretch into the smallest parts that mean something in a date.

A word of `transforms.kazakh.tokens` may be several parts: «2024-2025», «9-қазанда»,
«15-інде», «2025ж»; a date in digits may be several words: «09», «.», «10», «.», «2025».
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from transforms.date_mentions.number_words import ENDINGS
from transforms.date_mentions.senses import Sense
from transforms.date_mentions.vocabulary import WORDS

#: Years that are believed; the calendar of Python begins with year 1.
FIRST_YEAR, LAST_YEAR = 1000, 2199
_DAYS = 31
_SIGNS = "./"
#: Words of a date in digits, full stops among them.
_PRINTED = 5
_MOST_DIGITS = 4
_PIECE = re.compile(r"\d+|[^\W\d_]+|[-\u2010\u2011]|.", re.DOTALL)
_ISO = re.compile(r"(\d{4})[-\u2010\u2011](\d{2})[-\u2010\u2011](\d{2})", re.ASCII)
_UNKNOWN = Sense("?")
#: A longer word is no part of a date, and is not cut.
_LONGEST_WORD = 40


class Atom(NamedTuple):
    """A part of a word, or several words.

    Attributes:
        sense: what it is.
        first: the first word of the stretch that it belongs to.
        last: the last one.
        is_lower: whether it is written without a capital.
        day: of a whole date in digits.
    """

    sense: Sense
    first: int
    last: int
    is_lower: bool = True
    day: date | None = None


def cut(words: list[str], joined: list[bool]) -> list[Atom]:
    """Cut the words of a stretch.

    Args:
        words: as they stand.
        joined: whether each follows the one before without a space.
    """
    atoms: list[Atom] = []
    at = 0
    while at < len(words):
        if _is_printed(words, joined, at):
            last = at + _PRINTED - 1
            day = _day_of(words[at], words[at + 2], words[last])
            kind = _UNKNOWN if day is None else Sense("#")
            atoms.append(Atom(kind, at, last, day=day))
            at += _PRINTED
        else:
            atoms += _parts(words[at], at)
            at += 1
    return atoms


def _is_printed(words: list[str], joined: list[bool], at: int) -> bool:
    """Whether five words from here are shaped as a date: «09.10.2025», «9/10/2025»."""
    end = at + _PRINTED
    if end > len(words) or not all(joined[at + 1 : end]):
        return False
    sign = words[at + 1]
    if sign not in _SIGNS or words[at + 3] != sign:
        return False
    if not all(_is_number(words[place]) for place in (at, at + 2, at + 4)):
        return False
    # «192.168.10.2025» and «№09.10.2025» are something else.
    goes_on = end + 1 < len(words) and joined[end] and joined[end + 1]
    is_longer = goes_on and words[end] in _SIGNS and _is_number(words[end + 1])
    is_inside = joined[at] and at > 0 and words[at - 1] in {*_SIGNS, "№"}
    return not (is_longer or is_inside)


def _day_of(first: str, month: str, last: str) -> date | None:
    """The day that three numbers are, day first or year first."""
    if len(first) == _MOST_DIGITS:
        first, last = last, first
    if len(last) != _MOST_DIGITS or len(first) > 2 or len(month) > 2:  # noqa: PLR2004
        return None
    return day_of(int(last), int(month), int(first))


def day_of(year: int, month: int, day: int) -> date | None:
    """A day of the calendar, in years that are believed; else null."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _parts(word: str, at: int) -> list[Atom]:
    whole = WORDS.get(word) or WORDS.get(word.lower())
    if whole is not None:
        return [Atom(whole, at, at, word.islower())]
    if len(word) > _LONGEST_WORD:
        return [Atom(_UNKNOWN, at, at)]
    iso = _ISO.fullmatch(word)
    if iso is not None:
        year, month, day = (int(part) for part in iso.groups())
        found = day_of(year, month, day)
        return [Atom(Sense("#") if found else _UNKNOWN, at, at, day=found)]
    atoms: list[Atom] = []
    for piece in _PIECE.findall(word):
        ending = ENDINGS.get(piece.lower())
        after = [atom.sense.kind for atom in atoms[-2:]]
        if ending and after and after[-1] == "-" and after[0] in "DNYR":
            atoms[-1] = Atom(Sense(ending), at, at)
        else:
            atoms.append(Atom(_sense(piece), at, at, piece.islower()))
    return atoms


def _sense(piece: str) -> Sense:
    if not _is_number(piece):
        return WORDS.get(piece) or WORDS.get(piece.lower(), _UNKNOWN)
    if len(piece) > _MOST_DIGITS:
        return _UNKNOWN
    number = int(piece)
    if FIRST_YEAR <= number <= LAST_YEAR and len(piece) == _MOST_DIGITS:
        return Sense("Y", number)
    if 1 <= number <= _DAYS and len(piece) <= len("31"):
        return Sense("D", number)
    return Sense("N", number) if len(piece) < _MOST_DIGITS else _UNKNOWN


def _is_number(word: str) -> bool:
    return word.isascii() and word.isdigit()
