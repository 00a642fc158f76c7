"""The schema of an open warehouse: made, brought up to date, or refused."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

import duckdb

from warehouse.migrate import (
    CREATED,
    apply_migrations,
    load_migrations,
    newest_version,
    read_version,
)
from warehouse.views import has_current_views

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


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


def make_ready(
    connection: duckdb.DuckDBPyConnection,
    path: Path | None,
    *,
    now: datetime,
    may_migrate: bool,
) -> None:
    """Give the tables of this version; closes the connection where that fails."""
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
        try:
            _bring_up_to_date(connection, path, now=now, may_migrate=may_migrate)
        except BaseException:
            connection.close()
            raise


def is_ready(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether a warehouse has the tables, macros and views of this version."""
    try:
        version = read_version(connection)
    except duckdb.CatalogException:
        return False
    return version == newest_version(load_migrations()) and has_current_views(
        connection
    )


def create_schema(connection: duckdb.DuckDBPyConnection, *, now: datetime) -> None:
    """Make every table of a new warehouse in one transaction."""
    connection.execute("begin")
    for statement in schema_statements().values():
        connection.execute(statement)
    connection.execute(
        "insert into schema_version (version, applied_at, name) values (?, ?, ?)",
        [newest_version(load_migrations()), now.replace(tzinfo=None), CREATED],
    )
    connection.execute("commit")


def _bring_up_to_date(
    connection: duckdb.DuckDBPyConnection,
    path: Path | None,
    *,
    now: datetime,
    may_migrate: bool,
) -> None:
    migrations = load_migrations()
    version, newest = read_version(connection), newest_version(migrations)
    if version == newest:
        return
    if version is None or version > newest:
        raise WarehouseError(_too_new(path, version, newest))
    if not may_migrate:
        message = (
            f"{path}: its schema is version {version}, this Qoima works with version "
            f"{newest}. `qoima run` brings it up to date; a dry run does not."
        )
        raise WarehouseError(message)
    pending = [one for one in migrations if one.version > version]
    apply_migrations(connection, pending, comment_statements(connection), now=now)


def comment_statements(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The `comment on` statements of the schema files."""
    return [
        statement.query
        for sql in schema_statements().values()
        for statement in connection.extract_statements(sql)
        if statement.query.lstrip().startswith("comment on")
    ]


def refuse_other_version(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Refuse what a reader of this version cannot read.

    Raises:
        WarehouseError: its schema or its views are of another version of Qoima.
    """
    try:
        version = read_version(connection)
    except duckdb.CatalogException:
        message = f"{path}: this DuckDB file was not published by Qoima."
        raise WarehouseError(message) from None
    newest = newest_version(load_migrations())
    if version is None or version > newest:
        raise WarehouseError(_too_new(path, version, newest))
    if version < newest:
        message = (
            f"{path}: its schema is version {version}, this Qoima reads version "
            f"{newest}. Run `qoima run`: it brings the warehouse up to date."
        )
        raise WarehouseError(message)
    if not has_current_views(connection):
        message = (
            f"{path}: its views are of another version of Qoima. "
            "Run `qoima run`: it brings the warehouse up to date."
        )
        raise WarehouseError(message)


def _too_new(path: Path | None, version: int | None, newest: int) -> str:
    return (
        f"{path}: its schema is version {version}, this Qoima works with version "
        f"{newest}. Install the Qoima that made it, or a newer one."
    )
