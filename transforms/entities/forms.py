"""Spans completed: with initials, explained names and the words put together."""

from __future__ import annotations

import polars as pl


def with_defined(spans: pl.DataFrame, defined: pl.DataFrame) -> pl.DataFrame:
    """Put names that abbreviations explain in place of the model's guesses there."""
    if defined.is_empty():
        return spans
    same = ["row_id", "in_title", "first", "last"]
    is_known = pl.col("known_id").is_not_null()
    new = defined.join(spans.filter(is_known), on=same, how="anti").with_columns(
        entity_type=pl.lit("organisation"),
        method=pl.lit("definition"),
        known_id=pl.lit(None, pl.Int64),
        known_name=pl.lit(None, pl.String),
        country_code=pl.lit(None, pl.String),
        source=pl.lit("definition"),
    )
    ranges = pl.int_ranges("first", pl.col("last") + 1, dtype=pl.UInt32)
    numbered = spans.with_row_index("span")
    met = (
        numbered.filter(~is_known)
        .select("span", at=ranges)
        .explode("at")
        .join(new.select(at=ranges).explode("at"), on="at", how="semi")
        .select("span")
        .unique()
    )
    rest = numbered.join(met, on="span", how="anti").drop("span")
    return pl.concat([rest, new.select(rest.columns)])


def with_initials(spans: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """Take initials before a person's name into the mention: «Е. Ашықбаев»."""
    initial = pl.col("form").str.contains(r"^\p{Lu}\p{Ll}?$")
    follows = pl.col("form").shift(-1) == "."
    near = pl.col("start_char").shift(-2) - pl.col("end_char").shift(-1) <= 1
    marks = words.select(
        "at",
        "start_char",
        place=pl.struct("row_id", "in_title", "sentence_no"),
        is_initial=initial & follows & near,
    )
    is_initial = marks["is_initial"].fill_null(value=False)
    start, place = marks["start_char"], marks["place"]
    for _ in range(2):
        first = spans["first"].cast(pl.Int64)
        before = (
            pl.Series([0], dtype=pl.Int64).new_from_index(0, len(first)) + first - 2
        )
        inside = before.clip(lower_bound=0)
        extends = (
            (spans["entity_type"] == "person")
            & (before >= 0)
            & is_initial.gather(inside)
            & (place.gather(inside) == place.gather(first))
        )
        spans = spans.with_columns(
            first=pl.when(extends).then(inside).otherwise(first).cast(pl.UInt32),
            start_char=pl.when(extends)
            .then(start.gather(inside))
            .otherwise("start_char"),
        )
    return spans


def with_forms(spans: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """Add what the spans' words are together, with a space where the text has any."""
    bare = spans.drop("form", strict=False).with_row_index("span")
    is_one = pl.col("first") == pl.col("last")
    # A span may begin or end inside a word: «Ресей-Украина», «алматылық».
    ones = bare.filter(is_one)
    begin = words["start_char"].gather(ones["first"])
    whole = words["form"].gather(ones["first"])
    length = ones["end_char"] - ones["start_char"]
    is_cut = length < whole.str.len_chars()
    cut = pl.DataFrame(
        {"form": whole, "begin": ones["start_char"] - begin, "n": length}
    )
    forms = pl.select(
        pl.when(is_cut)
        .then(cut.select(pl.col("form").str.slice("begin", "n")).to_series())
        .otherwise(whole)
    ).to_series()
    several = _joined_forms(bare.filter(~is_one), words)
    return pl.concat([ones.with_columns(form=forms), several]).sort("span").drop("span")


def _joined_forms(spans: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """Add the form of spans of several words."""
    ranges = pl.int_ranges("first", pl.col("last") + 1, dtype=pl.UInt32)
    pieces = spans.select("span", "first", at=ranges).explode("at")
    at = pieces["at"]
    spaced = words.select(
        pl.when(pl.col("start_char") > pl.col("end_char").shift(1))
        .then(pl.lit(" "))
        .otherwise(pl.lit(""))
        .alias("space")
    ).to_series()
    space = pl.when(pl.col("at") > pl.col("first")).then(spaced.gather(at))
    forms = (
        pieces.with_columns(
            piece=pl.concat_str(space.fill_null(""), words["form"].gather(at))
        )
        .group_by("span", maintain_order=True)
        .agg(form=pl.col("piece").str.join(""))
    )
    return spans.join(forms, on="span", how="left", maintain_order="left")
