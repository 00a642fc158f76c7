"""Macros and views: made anew when their text changes, so they need no migration."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from graphlib import TopologicalSorter
from importlib import resources
from typing import TYPE_CHECKING

import duckdb

from warehouse.lake_writer import is_lake

if TYPE_CHECKING:
    from collections.abc import Mapping


#: What may call a macro: a word before a bracket.
_CALL = re.compile(r"\b(\w+)\s*\(")


@cache
def view_statements() -> Mapping[str, str]:
    """The SQL of every macro and view, one file each.

    Returns:
        Name to its SQL, each after the macros that it asks.
    """
    folder = resources.files("warehouse") / "views"
    texts = {
        entry.name.removesuffix(".sql"): entry.read_text(encoding="utf-8")
        for entry in folder.iterdir()
        if entry.name.endswith(".sql")
    }
    macros = {name for name, text in texts.items() if _is_macro(text)}
    asks = {
        name: sorted(macros.intersection(_CALL.findall(texts[name])) - {name})
        for name in sorted(texts)
    }
    return {name: texts[name] for name in TopologicalSorter(asks).static_order()}


def refresh_views(connection: duckdb.DuckDBPyConnection) -> bool:
    """Give a warehouse this version's macros and views, in one transaction.

    Views that this version no longer has are dropped.

    Args:
        connection: the writer's, outside a transaction.

    Returns:
        Whether anything had to be done.
    """
    if has_current_views(connection):
        return False
    statements = view_statements()
    digest = _digest(statements)
    is_in_lake = is_lake(connection)
    connection.execute("begin")
    try:
        _drop_others(connection, statements)
        for statement in statements.values():
            _create(connection, statement, is_in_lake=is_in_lake)
        connection.execute(f"create or replace macro views_digest() as '{digest}'")
    except duckdb.Error:
        connection.execute("rollback")
        raise
    connection.execute("commit")
    return True


def has_current_views(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether a file has this version's macros and views."""
    return _digest_of(connection) == _digest(view_statements())


def _create(
    connection: duckdb.DuckDBPyConnection, text: str, *, is_in_lake: bool
) -> None:
    """Run the SQL of one file; a lake has no comments on columns of views."""
    if not is_in_lake:
        connection.execute(text)
        return
    for statement in connection.extract_statements(text):
        if not statement.query.lstrip().startswith("comment on column"):
            connection.execute(statement)


def _drop_others(
    connection: duckdb.DuckDBPyConnection, statements: Mapping[str, str]
) -> None:
    found = connection.execute(
        "select view_name from duckdb_views() "
        "where not internal and database_name = current_database()"
    ).fetchall()
    for (name,) in found:
        if name not in statements:
            quoted = name.replace('"', '""')
            connection.execute(f'drop view "{quoted}"')


def _digest_of(connection: duckdb.DuckDBPyConnection) -> str | None:
    try:
        row = connection.execute("select views_digest()").fetchone()
    except duckdb.CatalogException:
        return None
    return row[0] if row else None


def _digest(statements: Mapping[str, str]) -> str:
    return hashlib.sha256("\n".join(statements.values()).encode()).hexdigest()


def _is_macro(text: str) -> bool:
    return "create or replace macro" in text
