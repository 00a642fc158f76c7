"""Batches of articles with texts, put through the part of a load that finds copies."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

import polars as pl

from flows.copies import finish_links, link_articles, signature_rows
from warehouse.catalog import open_warehouse
from warehouse.forget import remove_article
from warehouse.load import merge_articles

if TYPE_CHECKING:
    import duckdb

NOW = datetime(2026, 1, 1, tzinfo=UTC)
#: What must not depend on the order of loads.
COPY_TABLES = {
    "fact_article": "article_id, version, duplicate_role, duplicate_of, story_id",
    "fact_duplicate": "*",
    "story_link": "*",
    "dim_story": "*",
    "article_signature": "*",
    "article_bucket": "*",
}


def new_warehouse() -> duckdb.DuckDBPyConnection:
    return open_warehouse(None, now=NOW)


def article(article_id, text, day=None, title="Тақырып", **more):
    """An article; ``hour`` gives it a time of that day, UTC."""
    hour = more.pop("hour", None)
    published = date.fromisoformat(day) if day else None
    moment = time(hour) if published and hour is not None else None
    return {
        "article_id": article_id,
        "record_hash": str((article_id, text[:50], len(text), day, title, hour)),
        "title": title,
        "text": text,
        "published_date": published,
        "published_at": moment and datetime.combine(published, moment),
        "published_precision": "minute" if moment else "day" if day else "unknown",
        "modified_at": None,
        "source_id": 1,
    } | more


def frame_of(*articles):
    """These articles as a batch that `merge_articles` takes."""
    return pl.DataFrame(
        [
            {
                "row_id": number,
                "published_basis": "header",
                "arrived_at": NOW.replace(tzinfo=None),
                "language": "kk",
                "script": "cyrillic",
                "word_count": 3,
                "is_interview": False,
                "has_scan_noise": False,
                "file_id": 1,
                "record_no": 1,
            }
            | one
            for number, one in enumerate(articles)
        ],
        schema_overrides={
            "row_id": pl.Int32,
            "published_date": pl.Date,
            "modified_at": pl.Datetime("us"),
            "published_at": pl.Datetime("us"),
        },
    )


def load(connection, *articles):
    """One load of these articles."""
    frame = frame_of(*articles)
    connection.execute("begin")
    merge_articles(connection, frame, signature_rows(frame), {"copies": "1"}, "load")
    link_articles(connection)
    connection.execute("commit")


def forget(connection, article_id):
    connection.execute("begin")
    remove_article(connection, article_id, reason="сот", files_redacted=0, now=NOW)
    finish_links(connection)
    connection.execute("commit")


def tables(connection):
    return {
        table: connection.execute(f"select {columns} from {table} order by all")
        .pl()
        .rows()
        for table, columns in COPY_TABLES.items()
    }


def roles(connection):
    """article_id to role and original, of current versions."""
    rows = connection.execute(
        "select article_id, duplicate_role, duplicate_of from fact_article "
        "where is_current order by article_id"
    ).fetchall()
    return {row[0]: row[1:] for row in rows}


def stories(connection):
    """article_id to story_id, of current versions."""
    return dict(
        connection.execute(
            "select article_id, story_id from fact_article where is_current"
        ).fetchall()
    )
