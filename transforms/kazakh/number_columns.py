"""Joins and ranges on columns of whole numbers, for matching names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Flags = NDArray[np.bool_]


def sorted_columns(pairs: Iterable[tuple[int, int]]) -> tuple[Numbers, Numbers]:
    """Two columns, sorted by the first."""
    table = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)
    return table[:, 0].copy(), table[:, 1].copy()


def look_up(keys: Numbers, wanted: Numbers) -> tuple[Numbers, Flags]:
    """Where the wanted keys stand among sorted ones, for those that do, and which."""
    place = np.searchsorted(keys, wanted)
    hit = place < len(keys)
    hit[hit] = keys[place[hit]] == wanted[hit]
    return place[hit], hit


def written_out(first: Numbers, count: Numbers) -> tuple[Numbers, Numbers]:
    """Write ranges out: number of the range and place in it, a row each."""
    some = np.flatnonzero(count)
    which = np.repeat(some, count[some])
    begins = np.cumsum(count[some]) - count[some]
    within = np.arange(len(which)) - np.repeat(begins, count[some])
    return which, first[which] + within


def joined(parts: list[Any]) -> tuple[Numbers, ...]:
    """Put tuples of columns together, column by column."""
    return tuple(np.concatenate(columns) for columns in zip(*parts, strict=True))
