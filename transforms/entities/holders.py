"""List who may be meant by which office in an article."""

from __future__ import annotations

import polars as pl

from transforms.entities.phrase_words import COUNTRY, MARK, WORD
from transforms.entities.positions import read_phrase

HOME = "KZ"
#: No person is looked up by more offices than this in one article.
_MOST_KEYS = 12
_HOLDER = ("row_id", "key", "entity_id", "name", "country", "is_stated")


def persons_of(placed: pl.DataFrame) -> pl.DataFrame:
    """Give the linked mentions of persons."""
    return placed.filter(
        (pl.col("entity_type") == "person") & pl.col("entity_id").is_not_null()
    )


def _keys() -> pl.Expr:
    """Make the keys by which a holder is found."""
    role = pl.col("role").str.to_lowercase()
    owned = pl.col("organisation_id").cast(pl.String).fill_null("")
    present = ~pl.col("is_former") & ~pl.col("is_reference")
    sense = pl.col("sense").is_in(["state", "government", "foreign"])
    return pl.concat_list(
        pl.when("is_former")
        .then(pl.lit("f:") + role)
        .when(~pl.col("is_reference"))
        .then(pl.concat_str(pl.lit("r:"), role, pl.lit("|"), owned)),
        pl.when(present & (owned != "")).then(
            pl.concat_str(pl.lit("r:"), role, pl.lit("|"))
        ),
        pl.when(present).then(pl.lit("h:") + pl.col("head")),
        pl.when(sense & ~pl.col("is_former")).then(pl.lit("k:") + pl.col("sense")),
    ).list.drop_nulls()


def stated_holders(statements: pl.DataFrame, roles: pl.DataFrame) -> pl.DataFrame:
    """List who holds what by the article's own words."""
    same = ["row_id", "in_title", "start_char", "end_char", "entity_id"]
    known = roles.select(*same, "country_code", "organisation_id").unique(
        same, keep="first"
    )
    return statements.join(known, on=same, how="left", maintain_order="left").select(
        "row_id",
        "entity_id",
        "name",
        "role",
        "head",
        "sense",
        "organisation_id",
        "is_former",
        "is_reference",
        country=pl.coalesce("country_code", "phrase_country"),
    )


def table_holders(
    placed: pl.DataFrame,
    articles: pl.DataFrame,
    offices: pl.DataFrame,
    person_ids: pl.DataFrame,
) -> pl.DataFrame:
    """List who of an article's persons holds what by the reference table."""
    present = persons_of(placed).select("row_id", "entity_id", person="name").unique()
    table = senses(offices).join(
        person_ids.select(person="name", entity_id="entity_id"), on="person"
    )
    date = pl.col("published_date")
    begun = pl.col("begin").is_null() | date.is_null() | (pl.col("begin") <= date)
    lasts = pl.col("end").is_null() | date.is_null() | (pl.col("end") >= date)
    return (
        present.join(articles.select("row_id", "published_date"), on="row_id")
        .join(table.drop("person"), on="entity_id")
        .filter(begun & lasts)
        .select(
            "row_id",
            pl.concat_str(pl.lit("k:"), "sense").alias("key"),
            "entity_id",
            pl.col("person").alias("name"),
            pl.col("country_code").alias("country"),
            is_stated=pl.lit(value=False),
        )
        .unique()
        .sort("row_id", "key", "entity_id", "country")
    )


def senses(offices: pl.DataFrame) -> pl.DataFrame:
    """Add to offices what they are in their state, and their dates as dates."""
    distinct = offices.select("role", "country_code").unique()
    rows = []
    for role, country in distinct.iter_rows():
        words = [("x", f"{COUNTRY}{country}"), *((word, "") for word in role.split())]
        office = read_phrase(WORD.join(f"{word}{MARK}{mark}" for word, mark in words))
        if office and office.sense:
            rows.append((role, country, office.sense))
    schema = {"role": pl.String, "country_code": pl.String, "sense": pl.String}
    senses = pl.DataFrame(rows, schema=schema, orient="row")
    return offices.join(senses, on=["role", "country_code"]).with_columns(
        begin=pl.col("valid_from").str.to_date("%Y-%m-%d", strict=False),
        end=pl.col("valid_to").str.to_date("%Y-%m-%d", strict=False),
    )


def merge_holders(stated: pl.DataFrame, table: pl.DataFrame) -> pl.DataFrame:
    """Put together who may be meant by what, one row an article, key and person."""
    by_article = (
        stated.with_columns(key=_keys(), is_stated=pl.lit(value=True))
        .explode("key")
        .drop_nulls("key")
        .select(_HOLDER)
    )
    # What the article says goes before the table, where both name somebody.
    rivals = by_article.drop_nulls("country").select("row_id", "key", "country")
    further = table.join(rivals.unique(), on=["row_id", "key", "country"], how="anti")
    same = ["row_id", "key", "entity_id"]
    return (
        pl.concat(
            [by_article, further.select(_HOLDER), _same_person(by_article, table)]
        )
        .group_by(same, maintain_order=True)
        .agg(
            pl.col("name").first(),
            pl.col("country").drop_nulls().first(),
            pl.col("is_stated").any(),
        )
        .filter(pl.int_range(pl.len()).over("row_id", "entity_id") < _MOST_KEYS)
    )


def _same_person(by_article: pl.DataFrame, table: pl.DataFrame) -> pl.DataFrame:
    """Take the country from the table where both name the same person."""
    same = ["row_id", "key", "entity_id"]
    return table.join(by_article.select(same).unique(), on=same, how="semi").select(
        _HOLDER
    )
