"""Find the dates that Kazakh articles speak of, and the days that they cover."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from transforms.date_mentions.context import with_context
from transforms.date_mentions.resolution import ABSOLUTE, precision_of, resolve
from transforms.date_mentions.stretches import read_stretches
from transforms.surfaces import add_surfaces

if TYPE_CHECKING:
    from datetime import date

    from transforms.date_mentions.readings import Reading

DATE_SCHEMA = pl.Schema(
    {
        "row_id": pl.Int32,
        "in_title": pl.Boolean,
        "sentence_no": pl.Int32,
        "start_date": pl.Date,
        "end_date": pl.Date,
        "precision": pl.String,
        "basis": pl.String,
        "surface": pl.String,
        "start_char": pl.Int32,
        "end_char": pl.Int32,
        "confidence": pl.Float64,
        "method": pl.String,
    }
)

#: Method -> how sure the span and the days are, judged on news; less where the year
#: was chosen without a verb that tells.
CONFIDENCES = {
    "full_date": 0.98,
    "year": 0.97,
    "year_range": 0.95,
    "day_range": 0.9,
    "day_month": 0.92,
    "month": 0.92,
    "month_range": 0.9,
    "bare_month": 0.85,
    "quarter": 0.85,
    "half_year": 0.9,
    "season": 0.9,
    "bare_season": 0.6,
    "decade": 0.93,
    "century": 0.95,
    "weekday": 0.85,
    "relative": 0.9,
    "window": 0.9,
    "ago": 0.85,
    "ahead": 0.7,
}
_WITHOUT_VERB = 0.07


def find_dates(words: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    """Find the dates in a batch of articles.

    Args:
        words: ``row_id``, ``in_title``, ``sentence_no``, ``token``, ``form``,
            ``start_char`` and ``end_char``, in order of place, the title first.
        articles: ``row_id``, ``title``, ``text`` and ``published_date`` (Date; null
            where unknown).

    Returns:
        The columns of `DATE_SCHEMA`, one row an expression, in order of place:
        ``start_date`` and ``end_date`` (both included; both null where publication
        would tell them and is unknown), ``precision`` (day, week, month, quarter,
        half, season, year, decade, century, or range: from one of these to another),
        ``basis`` (absolute; relative where the days depend on publication or on a
        year spoken of before), ``surface``, ``start_char`` and ``end_char``,
        ``confidence`` (0 to 1) and ``method`` (a key of `CONFIDENCES`). Days that no
        calendar has give no row.
    """
    spans, readings = read_stretches(words)
    if spans.is_empty():
        return DATE_SCHEMA.to_frame()
    published = articles.select("row_id", pl.col("published_date").cast(pl.Date))
    return (
        _placed(spans, words)
        .join(published, on="row_id", how="left", maintain_order="left")
        .pipe(with_context, words, readings)
        .pipe(_resolved, readings)
        .pipe(add_surfaces, articles)
        .select(pl.col(name).cast(dtype) for name, dtype in DATE_SCHEMA.items())
    )


def _placed(spans: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    begin = words.select("row_id", "in_title", "sentence_no", "start_char")
    return pl.concat(
        [
            spans,
            begin[spans["first"]],
            words.select("end_char")[spans["last"]],
        ],
        how="horizontal",
    )


def _resolved(dates: pl.DataFrame, readings: list[Reading]) -> pl.DataFrame:
    """Add the days, precision, basis, method and confidence."""
    keys = ["reading", "published_date", "tense", "same"]
    distinct = dates.select(keys).unique(maintain_order=True)
    rows = [_told(readings[number], *known) for number, *known in distinct.iter_rows()]
    told = pl.DataFrame(
        rows,
        schema={
            "start_date": pl.Date,
            "end_date": pl.Date,
            "is_dropped": pl.Boolean,
            "precision": pl.String,
            "basis": pl.String,
            "method": pl.String,
            "confidence": pl.Float64,
        },
        orient="row",
    )
    return dates.join(
        pl.concat([distinct, told], how="horizontal"),
        on=keys,
        how="left",
        nulls_equal=True,
        maintain_order="left",
    ).filter(~pl.col("is_dropped"))


def _told(
    reading: Reading, published: date | None, tense: str | None, same: int | None
) -> tuple[date | None, date | None, bool, str, str, str, float]:
    kind = reading.year[0]
    is_absolute = kind == "at" and reading.part.name in ABSOLUTE
    days = resolve(reading, published, tense, same)
    is_known = is_absolute or (same if kind == "same" else published) is not None
    confidence = CONFIDENCES[reading.method]
    if kind == "near" and tense is None:
        confidence -= _WITHOUT_VERB
    return (
        days.start if days else None,
        days.end if days else None,
        days is None and is_known,
        precision_of(reading.part),
        "absolute" if is_absolute else "relative",
        reading.method,
        round(confidence, 2),
    )
