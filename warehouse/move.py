"""Moves a warehouse file into a lake that is still empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warehouse.lake_writer import turn_of
from warehouse.migrate import load_migrations as migrations
from warehouse.migrate import newest_version, read_version

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb


class MoveError(Exception):
    """The file cannot be moved; nothing was changed."""


def copy_file_into(connection: duckdb.DuckDBPyConnection, file: Path) -> dict[str, int]:
    """Copy every table of a warehouse file, in one transaction.

    Args:
        connection: a writer's, of the lake.
        file: the warehouse file, which nobody writes to; it stays as it is.

    Returns:
        Table to its rows, those of every table counted again in the lake.

    Raises:
        MoveError: the lake has loads already, the file is of another schema, or a
            table has other rows in the lake than in the file.
    """
    quoted = str(file).replace("'", "''")
    connection.execute(f"attach '{quoted}' as moved (read_only)")
    try:
        with turn_of(connection):
            return _copy(connection, file)
    finally:
        connection.execute("detach moved")


def _copy(connection: duckdb.DuckDBPyConnection, file: Path) -> dict[str, int]:
    if _count(connection, "dim_load"):
        message = "the lake has loads already: only an empty one takes a file in."
        raise MoveError(message)
    found = connection.execute(
        "select max(version) from moved.schema_version"
    ).fetchone()
    newest = newest_version(migrations())
    if not found or found[0] != newest or read_version(connection) != newest:
        message = f"{file}: its schema is not version {newest}. Run `qoima run` on it."
        raise MoveError(message)
    tables = [
        name
        for (name,) in connection.execute(
            "select table_name from duckdb_tables() where database_name = 'moved' "
            "order by table_name"
        ).fetchall()
    ]
    connection.execute("begin")
    try:
        for table in tables:
            connection.execute(f"delete from {table}")
            connection.execute(f"insert into {table} by name from moved.main.{table}")
        counts = {table: _count(connection, table) for table in tables}
        _prove(connection, counts)
    except BaseException:
        connection.execute("rollback")
        raise
    connection.execute("commit")
    return counts


def _prove(connection: duckdb.DuckDBPyConnection, counts: dict[str, int]) -> None:
    for table, count in counts.items():
        if count != _count(connection, f"moved.main.{table}"):
            message = f"{table} has {count} rows in the lake and others in the file."
            raise MoveError(message)


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    found = connection.execute(f"select count(*) from {table}").fetchone()
    return int(found[0]) if found else 0
