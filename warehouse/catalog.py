"""Opens the warehouse file and gives a new one its tables."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

import duckdb

from warehouse.views import refresh_views

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

#: Raised by one with every migration.
SCHEMA_VERSION = 1

MEMORY = ":memory:"


class WarehouseError(Exception):
    """The warehouse cannot be used as it is; the message says what to do."""


def schema_statements() -> dict[str, str]:
    """The DDL, one file a table.

    Returns:
        Table name to its SQL, in the order of names.
    """
    folder = resources.files("warehouse") / "schema"
    return {
        entry.name.removesuffix(".sql"): entry.read_text(encoding="utf-8")
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".sql")
    }


def open_warehouse(path: Path | None, *, now: datetime) -> duckdb.DuckDBPyConnection:
    """Open the writer's file, making it with all its tables where there is none.

    Macros and views are brought up to this version's.

    Args:
        path: the file; None for a warehouse in memory.
        now: time to write down for a new schema, UTC.

    Returns:
        A connection whose session works in UTC.

    Raises:
        WarehouseError: the file is no warehouse, or was made by a newer Qoima.
    """
    connection = _connect(path)
    connection.execute("set timezone = 'UTC'")
    tables = {row[0] for row in connection.execute("show tables").fetchall()}
    if not tables:
        create_schema(connection, now=now)
    elif "schema_version" not in tables:
        connection.close()
        message = (
            f"{path}: this DuckDB file is not a Qoima warehouse. "
            "Name another folder with --data."
        )
        raise WarehouseError(message)
    else:
        _refuse_other_version(connection, path)
    refresh_views(connection)
    return connection


def create_schema(connection: duckdb.DuckDBPyConnection, *, now: datetime) -> None:
    """Make every table of a new warehouse in one transaction."""
    connection.execute("begin")
    for statement in schema_statements().values():
        connection.execute(statement)
    connection.execute(
        "insert into schema_version values (?, ?)",
        [SCHEMA_VERSION, now.replace(tzinfo=None)],
    )
    connection.execute("commit")


def open_reports(path: Path) -> duckdb.DuckDBPyConnection:
    """Open the published file for reading, shut off from the outside.

    The connection can neither write, read other files, load extensions nor change
    its own settings: users' SQL is untrusted.

    Raises:
        WarehouseError: nothing was published yet, or the file does not open.
    """
    if not path.exists():
        message = f"{path}: nothing was published yet. Run `qoima run` first."
        raise WarehouseError(message)
    connection = _connect(path, read_only=True)
    connection.execute("set timezone = 'UTC'")
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
    return connection


def _connect(
    path: Path | None, *, read_only: bool = False
) -> duckdb.DuckDBPyConnection:
    try:
        return duckdb.connect(
            str(path) if path else MEMORY,
            read_only=read_only,
            config={
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
            },
        )
    except duckdb.Error as error:
        first_line = str(error).splitlines()[0]
        message = f"{path}: the warehouse does not open: {first_line}"
        raise WarehouseError(message) from error


def _refuse_other_version(
    connection: duckdb.DuckDBPyConnection, path: Path | None
) -> None:
    row = connection.execute("select max(version) from schema_version").fetchone()
    version = row[0] if row else None
    if version == SCHEMA_VERSION:
        return
    connection.close()
    message = (
        f"{path}: its schema is version {version}, this Qoima works with version "
        f"{SCHEMA_VERSION}. Install the Qoima that made it, or a newer one."
    )
    raise WarehouseError(message)
