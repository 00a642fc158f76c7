"""Surnames that stand alone, of those whose office the article names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from transforms.entities.holders import senses
from transforms.entities.spelling import name_key

if TYPE_CHECKING:
    from transforms.entities.phrases import Reading

_KEY = ("row_id", "entity_id")
#: Offices that one at a time holds in a country.
_HEADS = ("state", "government", "foreign")


def link_holders(
    mentions: pl.DataFrame,
    reading: Reading,
    articles: pl.DataFrame,
    offices: pl.DataFrame,
    person_ids: pl.DataFrame,
) -> tuple[pl.DataFrame, Reading]:
    """Let a surname alone be who holds a country's office that the article names.

    Beside «Әзербайжан Президентімен» the surname «Әлиев», which no fuller name of the
    article explains, is the president's, as the table of offices has him on the day of
    the article. Where two holders have the surname, it stays a person of the article.

    Args:
        mentions: linked, offices not yet: ``row_id``, ``entity_type``, ``entity_id``,
            ``name``, ``normal_form`` and ``origin``.
        reading: what `read_phrases` gave for them.
        articles: ``row_id`` and ``published_date``.
        offices: the reference table.
        person_ids: ``name`` and ``entity_id`` of the persons in it.

    Returns:
        Both, with the entity in place of the person of the article.
    """
    alone = mentions.filter(
        pl.col("entity_type") == "person",
        pl.col("origin") == "article",
        pl.col("entity_id").is_not_null(),
        ~pl.col("normal_form").str.contains(r"[\s.]"),
    ).select(*_KEY, surname=name_key(pl.col("normal_form")))
    named = (
        reading.phrases.filter(
            pl.col("sense").is_in(_HEADS), pl.col("is_one"), ~pl.col("is_former")
        )
        .select("row_id", "sense", country_code="phrase_country")
        .drop_nulls()
        .unique()
    )
    if alone.is_empty() or named.is_empty():
        return mentions, reading
    table = senses(offices).join(
        person_ids.select(person="name", holder_id="entity_id"), on="person"
    )
    date = pl.col("published_date")
    holders = (
        named.join(articles.select("row_id", "published_date"), on="row_id")
        .join(table, on=["country_code", "sense"])
        # Without a day nobody knows which of several it was.
        .filter(
            pl.col("begin").is_null() | (pl.col("begin") <= date),
            pl.col("end").is_null() | (pl.col("end") >= date),
        )
        .select(
            "row_id",
            "holder_id",
            holder="person",
            surname=name_key(pl.col("person").str.extract(r"(\S+)$")),
        )
        .unique(["row_id", "holder_id"])
        .unique(["row_id", "surname"], keep="none")
    )
    means = (
        alone.unique()
        .join(holders, on=["row_id", "surname"])
        .unique(_KEY, keep="none")
        .drop("surname")
    )
    if means.is_empty():
        return mentions, reading
    return _meant(mentions, means), reading._replace(
        placed=_meant(reading.placed, means)
    )


def _meant(mentions: pl.DataFrame, means: pl.DataFrame) -> pl.DataFrame:
    """Put the holders in place of the people of the articles."""
    named = mentions.join(means, on=_KEY, how="left", maintain_order="left")
    is_meant = pl.col("holder_id").is_not_null()
    return named.with_columns(
        entity_id=pl.coalesce("holder_id", "entity_id"),
        name=pl.coalesce("holder", "name"),
        origin=pl.when(is_meant).then(pl.lit("seed")).otherwise("origin"),
    ).select(mentions.columns)
