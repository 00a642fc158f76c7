"""Describe word types by hashed features, for all types at once.

A type is a word form as it stands. Its features are the lower-cased word, its shape,
and the character n-grams of two to five letters with the word's borders marked, so
that n-grams at a border are its affixes. Everything is arithmetic on one array of code
points: no loop over words.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

_LONGEST = 5
#: Longer words are described by this many characters from either end.
_KEPT = 20
_OPEN, _CLOSE = 1, 2
_PRIME = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_WORD, _SHAPE = 11, 12
_PLANE = 0x10000

OTHER, LOWER, UPPER, DIGIT, LATIN_LOWER, LATIN_UPPER = range(6)


@dataclass(frozen=True)
class WordFeatures:
    """Features of word types, in compressed rows.

    Attributes:
        hashes: one hash a feature, those of one type together.
        bounds: type ``i`` has the features from ``bounds[i]`` to ``bounds[i + 1]``.
        is_near: whether it also describes the type to its neighbours (word, shape,
            affixes).
        size: 0 for word and shape, otherwise the length of the n-gram.
    """

    hashes: NDArray[np.uint32]
    bounds: NDArray[np.int64]
    is_near: NDArray[np.bool_]
    size: NDArray[np.int8]


@lru_cache(maxsize=1)
def _letter_tables() -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
    """Give the lower case and the kind of each character of the basic plane."""
    lower = np.arange(_PLANE, dtype=np.uint32)
    kind = np.zeros(_PLANE, dtype=np.uint8)
    for code in range(_PLANE):
        letter = chr(code)
        small = letter.lower()
        if len(small) == 1:
            lower[code] = ord(small)
        is_latin = code < 0x250  # noqa: PLR2004 - the end of Latin Extended-B
        if letter.isdigit():
            kind[code] = DIGIT
        elif letter.isupper():
            kind[code] = LATIN_UPPER if is_latin else UPPER
        elif letter.isalpha():
            kind[code] = LATIN_LOWER if is_latin else LOWER
    return lower, kind


def _code_points(
    words: pl.Series,
) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Give the code points of all words in a row, and how many each has."""
    long = words.str.len_chars() > 2 * _KEPT
    if long.any():
        shortened = words.str.head(_KEPT) + words.str.tail(_KEPT)
        words = words.zip_with(~long, shortened)
    counts = words.str.len_chars().to_numpy().astype(np.int64)
    joined = "".join(words.to_list()).encode("utf-32-le", "surrogatepass")
    codes = np.frombuffer(joined, dtype="<u4").astype(np.uint32)
    return codes, counts


def _fold(hashes: NDArray[np.uint64], kind: int) -> NDArray[np.uint32]:
    mixed = (hashes + np.uint64(kind)) * _MIX
    mixed ^= mixed >> np.uint64(29)
    mixed *= _PRIME
    return (mixed >> np.uint64(32)).astype(np.uint32)


def _whole(
    codes: NDArray[np.uint32], starts: NDArray[np.int64], place: NDArray[np.int64]
) -> NDArray[np.uint64]:
    """Hash runs of code points, each from its start; places count from there."""
    with np.errstate(over="ignore"):
        power = np.cumprod(
            np.full(int(place.max(initial=0)) + 2, _PRIME, dtype=np.uint64)
        )
        sums: NDArray[np.uint64] = np.add.reduceat(
            codes.astype(np.uint64) * power[place], starts
        )
    return sums


def _shapes(
    kind: NDArray[np.uint8], owner: NDArray[np.int64], count: int
) -> NDArray[np.uint64]:
    """Hash the shape of each type: kinds of characters, runs of letters as one."""
    same = (owner[1:] == owner[:-1]) & (kind[1:] == kind[:-1]) & (kind[1:] != DIGIT)
    kept = np.concatenate(([True], ~same))
    owners = owner[kept]
    starts = np.searchsorted(owners, np.arange(count))
    place = np.arange(owners.size) - starts[owners]
    return _whole(kind[kept].astype(np.uint32) + 1, starts, place)


def word_features(words: pl.Series) -> WordFeatures:
    """Describe each word type.

    Args:
        words: distinct words, none empty or null.

    Returns:
        Their features; the same word has the same hashes everywhere.
    """
    count = len(words)
    if count == 0:
        none = np.zeros(0, dtype=np.uint32)
        return WordFeatures(
            none, np.zeros(1, np.int64), none.astype(bool), none.astype(np.int8)
        )
    lower_table, kind_table = _letter_tables()
    codes, counts = _code_points(words)
    plain = np.minimum(codes, _PLANE - 1)
    lower = np.where(codes < _PLANE, lower_table[plain], codes)
    kind = np.where(codes < _PLANE, kind_table[plain], OTHER).astype(np.uint8)
    firsts = np.concatenate(([0], np.cumsum(counts)[:-1]))
    owner = np.repeat(np.arange(count), counts)
    place = np.arange(codes.size) - firsts[owner]

    everything = [
        _fold(_whole(lower, firsts, place), _WORD),
        _fold(_shapes(kind, owner, count), _SHAPE),
    ]
    owners = [np.arange(count), np.arange(count)]
    near = [np.ones(count, bool), np.ones(count, bool)]
    sizes = [np.zeros(2 * count, np.int8)]

    # Bordered words: one mark more at either end.
    wide = counts + 2
    wide_firsts = np.concatenate(([0], np.cumsum(wide)[:-1]))
    wide_owner = np.repeat(np.arange(count), wide)
    wide_place = np.arange(wide_owner.size) - wide_firsts[wide_owner]
    bordered = np.full(wide_owner.size, _CLOSE, dtype=np.uint64)
    bordered[wide_firsts] = _OPEN
    bordered[wide_firsts[owner] + place + 1] = lower
    left = wide[wide_owner] - wide_place
    rolling = bordered.copy()
    with np.errstate(over="ignore"):
        for size in range(2, _LONGEST + 1):
            rolling = rolling[:-1] * _PRIME + bordered[size - 1 :]
            fits = left[: rolling.size] >= size
            everything.append(_fold(rolling[fits], size))
            owners.append(wide_owner[: rolling.size][fits])
            at_border = (wide_place == 0) | (left == size)
            near.append(at_border[: rolling.size][fits])
            sizes.append(np.full(everything[-1].size, size, np.int8))

    all_owners = np.concatenate(owners)
    order = np.argsort(all_owners, kind="stable")
    bounds = np.searchsorted(all_owners[order], np.arange(count + 1))
    return WordFeatures(
        np.concatenate(everything)[order],
        bounds.astype(np.int64),
        np.concatenate(near)[order],
        np.concatenate(sizes)[order],
    )


def first_kinds(words: pl.Series) -> NDArray[np.uint8]:
    """Tell the kind of each word's first character; 6 and 7 are words all in capitals.

    Args:
        words: distinct words, none empty or null.

    Returns:
        ``OTHER`` to ``LATIN_UPPER``, or 6 (Cyrillic) and 7 (Latin) for capitals only.
    """
    _, table = _letter_tables()
    joined = "".join(words.str.head(1).to_list()).encode("utf-32-le", "surrogatepass")
    codes = np.frombuffer(joined, dtype="<u4")
    kinds = np.where(codes < _PLANE, table[np.minimum(codes, _PLANE - 1)], OTHER)
    shouts = words.str.contains(r"^\p{Lu}{2,}").to_numpy()
    kinds[shouts & (kinds == UPPER)] = 6
    kinds[shouts & (kinds == LATIN_UPPER)] = 7
    return kinds.astype(np.uint8)
