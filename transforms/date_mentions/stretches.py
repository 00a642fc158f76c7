"""Stretches of words that may hold dates, each distinct one read once.

The words that can be part of a date are marked in one pass over the column; only
stretches of them that hold a word without which there is no date are read.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from transforms.date_mentions.atoms import cut
from transforms.date_mentions.patterns import find_in_words
from transforms.date_mentions.vocabulary import ANCHORS, WORDS

if TYPE_CHECKING:
    from transforms.date_mentions.readings import Found, Reading

#: A word that may be part of a date, and one without which there is none.
_PART, _ANCHOR = 1, 2
_JOINED, _APART = "\x1f", "\x1e"
_SEPARATORS = re.compile(f"[{_JOINED}{_APART}]")
#: What was read is kept from call to call, within bounds, and changes only the time.
_KEPT = 1 << 16
_LONGEST = 256
_SPAN_SCHEMA = {
    "stretch": pl.String,
    "first": pl.UInt32,
    "last": pl.UInt32,
    "end": pl.UInt32,
    "reading": pl.UInt32,
}


def _marks() -> dict[str, int]:
    marks = {}
    for word, sense in WORDS.items():
        mark = _ANCHOR if sense.kind in ANCHORS else _PART
        for written in (word, word.capitalize(), word.upper()):
            marks[written] = mark
    return marks


_MARKS = _marks()


def read_stretches(words: pl.DataFrame) -> tuple[pl.DataFrame, list[Reading]]:
    """Find the dates and what they say.

    Args:
        words: ``row_id``, ``in_title``, ``sentence_no``, ``form``, ``start_char`` and
            ``end_char``, in order of place.

    Returns:
        One row a date, in order: ``first``, ``last`` and ``end`` (UInt32, rows of
        ``words``: its first and last word, and the last of the list that it stands
        in) and ``reading`` (UInt32, its place among the distinct readings, which are
        the second answer).
    """
    stretches = _stretches(_marked(words))
    numbers: dict[Reading, int] = {}
    rows = [
        (stretch, *found[:3], numbers.setdefault(found.reading, len(numbers)))
        for stretch in stretches["stretch"].unique(maintain_order=True)
        for found in _found_in(stretch)
    ]
    found = pl.DataFrame(rows, schema=_SPAN_SCHEMA, orient="row")
    spans = stretches.join(
        found, on="stretch", how="inner", maintain_order="left_right"
    ).select(pl.col("first", "last", "end") + pl.col("begin"), "reading")
    return spans, list(numbers)


def _marked(words: pl.DataFrame) -> pl.DataFrame:
    """The words that may be parts of dates: at, form, mark and where they stand."""
    form = pl.col("form")
    is_digit = (form >= "0") & (form < ":")
    is_plain = form.str.contains(r"^[0-9]+$")
    mark = form.replace_strict(
        list(_MARKS), list(_MARKS.values()), default=None, return_dtype=pl.UInt8
    )
    has_joint = form.str.contains("[-\u2010\u2011]")
    some = (
        words.lazy()
        .with_row_index("at")
        .with_columns(mark=mark)
        .filter(pl.col("mark").is_not_null() | is_digit | has_joint)
        .collect()
    )
    unread = some.filter(pl.col("mark").is_null() & ~is_plain)["form"].unique()
    compounds = {
        word: read for word in unread.to_list() if (read := _mark_of(word)) is not None
    }
    mark = (
        pl.when(pl.col("mark").is_not_null())
        .then("mark")
        .when(is_plain)
        .then(pl.lit(_PART, pl.UInt8))
        .otherwise(
            form.replace_strict(
                pl.Series(list(compounds), dtype=pl.String),
                pl.Series(list(compounds.values()), dtype=pl.UInt8),
                default=None,
                return_dtype=pl.UInt8,
            )
        )
    )
    return some.with_columns(mark=mark).drop_nulls("mark")


@lru_cache(_KEPT)
def _mark_of(word: str) -> int | None:
    """Whether «9-қазанда», «2025ж», «қаңтар-наурызда» may be parts of dates."""
    kinds = {atom.sense.kind for atom in cut([word], [False])}
    if not kinds & ANCHORS:
        return None if kinds == {"?"} else _PART
    return None if "?" in kinds and not word[0].isdigit() else _ANCHOR


def _stretches(marked: pl.DataFrame) -> pl.DataFrame:
    """Put words that follow each other together: begin (row of words), stretch."""
    if marked.is_empty():
        return pl.DataFrame(schema={"begin": pl.UInt32, "stretch": pl.String})
    at = marked["at"].to_numpy()
    place = marked.select(
        pl.struct("row_id", "in_title", "sentence_no").rle_id()
    ).to_series()
    is_new = np.ones(len(at), dtype=bool)
    is_new[1:] = (np.diff(at) != 1) | (np.diff(place.to_numpy()) != 0)
    # No date is so long; a text of nothing but dates must not be read in one piece.
    within = np.arange(len(at)) - np.flatnonzero(is_new)[np.cumsum(is_new) - 1]
    is_new |= within % _LONGEST == 0
    begins = np.flatnonzero(is_new)
    is_anchor = (marked["mark"] == _ANCHOR).to_numpy() | _in_digits(marked).to_numpy()
    wanted = np.logical_or.reduceat(is_anchor, begins)
    run = np.cumsum(is_new) - 1
    joined = pl.col("start_char") == pl.col("end_char").shift(1)
    piece = pl.when(joined).then(pl.lit(_JOINED)).otherwise(pl.lit(_APART))
    return (
        marked.select("at", piece=piece + pl.col("form"), run=pl.Series(run))
        .filter(pl.Series(wanted[run]))
        .group_by("run", maintain_order=True)
        .agg(begin=pl.col("at").first(), stretch=pl.col("piece").str.join(""))
        .drop("run")
    )


def _in_digits(marked: pl.DataFrame) -> pl.Series:
    """Years of «09.10.2025», «2025.10.09» and «(1905–1985)», which have no word."""
    form = pl.col("form")
    is_year = (form.str.len_bytes() == 4) & (form >= "0") & (form < ":")  # noqa: PLR2004
    before, after = form.shift(1), form.shift(-1)
    joined = pl.col("start_char") == pl.col("end_char").shift(1)
    in_date = (before.is_in([".", "/"]) & joined) | (
        after.is_in([".", "/"]) & joined.shift(-1)
    )
    in_brackets = (before == "(") | (form.shift(3) == "(")
    is_pair = form.str.contains(r"^[0-9]{4}[-\u2010\u2011][0-9]{4}$")
    return (
        marked.select((is_year & (in_date | in_brackets)) | (is_pair & (before == "(")))
        .to_series()
        .fill_null(value=False)
    )


@lru_cache(_KEPT)
def _found_in(stretch: str) -> tuple[Found, ...]:
    forms = _SEPARATORS.split(stretch)[1:]
    joined = [sign == _JOINED for sign in _SEPARATORS.findall(stretch)]
    return tuple(find_in_words(forms, joined))
