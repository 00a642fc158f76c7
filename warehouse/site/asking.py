"""The site's own SQL: one file a question, each asked once for all pages."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from warehouse.query import Answer, ask

if TYPE_CHECKING:
    from collections.abc import Iterable

    import duckdb


@cache
def site_sql(name: str) -> str:
    """The SQL of `queries/NAME.sql`."""
    path = resources.files("warehouse") / "site" / "queries" / f"{name}.sql"
    return path.read_text(encoding="utf-8")


def ask_site(
    connection: duckdb.DuckDBPyConnection, name: str, **values: Any
) -> list[dict[str, Any]]:
    """Rows of one of the site's questions."""
    answer = ask(connection, site_sql(name), values)
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


def ask_by_page(
    connection: duckdb.DuckDBPyConnection, name: str, **values: Any
) -> dict[Any, Answer]:
    """One question for all pages: its first column, the page's key, to its rows."""
    answer = ask(connection, site_sql(name), values)
    parted: dict[Any, list[tuple[Any, ...]]] = {}
    for row in answer.rows:
        parted.setdefault(row[0], []).append(row[1:])
    return {
        key: Answer(answer.columns[1:], answer.types[1:], rows)
        for key, rows in parted.items()
    }


def keep_table(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    columns: dict[str, str],
    rows: Iterable[tuple[Any, ...]],
) -> None:
    """Make a table of this connection alone, for other questions to join.

    Args:
        connection: the published warehouse.
        name: what questions call it.
        columns: name to DuckDB type.
        rows: its rows.
    """
    lists: list[list[Any]] = [[] for _ in columns]
    for row in rows:
        for values, value in zip(lists, row, strict=True):
            values.append(value)
    selected = ", ".join(
        f"unnest(${column}::{kind}[]) as {column}" for column, kind in columns.items()
    )
    connection.execute(
        f"create or replace temp table {name} as select {selected}",
        dict(zip(columns, lists, strict=True)),
    )
