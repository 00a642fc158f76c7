"""Batches of articles with names, put through the data part of a load."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import polars as pl

from transforms.event_evidence import (
    DOCUMENT_SCHEMA,
    EVENT_SCHEMA,
    document_rows,
    event_rows,
)
from transforms.evidence import (
    ALIAS_SCHEMA,
    COUNTRY_SCHEMA,
    ENTITY_SCHEMA,
    MENTION_SCHEMA,
    ROLE_SCHEMA,
    country_rows,
    mention_rows,
    role_rows,
)
from warehouse.catalog import open_warehouse
from warehouse.entities import merge_names
from warehouse.events import rebuild_events
from warehouse.load import merge_articles
from warehouse.roles import rebuild_roles

if TYPE_CHECKING:
    import duckdb

NOW = datetime(2026, 1, 1, tzinfo=UTC)
NAME_TABLES = (
    "fact_mention",
    "fact_role_mention",
    "bridge_article_country",
    "dim_entity",
    "dim_entity_alias",
    "dim_entity_role",
)


def new_warehouse() -> duckdb.DuckDBPyConnection:
    return open_warehouse(None, now=NOW)


def mention(entity_id, surface="Сәуле", **more):
    return {
        "entity_id": entity_id,
        "entity_type": "person",
        "surface": surface,
        "normal_form": surface,
        "in_title": False,
        "sentence_no": 1,
        "start_char": 0,
        "end_char": len(surface),
        "confidence": 0.904,
        "method": "model",
    } | more


def holds(person, role="Президент", country="KZ", **more):
    """A statement that the person holds the office."""
    return {
        "entity_id": person,
        "role": role,
        "country_code": country,
        "organisation_id": None,
        "is_single": True,
        "in_title": False,
        "sentence_no": 1,
        "start_char": 0,
        "end_char": 5,
        "confidence": 0.9,
        "method": "apposition",
    } | more


def entity(entity_id, name="Сәуле", **more):
    return {
        "entity_id": entity_id,
        "entity_type": "person",
        "name": name,
        "name_ru": None,
        "name_en": None,
        "country_code": None,
        "origin": "learned",
        "merged_into": None,
    } | more


def happened(*actors, event_type="meeting", day="2026-03-01", place=None, **more):
    """A statement that something happened; an actor is an id, or (id, role, country).

    It stands in the text alone; ``event_at`` tells several of one article apart.
    """
    sides = [one if isinstance(one, tuple) else (one, "participant") for one in actors]
    return {
        "event_at": 1,
        "event_type": event_type,
        "event_date": date.fromisoformat(day) if day else None,
        "event_precision": "day" if day else "unknown",
        "place_id": place,
        "actors": [
            dict(zip(("entity_id", "actor_role", "country_code"), side, strict=False))
            for side in sides
        ],
        "surface": "Сәуле",
        "in_title": False,
        "sentence_no": 1,
        "start_char": 0,
        "end_char": 5,
        "confidence": 0.9,
        "method": "rule",
    } | more


def article(article_id, day=None, record_hash="h", **more):
    """An article with lists of mentions, roles, countries, statements and so on."""
    return {
        "article_id": article_id,
        "record_hash": record_hash,
        "published_date": date.fromisoformat(day) if day else None,
        "published_precision": "day" if day else "unknown",
        "modified_at": None,
    } | more


def load(connection, *articles):
    """One load of these articles; returns what `merge_articles` counted."""
    numbered = list(enumerate(articles))

    def rows(name, schema):
        found = [
            {"row_id": n} | row for n, one in numbered for row in one.get(name, [])
        ]
        return pl.DataFrame(found, schema=schema)

    frame = pl.DataFrame(
        [
            {
                "row_id": number,
                "source_id": 1,
                "published_at": None,
                "published_basis": "header",
                "arrived_at": NOW.replace(tzinfo=None),
                "title": "Тақырып",
                "text": "Сәуле сөз сөйледі.",
                "language": "kk",
                "script": "cyrillic",
                "word_count": 3,
                "is_interview": False,
                "has_scan_noise": False,
                "file_id": 1,
                "record_no": 1,
            }
            | {key: value for key, value in one.items() if not isinstance(value, list)}
            for number, one in numbered
        ],
        schema_overrides={
            "row_id": pl.Int32,
            "published_date": pl.Date,
            "modified_at": pl.Datetime("us"),
            "published_at": pl.Datetime("us"),
        },
    )
    batch = {"row_id": pl.Int32}
    statements = rows("statements", EVENT_SCHEMA)
    documents = rows("documents", DOCUMENT_SCHEMA)
    connection.execute("begin")
    counted = merge_articles(
        connection,
        frame,
        {
            "fact_sentence": pl.DataFrame(),
            "fact_mention": mention_rows(rows("mentions", MENTION_SCHEMA)),
            "fact_role_mention": role_rows(rows("roles", ROLE_SCHEMA)),
            "bridge_article_country": country_rows(rows("countries", COUNTRY_SCHEMA)),
            "fact_event_statement": event_rows(statements),
            "fact_document": document_rows(documents, statements),
        },
        {"names": "1"},
        "load",
    )
    merge_names(
        connection,
        rows("entities", pl.Schema(batch | dict(ENTITY_SCHEMA))).drop("row_id"),
        rows("aliases", pl.Schema(batch | dict(ALIAS_SCHEMA))).drop("row_id"),
    )
    rebuild_roles(connection)
    rebuild_events(connection)
    connection.execute("commit")
    return counted


def tables(connection):
    return {
        table: connection.execute(f"from {table} order by all").fetchall()
        for table in NAME_TABLES
    }


def rows_of(connection, sql):
    return connection.execute(sql).fetchall()
