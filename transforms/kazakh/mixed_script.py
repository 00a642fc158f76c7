"""Words that mix Cyrillic and Latin letters: find them, and fold the look-alikes.

Keyboards without Kazakh letters, old fonts and scanners leave Latin letters inside
Cyrillic words: «мiнистр» with a Latin i, «кəсіп» with a Latin schwa, «Казаxстан» with
a Latin x. To a reader they look right, to a program they are other words.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from transforms.kazakh.letters import (
    CYRILLIC,
    FRONT_VOWELS,
    LATIN,
    TO_CYRILLIC,
    TO_LATIN,
    VOWELS,
)

if TYPE_CHECKING:
    import polars as pl

_LETTER = f"{CYRILLIC}{LATIN}"

#: A Cyrillic letter beside a Latin one: no word without this needs folding.
MIXED = f"[{CYRILLIC}][{LATIN}]|[{LATIN}][{CYRILLIC}]"

#: Every word that begins in one script and goes on in the other. Possessive and
#: anchored at a word's start, so that a word of any length is read once.
_MIXED_WORD = re.compile(
    f"(?<![{_LETTER}])"
    f"(?:[{CYRILLIC}]++(?=[{LATIN}])|[{LATIN}]++(?=[{CYRILLIC}]))"
    f"[{_LETTER}]++"
)

#: «KEGOCтың», «USBмен»: a Latin acronym with its Kazakh ending, right as it is.
_ACRONYM_WITH_ENDING = re.compile(f"[A-Z]{{2,}}[{CYRILLIC}]*[а-яәғқңөұүһі]")

_IS_CYRILLIC = re.compile(f"[{CYRILLIC}]")

# Look-alikes that keyboards leave everywhere (i, ə) say nothing about scanning.
_NOISE_LETTER = "aceopxyhkmtbACEHKMOPTXYB"
_SCAN_NOISE = (
    f"[{CYRILLIC}][{_NOISE_LETTER}]{{1,3}}(?:[{CYRILLIC}]|[^{_LETTER}0-9]|$)"
    f"|(?:^|[^{_LETTER}0-9])[{_NOISE_LETTER}][{CYRILLIC}]"
)
_BORROWED = f"[{CYRILLIC}][iIəƏǝɵ]|[iIəƏǝɵ][{CYRILLIC}]"


def has_mixed_script(column: pl.Expr) -> pl.Expr:
    """Say whether a word holds a stray letter of the other script: scan noise.

    To be asked of the text as it came, before cleaning folds such letters. Names with
    a Kazakh ending («Facebookтегі», «KEGOCтың») are no noise, nor are the Latin i and
    schwa that keyboards without Kazakh letters leave (see `has_borrowed_letters`).

    Args:
        column: text as read.

    Returns:
        Boolean; null where the text is null.
    """
    return column.str.contains(_SCAN_NOISE)


def has_borrowed_letters(column: pl.Expr) -> pl.Expr:
    """Say whether Latin i or schwa stands for і or ә inside a Cyrillic word.

    Args:
        column: text as read.

    Returns:
        Boolean; null where the text is null.
    """
    return column.str.contains(_BORROWED)


def fold_mixed_words(text: str) -> str:
    """Give every mixed word one script where its own letters decide which.

    A letter decides when it has no look-alike in the other script. Words whose
    letters decide for both («iPhoneдар», «KEGOCтың») stay as printed; words where
    none decides become Cyrillic. Letters joined by a hyphen are words of their own,
    so «COVID-19-дың» and «BAQ.KZ-ке» are never touched.

    Args:
        text: one article's text.

    Returns:
        The text, of the same length in code points.
    """
    return _MIXED_WORD.sub(lambda match: _fold_word(match[0]), text)


@lru_cache(maxsize=65536)
def _fold_word(word: str) -> str:
    cyrillic = [letter for letter in word if _IS_CYRILLIC.match(letter)]
    latin = [letter for letter in word if not _IS_CYRILLIC.match(letter)]
    if _ACRONYM_WITH_ENDING.fullmatch(word):
        return word
    if all(letter in TO_CYRILLIC for letter in latin):
        return _to_cyrillic(word)
    if all(letter in TO_LATIN for letter in cyrillic):
        return "".join(TO_LATIN.get(letter, letter) for letter in word)
    return word


def _to_cyrillic(word: str) -> str:
    folded = "".join(TO_CYRILLIC.get(letter, letter) for letter in word)
    # A capital Latin Y has exactly the shape of Ү; У is its sound only in back words
    # («Yкімет» but «Yкраина»). Small y is У's shape and stays у.
    if word[0] == "Y" and len(word) > 1 and folded[1] not in VOWELS:
        front = any(letter in FRONT_VOWELS for letter in folded[1:])
        return ("Ү" if front else "У") + folded[1:]
    return folded
