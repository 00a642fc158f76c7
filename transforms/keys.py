"""Keys: the same hash of the same natural key on every machine and every rebuild."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import polars as pl
import xxhash

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Between the parts of a natural key; the cleaned text cannot hold it.
SEPARATOR = "\x1f"
_HALF, _WHOLE = 1 << 63, 1 << 64


def key(*parts: object) -> int:
    """The BIGINT key of one natural key: XXH3 (64 bit), read as a signed number."""
    text = SEPARATOR.join(str(part) for part in parts)
    number = xxhash.xxh3_64_intdigest(text.encode("utf-8", "surrogatepass"))
    return number - _WHOLE if number >= _HALF else number


def keys(natural: pl.Series) -> pl.Series:
    """BIGINT keys of a column of natural keys; null stays null."""
    if natural.is_empty():
        return pl.Series(natural.name, [], dtype=pl.Int64)
    unique = natural.unique()
    hashed = [None if text is None else key(text) for text in unique]
    return natural.replace_strict(
        unique, pl.Series(hashed, dtype=pl.Int64), return_dtype=pl.Int64
    ).alias(natural.name)


def digests(texts: Iterable[str]) -> pl.Series:
    """SHA-256 of each text's UTF-8 bytes, in hexadecimal."""
    return pl.Series(
        [hashlib.sha256(text.encode()).hexdigest() for text in texts], dtype=pl.String
    )
