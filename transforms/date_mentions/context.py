"""What stands around a date and tells of it: a verb, a year, another event."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from transforms.date_mentions.month_shapes import NAMES_TOO
from transforms.date_mentions.tense import tense_after

if TYPE_CHECKING:
    from transforms.date_mentions.readings import Reading

#: These need a verb that tells: «қыста» is otherwise any winter.
_ONLY_WITH_VERB = {
    "bare_season": ("past", "future", "surely past", "surely future"),
    "ahead": ("future", "habitual", "surely future"),
}
_COUNTED = {"ago", "ahead"}
#: A year before a date in its sentence, no further away in words, is the date's too.
_NEAR_WORDS = 12


def with_context(
    dates: pl.DataFrame, words: pl.DataFrame, readings: list[Reading]
) -> pl.DataFrame:
    """Add what is told around dates, drop those that are none after all.

    Args:
        dates: ``first``, ``last`` and ``end`` (rows of words), ``reading`` (number of
            a reading), ``row_id``, ``in_title``, ``sentence_no``, ``published_date``.
        words: ``row_id``, ``in_title``, ``sentence_no`` and ``form``.
        readings: what the dates say.

    Returns:
        The dates that stay, with ``tense`` (past, future, either with surely
        before it, or null) and ``same`` (Int32,
        the year spoken of before, or null).
    """
    return (
        dates.pipe(_from_publication, words, readings)
        .pipe(_without_names, words, readings)
        .pipe(_with_tense, words, readings)
        .pipe(_with_years, words, readings)
    )


def _from_publication(
    dates: pl.DataFrame, words: pl.DataFrame, readings: list[Reading]
) -> pl.DataFrame:
    """Drop what is counted from something else: «оқиғадан бір күн бұрын»."""
    counted = pl.Series([reading.method in _COUNTED for reading in readings])
    before = dates["first"].cast(pl.Int64) - 1
    is_first = before < 0
    form = words["form"].gather(before.clip(lower_bound=0))
    is_other = form.str.contains(r"(?:[дтн]ан|[дтн]ен)$") & ~is_first
    return dates.filter(~(counted.gather(dates["reading"]) & is_other))


def _without_names(
    dates: pl.DataFrame, words: pl.DataFrame, readings: list[Reading]
) -> pl.DataFrame:
    """Drop «Қазанда», the town, and «Наурызда»: a capital, and no sentence begins."""
    may_be = pl.Series(
        [
            reading.method == "bare_month" and reading.part.numbers[0] in NAMES_TOO
            for reading in readings
        ],
        dtype=pl.Boolean,
    )
    asking = may_be.gather(dates["reading"]).arg_true()
    at = dates["first"].cast(pl.Int64).gather(asking)
    is_capital = words["form"].gather(at).str.contains(r"^\p{Lu}")
    place = words.select(pl.struct("row_id", "in_title", "sentence_no")).to_series()
    goes_on = (place.gather(at) == place.gather((at - 1).clip(lower_bound=0))) & (
        at > 0
    )
    return (
        dates.with_row_index("date")
        .filter(~pl.col("date").is_in(asking.filter(is_capital & goes_on).implode()))
        .drop("date")
    )


def _with_tense(
    dates: pl.DataFrame, words: pl.DataFrame, readings: list[Reading]
) -> pl.DataFrame:
    """Add the verb's tense where it matters, drop what cannot be told without."""
    needed = pl.DataFrame(
        {
            "reading": pl.Series(range(len(readings)), dtype=pl.UInt32),
            "asks": [
                reading.year[0] == "near" or reading.method in _ONLY_WITH_VERB
                for reading in readings
            ],
            "tenses": pl.Series(
                [_ONLY_WITH_VERB.get(reading.method) for reading in readings],
                dtype=pl.List(pl.String),
            ),
        }
    )
    joined = dates.join(needed, on="reading", how="left", maintain_order="left")
    numbered = joined.with_row_index("date")
    asking = numbered.filter("asks")
    tense = tense_after(words, asking.select(after=pl.col("end") + 1))
    told = asking.select("date").with_columns(tense=tense)
    is_told = pl.col("tenses").list.contains(pl.col("tense"))
    return (
        numbered.join(told, on="date", how="left", maintain_order="left")
        .filter(pl.col("tenses").is_null() | is_told.fill_null(value=False))
        .with_columns(pl.col("tense").replace("habitual", "future"))
        .drop("date", "asks", "tenses")
    )


def _with_years(
    dates: pl.DataFrame, words: pl.DataFrame, readings: list[Reading]
) -> pl.DataFrame:
    """Add the year spoken of before, for dates without a year of their own.

    «сол жылдың» means the last printed one in the article. A day or month shortly
    after «1991 жылы» is of that year if it is long past; of a recent one publication
    tells more. «1992 жылы туған ер адам 11 тамызда» is of two years.
    """
    printed = [
        reading.year[1] if reading.year[0] == "at" and reading.year[1] else None
        for reading in readings
    ]
    kind = pl.Series([reading.year[0] for reading in readings], dtype=pl.String)
    placed = dates.with_columns(
        printed=pl.Series(printed, dtype=pl.Int32).gather(dates["reading"]),
        kind=kind.gather(dates["reading"]),
    )
    article = ["row_id", "in_title"]
    sentence = [*article, "sentence_no"]
    before = pl.col("printed").shift(1)
    of_printed = pl.when(pl.col("printed").is_not_null()).then("last")
    placed = placed.with_columns(
        in_article=before.forward_fill().over(article),
        in_sentence=before.forward_fill().over(sentence),
        year_at=of_printed.shift(1).forward_fill().over(sentence),
    )
    published_year = pl.col("published_date").dt.year()
    is_past = pl.coalesce(
        pl.col("in_sentence") < published_year - 1, pl.lit(value=True)
    )
    is_near = pl.col("first") - pl.col("year_at") <= _NEAR_WORDS
    asks = (pl.col("kind") == "near") & is_past & is_near
    placed = placed.with_row_index("date")
    parted = _parted(placed.filter(asks), words)
    return placed.with_columns(
        same=pl.when(pl.col("kind") == "same")
        .then("in_article")
        .when(asks & ~pl.col("date").is_in(parted.implode()))
        .then("in_sentence")
    ).drop("printed", "in_article", "in_sentence", "year_at", "date")


def _parted(dates: pl.DataFrame, words: pl.DataFrame) -> pl.Series:
    """The dates that a participle parts from the year before them."""
    between = (
        dates.select("date", at=pl.int_ranges(pl.col("year_at") + 1, pl.col("first")))
        .explode("at")
        .drop_nulls()
    )
    form = words["form"].gather(between["at"])
    return between.filter(form.str.contains(r"(?:[ғқ]ан|[гк]ен)$"))["date"].unique()
