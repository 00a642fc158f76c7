"""What is kept of every article so that its copies and its story are found later.

A signature is a MinHash of the article's shingles; articles that agree in a band of
it share a bucket, and so do articles published within days whose titles share a word.
Only articles of one bucket are ever compared.

MinHash: A. Broder, On the resemblance and containment of documents, 1997. One
permutation with optimal densification of empty bins: P. Li, A. Owen and C.-H. Zhang,
NIPS 2012; A. Shrivastava, ICML 2017.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from transforms.copies.shingles import mix, shingle_numbers
from transforms.copies.words import title_terms
from transforms.keys import key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

#: Raised by one where signatures, buckets or judgements change.
COPIES_VERSION = "1"

_BIN_BITS = 8
_BINS = 1 << _BIN_BITS
#: 51 bands of 5 find 0.80 of the pairs whose shingles agree by half, 0.98 of those
#: that agree by 0.6, and one in 500 of those that agree by 0.13.
_ROWS = 5
_BANDS = _BINS // _ROWS
#: Shorter texts say too little to be compared.
_LEAST_SHINGLES = 40
_EMPTY = np.uint32(0xFFFFFFFF)
#: Articles read at once: their numbers stay in the processor's cache.
_STEP = 64
#: Bins tried in place of an empty one before its neighbours are.
_ATTEMPTS = 64

#: Two articles on one happening are published within so many hours of each other.
STORY_HOURS = 72

SIGNATURE_SCHEMA = pl.Schema(
    [
        ("row_id", pl.Int32()),
        ("known_by", pl.Datetime("us")),
        ("told_at", pl.Datetime("us")),
        ("shingle_count", pl.Int32()),
        ("signature", pl.Binary()),
        ("title_terms", pl.List(pl.Int64)),
    ]
)
BUCKET_SCHEMA = pl.Schema({"row_id": pl.Int32, "bucket_key": pl.Int64})


def read_signatures(articles: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Signatures of a batch and the buckets that its articles fall into.

    Args:
        articles: row_id, title, text, published_at, published_date,
            published_precision; every language.

    Returns:
        The columns of `SIGNATURE_SCHEMA` and of `BUCKET_SCHEMA`. ``known_by`` is when
        the article was published at the latest, null if unknown: an original is the
        one that proves to be the oldest. ``told_at`` is when it was published, null
        unless known to the day. ``signature`` is empty where the text is too short.
    """
    if articles.is_empty():
        return SIGNATURE_SCHEMA.to_frame(), BUCKET_SCHEMA.to_frame()
    counts, minima = _minima(articles)
    is_long = counts >= _LEAST_SHINGLES
    signed = articles.select(
        "row_id",
        _known_by().alias("known_by"),
        _told_at().alias("told_at"),
        pl.Series("shingle_count", counts, dtype=pl.Int32),
        pl.Series("signature", list(_packed(minima, is_long)), dtype=pl.Binary),
        title_terms(articles["title"]).alias("title_terms"),
    ).cast(SIGNATURE_SCHEMA)
    buckets = pl.concat(
        [
            _text_buckets(articles["row_id"].to_numpy()[is_long], minima[is_long]),
            _title_buckets(signed),
        ]
    )
    return signed, buckets


def agreement(one: Sequence[bytes], other: Sequence[bytes]) -> NDArray[np.float64]:
    """The share of bins in which signatures agree: about the Jaccard index.

    Its standard error is 0.03 at most; an empty signature agrees with none.
    """
    if not one:
        return np.empty(0, np.float64)
    empty = bytes(2 * _BINS)
    full = b"\xff" * 2 * _BINS
    share: NDArray[np.float64] = np.mean(
        _unpacked(one, empty) == _unpacked(other, full), axis=1
    )
    return share


def _unpacked(signatures: Sequence[bytes], empty: bytes) -> NDArray[np.uint16]:
    joined = b"".join(signature or empty for signature in signatures)
    return np.frombuffer(joined, np.uint16).reshape(-1, _BINS)


def _known_by() -> pl.Expr:
    """The end of the time that the date leaves open; an exact time is itself."""
    day = pl.col("published_date").cast(pl.Datetime("us"))
    precision = pl.col("published_precision")
    return (
        pl.when(pl.col("published_at").is_not_null())
        .then(pl.col("published_at").dt.replace_time_zone(None))
        .when(precision == "year")
        .then(day.dt.offset_by("1y"))
        .when(precision == "month")
        .then(day.dt.offset_by("1mo"))
        .otherwise(day.dt.offset_by("1d"))
    )


def _told_at() -> pl.Expr:
    """The time, or noon of the day; no story is made of months and years."""
    noon = pl.col("published_date").cast(pl.Datetime("us")).dt.offset_by("12h")
    is_dated = pl.col("published_precision").is_in(["minute", "day"])
    return pl.when(is_dated).then(
        pl.coalesce(pl.col("published_at").dt.replace_time_zone(None), noon)
    )


def _minima(
    articles: pl.DataFrame,
) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """Of each article the number of shingles and the least one of every bin."""
    texts = articles.select(
        pl.concat_str(pl.col("title").fill_null(""), pl.lit(" "), pl.col("text"))
    ).to_series()
    counts, minima = [], []
    for part in texts.to_frame().iter_slices(_STEP):
        numbers, owners = shingle_numbers(part.to_series().to_list())
        least = np.full(part.height * _BINS, _EMPTY, np.uint32)
        bins = (numbers >> np.uint64(64 - _BIN_BITS)).astype(np.int64)
        np.minimum.at(least, owners * _BINS + bins, numbers.astype(np.uint32))
        counts.append(np.bincount(owners, minlength=part.height))
        minima.append(_filled(least.reshape(-1, _BINS)))
    return np.concatenate(counts), np.concatenate(minima)


def _filled(minima: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Give empty bins what a bin has that chance, the same for all, picks for them."""
    is_empty = minima == _EMPTY
    filled = minima.copy()
    places = np.arange(_BINS, dtype=np.uint64)
    for attempt in range(1, _ATTEMPTS + 1):
        rows, bins = np.nonzero(is_empty)
        if not rows.size:
            break
        chance = mix(places + np.uint64(attempt * _BINS))
        donors = (chance >> np.uint64(64 - _BIN_BITS)).astype(np.int64)[bins]
        taken = minima[rows, donors]
        filled[rows, bins] = taken
        is_empty[rows, bins] = taken == _EMPTY
    return filled


def _packed(minima: NDArray[np.uint32], is_long: NDArray[np.bool_]) -> Iterator[bytes]:
    low = minima.astype(np.uint16)
    for row, has_one in zip(low, is_long, strict=True):
        yield row.tobytes() if has_one else b""


def _text_buckets(
    row_ids: NDArray[np.int32], minima: NDArray[np.uint32]
) -> pl.DataFrame:
    bands = minima[:, : _BANDS * _ROWS].reshape(-1, _BANDS, _ROWS).astype(np.uint64)
    keys = np.broadcast_to(np.arange(_BANDS, dtype=np.uint64), bands.shape[:2])
    for row in range(_ROWS):
        keys = mix(keys ^ bands[:, :, row])
    return pl.DataFrame(
        {"row_id": np.repeat(row_ids, _BANDS), "bucket_key": _signed(keys.ravel())},
        schema=BUCKET_SCHEMA,
    )


def _title_buckets(signed: pl.DataFrame) -> pl.DataFrame:
    """A bucket for each word of a title and each of two spans of days.

    Spans are as long as a story may pause and overlap by half, so two articles near
    enough in time share one.
    """
    span = pl.col("told_at").dt.epoch("s") // (STORY_HOURS * 3600)
    placed = (
        signed.filter(pl.col("told_at").is_not_null())
        .select("row_id", "title_terms", span=pl.concat_list(span, span + 1))
        .explode("title_terms", empty_as_null=False)
        .explode("span")
    )
    seed = np.uint64(key("title") % (1 << 63))
    terms = placed["title_terms"].to_numpy().astype(np.int64).view(np.uint64)
    spans = placed["span"].to_numpy().astype(np.int64).view(np.uint64)
    keys = _signed(mix(mix(terms ^ seed) ^ spans))
    return pl.DataFrame(
        {"row_id": placed["row_id"], "bucket_key": keys}, schema=BUCKET_SCHEMA
    )


def _signed(numbers: NDArray[np.uint64]) -> NDArray[np.int64]:
    return np.ascontiguousarray(numbers).view(np.int64)
