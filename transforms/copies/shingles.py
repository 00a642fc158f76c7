"""Articles as sets of shingles: five letters or digits in a row, folded, as numbers.

Folding takes away what a copy changes without saying anything else: case,
punctuation, spaces and line breaks, letters of another script that look alike, and
the letters that Kazakh adds to the Russian alphabet, which keyboards and scanners
lose. Texts of every language are folded alike.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from transforms.kazakh.letters import TO_CYRILLIC

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Numbers: TypeAlias = NDArray[np.uint64]
    Places: TypeAlias = NDArray[np.int64]

#: Letters and digits in a shingle.
SHINGLE_LENGTH = 5
#: Five numbers of twelve bits fit one of 64.
_BITS = 12
_MODULUS = 4093
#: Code points with a row of their own in the table; of those beyond, all are letters.
_TABLE_SIZE = 0x10000
#: Letters that stand for each other where a keyboard, a font or a scan lacks one.
ALIKE = str.maketrans("әғқңөұүһіёйї", "эгкноуухиеии")


@cache
def fold_table() -> NDArray[np.uint16]:
    """The number of every folded letter and digit; 0 for all other signs."""
    table = np.zeros(_TABLE_SIZE, np.uint16)
    for code in range(_TABLE_SIZE):
        sign = chr(code)
        if sign.isalnum():
            folded = TO_CYRILLIC.get(sign, sign).lower()[0].translate(ALIKE)
            table[code] = ord(folded) % _MODULUS + 1
    return table


def fold(texts: Sequence[str]) -> tuple[NDArray[np.uint16], Places]:
    """Fold texts and leave out what is neither letter nor digit.

    Returns:
        The numbers of the letters of all texts in a row, and how many each text has.
    """
    codes = np.frombuffer(
        "".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32
    )
    table = fold_table()
    # Beyond the table there are rare scripts and pictures, told apart well enough.
    folded = table.take(np.where(codes < _TABLE_SIZE, codes, codes % _MODULUS + 0x4E00))
    ends = np.cumsum([len(text) for text in texts], dtype=np.int64)
    is_letter = folded > 0
    letters_before = np.concatenate([[0], np.cumsum(is_letter, dtype=np.int64)])
    counts = np.diff(letters_before[ends], prepend=0)
    return folded[is_letter], counts


def shingle_numbers(texts: Sequence[str]) -> tuple[Numbers, Places]:
    """Every shingle of every text as a well-mixed number, repeats included.

    Returns:
        The numbers of all texts in a row, and the text that each belongs to, by its
        place in ``texts``.
    """
    letters, counts = fold(texts)
    owners = np.repeat(np.arange(len(texts)), counts)
    length = letters.size - SHINGLE_LENGTH + 1
    if length <= 0:
        return np.empty(0, np.uint64), np.empty(0, np.int64)
    packed = np.zeros(length, np.uint64)
    for place in range(SHINGLE_LENGTH):
        packed <<= np.uint64(_BITS)
        packed |= letters[place : place + length]
    is_whole = owners[:length] == owners[SHINGLE_LENGTH - 1 :]
    return mix(packed[is_whole]), owners[:length][is_whole]


def mix(numbers: Numbers) -> Numbers:
    """Spread numbers evenly over 64 bits; no two become one.

    The finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
    """
    mixed = numbers.copy()
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed ^= mixed >> np.uint64(shift)
        mixed *= np.uint64(factor)
    mixed ^= mixed >> np.uint64(31)
    return mixed
