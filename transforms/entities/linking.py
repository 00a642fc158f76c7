"""Puts the entities to the mentions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from transforms.entities.spans import covered
from transforms.entities.things import (
    NAMED_CLASSES,
    abbreviation_of,
    find_definitions,
    link_things,
)

if TYPE_CHECKING:
    from transforms.entities.names import Names


#: Abbreviations that their article explains are right about so often.
_DEFINED = 0.9


_LINKED = (
    "row_id",
    "entity_type",
    "form",
    "entity_id",
    "name",
    "normal_form",
    "origin",
)


def link_mentions(
    spans: pl.DataFrame, people: pl.DataFrame, words: pl.DataFrame, names: Names
) -> pl.DataFrame:
    """Put the entities to the mentions, and what an article abbreviates."""
    things = spans.filter(pl.col("entity_type").is_in(NAMED_CLASSES))
    linked = pl.concat(
        [
            people.with_columns(entity_type=pl.lit("person")).select(_LINKED),
            link_things(things, names.things).select(_LINKED),
        ]
    )
    mentions = spans.join(
        linked, on=["row_id", "entity_type", "form"], how="left", maintain_order="left"
    )
    # Known spans are who the tables say, whatever their letters; people excepted, whom
    # their article may know better.
    is_known = pl.col("known_id").is_not_null() & (pl.col("entity_type") != "person")
    mentions = mentions.with_columns(
        entity_id=pl.when(is_known).then("known_id").otherwise("entity_id"),
        name=pl.when(is_known)
        .then("known_name")
        .when(pl.col("entity_id").is_not_null())
        .then("name"),
        origin=pl.when(is_known).then(pl.lit("seed")).otherwise("origin"),
    )
    return _abbreviate(mentions, words)


def _abbreviate(mentions: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """Give abbreviations the organisation that their article explains them by."""
    defined = find_definitions(mentions, words).select(
        "row_id",
        "abbreviation",
        *(
            pl.col(name).alias(f"defined_{name}")
            for name in ("entity_id", "name", "origin")
        ),
    )
    if defined.is_empty():
        return mentions
    short = abbreviation_of(pl.col("form"))
    # What an article explains counts more than what a table has for the letters.
    is_open = pl.col("defined_entity_id").is_not_null()
    joined = (
        mentions.with_columns(abbreviation=short)
        .join(defined, on=["row_id", "abbreviation"], how="left", maintain_order="left")
        .with_columns(
            entity_type=pl.when(is_open)
            .then(pl.lit("organisation"))
            .otherwise("entity_type"),
            normal_form=pl.when(is_open).then("abbreviation").otherwise("normal_form"),
            entity_id=pl.when(is_open).then("defined_entity_id").otherwise("entity_id"),
            name=pl.when(is_open).then("defined_name").otherwise("name"),
            origin=pl.when(is_open).then("defined_origin").otherwise("origin"),
        )
        .select(mentions.columns)
    )
    free = pl.Series(~covered(mentions, words.height))
    missed = (
        words.filter(free)
        .join(defined.select("row_id").unique(), on="row_id", how="semi")
        .with_columns(abbreviation=short)
        .join(defined, on=["row_id", "abbreviation"], maintain_order="left")
        .select(
            "row_id",
            "in_title",
            "sentence_no",
            pl.lit("organisation").alias("entity_type"),
            "start_char",
            "end_char",
            pl.col("at").alias("first"),
            pl.col("at").alias("last"),
            pl.lit(_DEFINED).alias("confidence"),
            pl.lit("definition").alias("method"),
            "form",
            pl.col("defined_entity_id").alias("entity_id"),
            pl.col("defined_name").alias("name"),
            pl.col("abbreviation").alias("normal_form"),
            pl.col("defined_origin").alias("origin"),
        )
    )
    return pl.concat([joined, missed], how="diagonal")
