"""Builders of good rows: a test names only what it is about."""

from __future__ import annotations

import datetime as dt
from itertools import count
from typing import TYPE_CHECKING, Any

import duckdb
import polars as pl

if TYPE_CHECKING:
    from pathlib import Path

_COUNTS = pl.UInt32
BATCH_SCHEMA: dict[str, Any] = {
    "file_id": pl.Int64,
    "record_no": pl.Int32,
    "article_id": pl.Int64,
    "record_hash": pl.String,
    "path": pl.String,
    "format": pl.String,
    "encoding": pl.String,
    "source_code": pl.String,
    "source_is_known": pl.Boolean,
    "source_named": pl.String,
    "language": pl.String,
    "script": pl.String,
    "title_length": pl.Int32,
    "text_length": pl.Int32,
    "word_count": pl.Int32,
    "letter_count": _COUNTS,
    "kazakh_letter_count": _COUNTS,
    "cyrillic_count": _COUNTS,
    "latin_count": _COUNTS,
    "replacement_count": _COUNTS,
    "control_count": _COUNTS,
    "url": pl.String,
    "author_length": pl.Int32,
    "published_at": pl.Datetime("us"),
    "published_date": pl.Date,
    "published_precision": pl.String,
    "published_basis": pl.String,
    "modified_at": pl.Datetime("us"),
    "arrived_at": pl.Datetime("us"),
    "longest_word": _COUNTS,
    "is_title_only": pl.Boolean,
    "is_interview": pl.Boolean,
    "has_scan_noise": pl.Boolean,
}

_GOOD_RECORD: dict[str, Any] = {
    "format": "txt",
    "encoding": "utf-8",
    "source_code": "kazinform",
    "source_is_known": True,
    "source_named": "Kazinform",
    "language": "kk",
    "script": "cyrillic",
    "title_length": 48,
    "text_length": 2600,
    "word_count": 330,
    "letter_count": 1650,
    "kazakh_letter_count": 240,
    "cyrillic_count": 1640,
    "latin_count": 10,
    "replacement_count": 0,
    "control_count": 0,
    "url": "https://inform.kz/news/1",
    "author_length": 14,
    "published_at": dt.datetime(2025, 12, 19, 4, 30),  # noqa: DTZ001 - naive UTC
    "published_date": dt.date(2025, 12, 19),
    "published_precision": "minute",
    "published_basis": "metadata",
    "modified_at": dt.datetime(2025, 12, 19, 6, 0),  # noqa: DTZ001 - naive UTC
    "arrived_at": dt.datetime(2025, 12, 20, 3, 0),  # noqa: DTZ001 - naive UTC
    "longest_word": 0,
    "is_title_only": False,
    "is_interview": False,
    "has_scan_noise": False,
}


def record(number: int = 1, **changes: Any) -> dict[str, Any]:
    """One good row of the batch, but for the changes."""
    keys = {
        "file_id": 1000 + number,
        "record_no": 1,
        "article_id": 7_000_000_000_000_000_000 + number,
        "record_hash": f"{number:064x}",
        "path": f"kazinform/{number:04d}.txt",
    }
    return {**keys, **_GOOD_RECORD, **changes}


def frame(rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Rows as the narrow batch."""
    return pl.DataFrame(rows, schema=BATCH_SCHEMA, orient="row")


_names = count(1)


def write(rows: list[dict[str, Any]], folder: Path) -> Path:
    """Rows as a Parquet batch in a folder."""
    path = folder / f"batch-{next(_names)}.parquet"
    frame(rows).write_parquet(path)
    return path


def failing(rule: Any, rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """What the rule's own SQL returns for these rows, without Great Expectations."""
    with duckdb.connect() as connection:
        connection.register("batch", frame(rows))
        return connection.execute(rule.failing_rows).fetchall()
