"""Rows of golden report folders: they name only what the report is about."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warehouse.aggregates import rebuild_aggregates
from warehouse.catalog import open_warehouse

if TYPE_CHECKING:
    import duckdb

FOLDER = Path(__file__).with_name("reports")

#: What a row has where a golden folder does not say otherwise.
DEFAULTS: dict[str, dict[str, Any]] = {
    "fact_article": {
        "is_current": True,
        "language": "kk",
        "script": "cyrillic",
        "duplicate_role": "original",
        "published_precision": "day",
        "published_basis": "header",
        "word_count": 100,
    },
    "dim_source": {"time_zone": "Asia/Almaty"},
    "dim_entity": {"origin": "learned", "entity_type": "person"},
    "fact_check": {"severity": "critical", "is_passed": True, "checked_count": 10},
    "dim_load": {"status": "succeeded", "trigger": "manual"},
}
_BY_TYPE = {
    "VARCHAR": "",
    "BOOLEAN": False,
    "DATE": "2025-01-01",
    "TIMESTAMP": "2025-01-01 00:00:00",
    "DOUBLE": 0.9,
}


def _default(kind: str) -> Any:
    if kind.endswith("[]"):
        return []
    return {} if kind.startswith("MAP") else _BY_TYPE.get(kind, 0)


def golden_names() -> list[str]:
    return sorted(path.name for path in FOLDER.iterdir() if path.is_dir())


def read_folder(name: str) -> tuple[dict[str, list[dict[str, Any]]], list[Any]]:
    """Given rows by table, and the questions with their expected rows."""
    folder = FOLDER / name
    return (
        json.loads((folder / "given.json").read_text(encoding="utf-8")),
        json.loads((folder / "expected.json").read_text(encoding="utf-8")),
    )


def filled_warehouse(
    given: dict[str, list[dict[str, Any]]],
) -> duckdb.DuckDBPyConnection:
    """A warehouse in memory with these rows and what is counted from them."""
    connection = open_warehouse(None, now=datetime(2025, 1, 1, tzinfo=UTC))
    for table, rows in given.items():
        required = connection.execute(
            "select column_name, data_type from duckdb_columns() "
            "where table_name = ? and not is_nullable",
            [table],
        ).fetchall()
        defaults = {
            name: 1 if name == "version" else _default(kind) for name, kind in required
        } | DEFAULTS.get(table, {})
        for row in rows:
            values = defaults | row
            connection.execute(
                f"insert into {table} ({', '.join(values)}) "
                f"values ({', '.join('?' * len(values))})",
                list(values.values()),
            )
    rebuild_aggregates(connection)
    return connection
