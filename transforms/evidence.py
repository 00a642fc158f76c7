"""Evidence of names as rows of the warehouse: mentions, offices, countries."""

from __future__ import annotations

import polars as pl

#: Confidence has two decimal places.
CONFIDENCE_DIGITS = 2

_PLACE = {
    "in_title": pl.Boolean,
    "sentence_no": pl.Int32,
    "start_char": pl.Int32,
    "end_char": pl.Int32,
}
_SURENESS = {"confidence": pl.Float64, "method": pl.String}

#: ``row_id`` is the article within the batch; ``normal_form`` the mention's own
#: spelling in the nominative.
MENTION_SCHEMA = pl.Schema(
    {
        "row_id": pl.Int32,
        "entity_id": pl.Int64,
        "entity_type": pl.String,
        "surface": pl.String,
        "normal_form": pl.String,
        **_PLACE,
        **_SURENESS,
    }
)
ROLE_SCHEMA = pl.Schema(
    {
        "row_id": pl.Int32,
        "entity_id": pl.Int64,
        "role": pl.String,
        "country_code": pl.String,
        "organisation_id": pl.Int64,
        "is_single": pl.Boolean,
        **_PLACE,
        **_SURENESS,
    }
)
COUNTRY_SCHEMA = pl.Schema(
    {
        "row_id": pl.Int32,
        "country_code": pl.String,
        "mention_count": pl.Int32,
        "weight": pl.Float64,
    }
)
ENTITY_SCHEMA = pl.Schema(
    {
        "entity_id": pl.Int64,
        "entity_type": pl.String,
        "name": pl.String,
        "name_ru": pl.String,
        "name_en": pl.String,
        "country_code": pl.String,
        "origin": pl.String,
        "merged_into": pl.Int64,
    }
)
ALIAS_SCHEMA = pl.Schema({"entity_id": pl.Int64, "alias": pl.String})


def mention_rows(mentions: pl.DataFrame) -> pl.DataFrame:
    """The rows of fact_mention, numbered within their article.

    Args:
        mentions: the columns of `MENTION_SCHEMA`, and maybe more, in any order.

    Returns:
        The columns of `MENTION_SCHEMA` and mention_no (Int32, from 1: those of the
        title first, then by place, longer ones before those inside them).
    """
    ordered = (
        mentions.select(MENTION_SCHEMA.names())
        .cast(MENTION_SCHEMA)
        .sort(
            "row_id",
            "in_title",
            "start_char",
            "end_char",
            "entity_type",
            descending=[False, True, False, True, False],
        )
    )
    return ordered.with_columns(
        pl.int_range(1, pl.len() + 1, dtype=pl.Int32)
        .over("row_id")
        .alias("mention_no"),
        _rounded(),
    )


def role_rows(roles: pl.DataFrame) -> pl.DataFrame:
    """The rows of fact_role_mention.

    Args:
        roles: the columns of `ROLE_SCHEMA`, and maybe more.

    Returns:
        The columns of `ROLE_SCHEMA`; a statement made twice over one span, once.
    """
    said = ["row_id", "entity_id", "role", "country_code", "organisation_id"]
    return (
        roles.select(ROLE_SCHEMA.names())
        .cast(ROLE_SCHEMA)
        .with_columns(_rounded())
        .sort(
            *said,
            "in_title",
            "start_char",
            "end_char",
            "confidence",
            "method",
            descending=[False] * 8 + [True, False],
        )
        .unique([*said, "in_title", "start_char", "end_char"], keep="first")
        .sort("row_id", "in_title", "start_char", "end_char", *said[1:])
    )


def country_rows(countries: pl.DataFrame) -> pl.DataFrame:
    """The rows of bridge_article_country: the columns of `COUNTRY_SCHEMA`."""
    return (
        countries.select(COUNTRY_SCHEMA.names())
        .cast(COUNTRY_SCHEMA)
        .sort("row_id", "country_code")
    )


def _rounded() -> pl.Expr:
    return pl.col("confidence").round(CONFIDENCE_DIGITS)
