"""What extractors found, as rows of the warehouse: one schema and one function a table.

``row_id`` is the article within the batch; the warehouse puts article and version in
its place. Rows are numbered within their article from 1: those of the title first, then
by place, longer ones before those inside them.
"""

from __future__ import annotations

import polars as pl

#: Confidence has two decimal places.
CONFIDENCE_DIGITS = 2

#: Where in its article a span stands: code points of text, or of title.
PLACE: dict[str, pl.DataType | type[pl.DataType]] = {
    "in_title": pl.Boolean,
    "sentence_no": pl.Int32,
    "start_char": pl.Int32,
    "end_char": pl.Int32,
}
#: How sure it is, 0 to 1, and how it was found.
SURENESS: dict[str, pl.DataType | type[pl.DataType]] = {
    "confidence": pl.Float64,
    "method": pl.String,
}

#: ``normal_form`` is the mention's own spelling in the nominative.
MENTION_SCHEMA = pl.Schema(
    {
        "row_id": pl.Int32,
        "entity_id": pl.Int64,
        "entity_type": pl.String,
        "surface": pl.String,
        "normal_form": pl.String,
        **PLACE,
        **SURENESS,
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
        **PLACE,
        **SURENESS,
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
#: ``surface`` is the exact span, ``text`` the quoted words alone.
QUOTE_SCHEMA = pl.Schema(
    {
        "row_id": pl.Int32,
        "quote_kind": pl.String,
        "speaker_id": pl.Int64,
        "speaker_surface": pl.String,
        "speaker_role": pl.String,
        "surface": pl.String,
        "text": pl.String,
        "verb": pl.String,
        **PLACE,
        **SURENESS,
    }
)
#: ``value_max`` only of a range; ``unit_code`` is UCUM, ``currency_code`` ISO 4217.
AMOUNT_SCHEMA = pl.Schema(
    {
        "row_id": pl.Int32,
        "value": pl.Float64,
        "value_max": pl.Float64,
        "kind": pl.String,
        "unit_code": pl.String,
        "currency_code": pl.String,
        "approximation": pl.String,
        "direction": pl.String,
        "counted": pl.String,
        "surface": pl.String,
        **PLACE,
        **SURENESS,
    }
)
#: Both days are null where the expression is not resolved.
DATE_SCHEMA = pl.Schema(
    {
        "row_id": pl.Int32,
        "start_date": pl.Date,
        "end_date": pl.Date,
        "precision": pl.String,
        "basis": pl.String,
        "surface": pl.String,
        **PLACE,
        **SURENESS,
    }
)
TOPIC_SCHEMA = pl.Schema(
    {
        "row_id": pl.Int32,
        "topic_id": pl.Int64,
        "mention_count": pl.Int32,
        "weight": pl.Float64,
    }
)
#: ``term`` is the word or phrase of the reference table that ``surface`` is a form of.
TOPIC_MENTION_SCHEMA = pl.Schema(
    {
        "row_id": pl.Int32,
        "topic_id": pl.Int64,
        "term": pl.String,
        "surface": pl.String,
        **PLACE,
        **SURENESS,
    }
)


def mention_rows(mentions: pl.DataFrame) -> pl.DataFrame:
    """The rows of fact_mention, numbered within their article.

    Args:
        mentions: the columns of `MENTION_SCHEMA`, and maybe more, in any order.

    Returns:
        The columns of `MENTION_SCHEMA` and mention_no (Int32).
    """
    return numbered(mentions, MENTION_SCHEMA, "mention_no", ties=["entity_type"])


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


def quote_rows(quotes: pl.DataFrame) -> pl.DataFrame:
    """The rows of fact_quote: the columns of `QUOTE_SCHEMA` and quote_no."""
    return numbered(quotes, QUOTE_SCHEMA, "quote_no", ties=["quote_kind", "text"])


def amount_rows(amounts: pl.DataFrame) -> pl.DataFrame:
    """The rows of fact_amount: the columns of `AMOUNT_SCHEMA` and amount_no."""
    return numbered(amounts, AMOUNT_SCHEMA, "amount_no", ties=["kind", "value"])


def date_rows(dates: pl.DataFrame) -> pl.DataFrame:
    """The rows of fact_date_mention: the columns of `DATE_SCHEMA` and date_no."""
    return numbered(dates, DATE_SCHEMA, "date_no", ties=["start_date", "precision"])


def topic_rows(topics: pl.DataFrame) -> pl.DataFrame:
    """The rows of bridge_article_topic: the columns of `TOPIC_SCHEMA`."""
    return (
        topics.select(TOPIC_SCHEMA.names())
        .cast(TOPIC_SCHEMA)
        .sort("row_id", "topic_id")
    )


def topic_mention_rows(mentions: pl.DataFrame) -> pl.DataFrame:
    """The rows of fact_topic_mention: the columns of `TOPIC_MENTION_SCHEMA`.

    A span that speaks for a topic by several terms stands once, with the surest and
    then longest of them.
    """
    span = ["row_id", "in_title", "start_char", "end_char", "topic_id"]
    return (
        mentions.select(TOPIC_MENTION_SCHEMA.names())
        .cast(TOPIC_MENTION_SCHEMA)
        .with_columns(_rounded())
        .sort(
            *_IN_ORDER,
            "topic_id",
            -pl.col("confidence"),
            -pl.col("term").str.len_chars().cast(pl.Int32),
            "term",
        )
        .unique(span, keep="first", maintain_order=True)
    )


#: Those of the title first, then by place, longer ones before those inside them.
_IN_ORDER = (
    pl.col("row_id"),
    ~pl.col("in_title"),
    pl.col("start_char"),
    -pl.col("end_char"),
)


def numbered(
    rows: pl.DataFrame, schema: pl.Schema, number: str, *, ties: list[str]
) -> pl.DataFrame:
    """Number rows within their article.

    Args:
        rows: the columns of the schema, and maybe more.
        schema: a table's, with those of `PLACE` and `SURENESS`.
        number: the column of the number, Int32.
        ties: columns that order rows of one span.

    Returns:
        The columns of the schema and the number, in order.
    """
    return (
        rows.select(schema.names())
        .cast(schema)
        .sort(*_IN_ORDER, *ties)
        .with_columns(
            pl.int_range(1, pl.len() + 1, dtype=pl.Int32).over("row_id").alias(number),
            _rounded(),
        )
    )


def _rounded() -> pl.Expr:
    return pl.col("confidence").round(CONFIDENCE_DIGITS)
