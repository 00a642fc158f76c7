"""Spans of words: their columns, and how two of them lie to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from numpy.typing import NDArray


CLASSES_OF_PLACES = ("gpe", "location", "norp", "facility")


#: More characters than a text may have.
TEXT = 1 << 32


#: Columns of mentions before linking.
SPAN_SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "row_id": pl.Int32,
    "in_title": pl.Boolean,
    "sentence_no": pl.Int32,
    "entity_type": pl.String,
    "start_char": pl.Int32,
    "end_char": pl.Int32,
    "first": pl.UInt32,
    "last": pl.UInt32,
    "confidence": pl.Float64,
    "method": pl.String,
    "known_id": pl.Int64,
    "known_name": pl.String,
    "country_code": pl.String,
    "source": pl.String,
}


def in_schema(spans: pl.DataFrame) -> pl.DataFrame:
    """Take the columns of `SPAN_SCHEMA`."""
    return spans.select(pl.col(name).cast(dtype) for name, dtype in SPAN_SCHEMA.items())


def on_words(spans: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """Add the first and last word of spans of characters, and the sentence.

    A span that begins before every word of its text is put on the word before, of
    another text; the caller looks whether the words reach to its end.
    """
    starts = place_in_batch(words, "start_char")
    first = np.searchsorted(starts, place_in_batch(spans, "start_char"), "right") - 1
    last = np.searchsorted(starts, place_in_batch(spans, "end_char") - 1, "right") - 1
    first, last = first.clip(0), last.clip(0)
    return spans.with_columns(
        pl.Series("first", first, dtype=pl.UInt32),
        pl.Series("last", last, dtype=pl.UInt32),
        words["sentence_no"].gather(first),
    )


def place_in_batch(frame: pl.DataFrame, column: str) -> NDArray[np.int64]:
    """One ascending number for article, title or text, and character."""
    return frame.select(place_of(column).alias("place")).to_series().to_numpy()


def place_of(column: str) -> pl.Expr:
    """One ascending number for article, title or text, and character."""
    text = pl.col("row_id").cast(pl.Int64) * 2 + (~pl.col("in_title")).cast(pl.Int64)
    return text * TEXT + pl.col(column).cast(pl.Int64)


def new_spans(
    places: pl.DataFrame,
    entity_type: str,
    *,
    confidence: float,
    method: str,
    source: str,
) -> pl.DataFrame:
    """Make spans of what a rule found.

    Args:
        places: ``row_id``, ``in_title``, ``sentence_no``, ``start_char``,
            ``end_char``, ``first`` and ``last``.
        entity_type: of all of them.
        confidence: how sure the rule is.
        method: how they were found.
        source: who found them.

    Returns:
        The columns of `SPAN_SCHEMA`; nothing is known of them.
    """
    return in_schema(
        places.with_columns(
            entity_type=pl.lit(entity_type),
            confidence=pl.lit(confidence),
            method=pl.lit(method),
            known_id=pl.lit(None),
            known_name=pl.lit(None),
            country_code=pl.lit(None),
            source=pl.lit(source),
        )
    )


def same_sentence(
    words: pl.DataFrame, one: pl.Series, other: pl.Series | NDArray[np.int64]
) -> pl.Series:
    """Whether two columns of rows of ``words`` stand in one sentence, pair by pair."""
    place = words.select("row_id", "in_title", "sentence_no")
    first, second = place[one], place[other]
    return (
        (first["row_id"] == second["row_id"])
        & (first["in_title"] == second["in_title"])
        & first["sentence_no"].eq_missing(second["sentence_no"])
    )


def covered(spans: pl.DataFrame, count: int) -> NDArray[np.bool_]:
    """Whether each of so many words stands in one of some spans."""
    changes = np.bincount(spans["first"].to_numpy(), minlength=count + 1)
    changes -= np.bincount(spans["last"].to_numpy() + 1, minlength=count + 1)
    inside: NDArray[np.bool_] = np.cumsum(changes[:count]) > 0
    return inside


def holds_any(spans: pl.DataFrame, marked: NDArray[np.bool_]) -> pl.Series:
    """Whether spans hold a marked word; ``marked`` is of all words."""
    until = np.append(0, np.cumsum(marked))
    first, last = spans["first"].to_numpy(), spans["last"].to_numpy()
    return pl.Series(until[last + 1] > until[first], dtype=pl.Boolean)


def words_under(spans: pl.DataFrame) -> pl.DataFrame:
    """Say which words spans cover: span (row in ``spans``), at; a row a word."""
    ranges = pl.int_ranges("first", pl.col("last") + 1, dtype=pl.UInt32)
    return spans.with_row_index("span").select("span", at=ranges).explode("at")


def pairs_of(spans: pl.DataFrame, others: pl.DataFrame) -> pl.DataFrame:
    """Spans of two frames that share a word, with both of their columns."""
    left = words_under(spans)
    right = words_under(others).rename({"span": "other"})
    met = left.join(right, on="at").select("span", "other").unique()
    columns = ("first", "last", "entity_type", "confidence", "source", "known_id")
    return met.join(
        spans.with_row_index("span").select("span", *columns, "country_code"),
        on="span",
    ).join(
        others.with_row_index("other").select(
            "other",
            *(pl.col(name).alias(f"other_{name}") for name in columns),
            other_country="country_code",
            other_start="start_char",
        ),
        on="other",
    )


is_equal = (pl.col("first") == pl.col("other_first")) & (
    pl.col("last") == pl.col("other_last")
)


other_inside = (
    (pl.col("first") <= pl.col("other_first"))
    & (pl.col("last") >= pl.col("other_last"))
    & ~is_equal
)


inside_other = (
    (pl.col("first") >= pl.col("other_first"))
    & (pl.col("last") <= pl.col("other_last"))
    & ~is_equal
)


crosses = ~(is_equal | other_inside | inside_other)


is_of_place = pl.col("other_entity_type").is_in(CLASSES_OF_PLACES)


def same_family() -> pl.Expr:
    """Whether two spans are of one class, or both of places."""
    both_places = pl.col("entity_type").is_in(CLASSES_OF_PLACES) & is_of_place
    return (pl.col("entity_type") == pl.col("other_entity_type")) | both_places


def without(spans: pl.DataFrame, gone: pl.DataFrame) -> pl.DataFrame:
    """Leave out the spans whose rows stand in column span of ``gone``."""
    return spans.with_row_index("span").join(gone, on="span", how="anti").drop("span")
