"""What articles say happened, and documents, as rows of the warehouse."""

from __future__ import annotations

import polars as pl

from transforms.evidence import PLACE, SURENESS, numbered

ACTOR_TYPE = pl.Struct(
    {"entity_id": pl.Int64, "actor_role": pl.String, "country_code": pl.String}
)
#: ``event_at`` is a number of the statement unique in the batch, by which documents
#: refer to it.
EVENT_SCHEMA = pl.Schema(
    {
        "row_id": pl.Int32,
        "event_at": pl.Int32,
        "event_type": pl.String,
        "event_date": pl.Date,
        "event_precision": pl.String,
        "place_id": pl.Int64,
        "actors": pl.List(ACTOR_TYPE),
        "surface": pl.String,
        **PLACE,
        **SURENESS,
    }
)
#: ``event_at`` is the statement of the event at which it was signed; null if unknown.
DOCUMENT_SCHEMA = pl.Schema(
    {
        "row_id": pl.Int32,
        "event_at": pl.Int32,
        "title": pl.String,
        "action": pl.String,
        "surface": pl.String,
        **PLACE,
        **SURENESS,
    }
)


def event_rows(events: pl.DataFrame) -> pl.DataFrame:
    """The rows of fact_event_statement, numbered within their article.

    Args:
        events: the columns of `EVENT_SCHEMA`, and maybe more.

    Returns:
        The columns of `EVENT_SCHEMA` but event_at, and event_no (Int32). Actors of a
        statement are sorted, and each stands once.
    """
    return _numbered_events(events).drop("event_at")


def document_rows(documents: pl.DataFrame, events: pl.DataFrame) -> pl.DataFrame:
    """The rows of fact_document, numbered within their article.

    Args:
        documents: the columns of `DOCUMENT_SCHEMA`, and maybe more.
        events: what `event_rows` was given.

    Returns:
        The columns of `DOCUMENT_SCHEMA` but event_at, document_no (Int32) and event_no,
        the statement of the event in the same article, null if unknown.
    """
    places = _numbered_events(events).select("row_id", "event_at", "event_no")
    return (
        numbered(documents, DOCUMENT_SCHEMA, "document_no", ties=["title", "action"])
        .join(places, on=["row_id", "event_at"], how="left", maintain_order="left")
        .drop("event_at")
    )


def _numbered_events(events: pl.DataFrame) -> pl.DataFrame:
    ties = ["event_type", "event_date", "place_id", "event_at"]
    return numbered(
        events.with_columns(pl.col("actors").list.unique().list.sort()),
        EVENT_SCHEMA,
        "event_no",
        ties=ties,
    )
