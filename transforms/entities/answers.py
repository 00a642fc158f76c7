"""Answer whom a position means, among the holders of its article."""

from __future__ import annotations

import polars as pl

from transforms.entities.holders import HOME, persons_of

#: How sure a link is that rests on: the one holder in the article; the nearest one
#: before it; the reference table, for Kazakhstan and for others.
_ONLY_HOLDER, _NEAREST = 0.9, 0.7
_IN_TABLE, _FOREIGN_IN_TABLE = 0.88, 0.6


def find_answers(
    asks: pl.DataFrame, holders: pl.DataFrame, placed: pl.DataFrame
) -> pl.DataFrame:
    """Find whom positions mean among the holders of their article."""
    places = (
        persons_of(placed)
        .select("row_id", "entity_id", "at")
        .join(holders, on=["row_id", "entity_id"])
        .sort("at")
    )
    answers: list[pl.DataFrame] = []
    for key in ("first", "second"):
        left = asks.rename({key: "key"}).drop_nulls("key")
        for answer in answers:
            left = left.join(answer, on="mention", how="anti")
        answers.append(_answers_by_key(left, holders, places))
    return pl.concat(answers)


def _answers_by_key(
    asks: pl.DataFrame, holders: pl.DataFrame, places: pl.DataFrame
) -> pl.DataFrame:
    named = asks.filter(pl.col("country").is_not_null())
    unnamed = asks.filter(pl.col("country").is_null())
    at_home = unnamed.filter("home_first").with_columns(country=pl.lit(HOME))
    of_country = ["row_id", "key", "country"]
    of_any = ["row_id", "key"]
    countryless = holders.filter(pl.col("country").is_null())
    steps = [
        _only(pl.concat([named, at_home]), holders, of_country),
        _nearest(named, places, of_country),
        _only(named, countryless, of_any),
        _only(unnamed, holders, of_any),
        _nearest(unnamed, places, of_any),
    ]
    return pl.concat(steps).unique("mention", keep="first", maintain_order=True)


def _only(asks: pl.DataFrame, holders: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """Answer with the one holder that there is."""
    ones = (
        holders.drop_nulls(by)
        .group_by(by, maintain_order=True)
        .agg(
            pl.col("entity_id", "name", "is_stated").first(),
            pl.col("country").first().alias("of"),
            number=pl.len(),
        )
        .filter(pl.col("number") == 1)
    )
    in_table = (
        pl.when(pl.col("of").eq_missing(HOME) | pl.lit("country" in by))
        .then(_IN_TABLE)
        .otherwise(_FOREIGN_IN_TABLE)
    )
    return asks.join(ones, on=by, maintain_order="left").select(
        "mention",
        "entity_id",
        "name",
        sure=pl.when("is_stated").then(_ONLY_HOLDER).otherwise(in_table),
        how=pl.when("is_stated")
        .then(pl.lit("in_article"))
        .otherwise(pl.lit("reference")),
    )


def _nearest(asks: pl.DataFrame, places: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """Answer with the holder who was named last."""
    return (
        asks.sort("at")
        .join_asof(
            places.select(*by, "at", "entity_id", "name", "is_stated"),
            on="at",
            by=by,
            check_sortedness=False,
        )
        .drop_nulls("entity_id")
        .select(
            "mention",
            "entity_id",
            "name",
            sure=pl.lit(_NEAREST),
            how=pl.when("is_stated")
            .then(pl.lit("in_article"))
            .otherwise(pl.lit("reference")),
        )
    )
