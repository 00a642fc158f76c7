"""Read words as offices and as what stands around them: «министрінің», «кеңесшісі»."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from transforms.kazakh.analyses import suffixes_after
from transforms.kazakh.office_vocabulary import (
    ABBREVIATION,
    ADJECTIVES,
    AS_THEY_STAND,
    BANK,
    EMPTY,
    FORMER,
    GENITIVE_END,
    HEADS,
    INNER,
    KING,
    LATIN_OR_CAPITAL,
    OBLIQUE_END,
    ONE_WORD,
    ORDINAL,
    POSSESSED_END,
    QUOTES,
    STOP,
    VOCABULARY,
)
from transforms.kazakh.suffixes import BACK, VOWELS, sound_classes


class OfficeWord(NamedTuple):
    """A form of an office noun.

    Attributes:
        head: the noun in the nominative.
        suffixes: its suffixes, from the stem outwards.
        is_former: whether it begins with «экс-».
    """

    head: str
    suffixes: tuple[str, ...]
    is_former: bool


def _by_beginning(words: frozenset[str]) -> dict[str, list[str]]:
    table: dict[str, list[str]] = {}
    for word in words:
        table.setdefault(word[:2], []).append(word)
    return {key: sorted(found, key=len, reverse=True) for key, found in table.items()}


_HEADS_BY = _by_beginning(HEADS)
_BEGINNINGS = sorted({*_HEADS_BY, *(form[:2] for form in KING)})
#: How every word begins that `office_word` reads, and many that it does not.
OFFICE_BEGINNING = f"(?i)^(?:экс[-‑‐])?(?:{'|'.join(_BEGINNINGS)})"
_VOCABULARY_BY = _by_beginning(VOCABULARY | ADJECTIVES)


@lru_cache(maxsize=50_000)
def office_word(word: str) -> OfficeWord | None:
    """Read a word as a form of an office noun.

    Args:
        word: one token in Cyrillic, any letter case.

    Returns:
        The reading, or None where the word names no office.
    """
    lower = word.lower().replace("‑", "-").replace("‐", "-")
    is_former = lower.startswith("экс-")
    lower = lower.removeprefix("экс-")
    if lower in KING:
        return OfficeWord("король", KING[lower], is_former)
    for head in _HEADS_BY.get(lower[:2], ()):
        suffixes = suffixes_after(head, lower)
        if suffixes is not None:
            return OfficeWord(head, suffixes, is_former)
    return None


@lru_cache(maxsize=50_000)
def vocabulary_word(word: str) -> tuple[str, tuple[str, ...]] | None:
    """Read a word as one of those that ministries and authorities are named with.

    Args:
        word: one token in Cyrillic, any letter case.

    Returns:
        Its nominative and its suffixes («fixed» for «жөніндегі»), or None where it is
        no such word.
    """
    lower = word.lower()
    if lower in AS_THEY_STAND or lower in EMPTY:
        return lower, ("fixed",)
    if lower in BANK:
        return "банк", BANK[lower]
    for base in _VOCABULARY_BY.get(lower[:2], ()):
        suffixes = suffixes_after(base, lower)
        if suffixes in INNER:
            return base, suffixes
    return None


@lru_cache(maxsize=50_000)
def word_class(word: str) -> str:
    """Tell how a word may stand inside an office phrase.

    Args:
        word: one token in Cyrillic.

    Returns:
        ``known`` (vocabulary, or an office noun in the genitive), ``joint`` («және»,
        a comma), ``quote``, ``noun`` (a possessed or genitive noun), ``name`` (written
        with a capital), ``bare`` (only before a possessed noun), ``stop`` (never).
    """
    lower = word.lower()
    if word in QUOTES:
        return "quote"
    if word == "," or lower in {"және", "мен", "пен", "бен"}:
        return "joint"
    if (
        ABBREVIATION.match(word)
        or ORDINAL.match(lower)
        or vocabulary_word(word)
        or FORMER.match(lower)
    ):
        return "known"
    office = office_word(word)
    if office:
        return {(): "bare", ("gen",): "known"}.get(office.suffixes[-1:], "stop")
    return _unknown_class(word, lower)


def _unknown_class(word: str, lower: str) -> str:
    if lower in STOP or not ONE_WORD.fullmatch(word) or word[0].isdigit():
        return "stop"
    if GENITIVE_END.search(lower):
        return "noun"
    if OBLIQUE_END.search(lower) and not word.isupper():
        return "stop"
    if POSSESSED_END.search(lower):
        return "noun"
    return "name" if LATIN_OR_CAPITAL.match(word) else "bare"


def is_local(word: str) -> bool:
    """Whether a word says where: «Қазақстандағы», «Астанадағы»."""
    return bool(re.search(r"[дт][ае]ғ[ыі]$", word.lower()))


def possessed(noun: str) -> str:
    """Give a noun its third-person possessive: «министрі», «төрағасы»."""
    back = _is_back(noun)
    if noun[-1] in "аәеыіоя":
        return noun + ("сы" if back else "сі")
    if noun[-1] in _VOICED:
        noun = noun[:-1] + _VOICED[noun[-1]]
    return noun.removesuffix("ь") + ("ы" if back else "і")


def genitive(noun: str) -> str:
    """Give a noun, possessed or not, its genitive: «министрінің», «министрдің»."""
    sound = sound_classes(noun)
    begins = "н" if sound in {"V", "VW", "N"} else "т" if sound == "P" else "д"
    return noun + begins + ("ың" if _is_back(noun) else "ің")


_VOICED = {"к": "г", "қ": "ғ", "п": "б"}


def _is_back(noun: str) -> bool:
    if noun.endswith("ь"):
        return False
    vowels = [letter for letter in noun.lower() if letter in VOWELS]
    return bool(vowels) and vowels[-1] in BACK | {"у"}
