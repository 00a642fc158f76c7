"""Opens the warehouse; gives a new one its tables, an old one what is new."""

from __future__ import annotations

import time
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import duckdb

from warehouse.damage import (
    explain_damage,
    is_damage,
    is_open_elsewhere,
    refuse_lost,
)
from warehouse.extensions import ExtensionError
from warehouse.lake import (
    connect_reader,
    connect_writer,
    has_lake,
    newest_state,
    shut_off,
)
from warehouse.lake_writer import turn_of
from warehouse.migrate import read_version
from warehouse.place import lake_at
from warehouse.publish import sync_folder
from warehouse.schema_state import (
    WarehouseError,
    comment_statements,
    create_schema,
    is_ready,
    make_ready,
    refuse_other_version,
    schema_statements,
)
from warehouse.turns import LakeError
from warehouse.views import has_current_views, refresh_views

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from warehouse.lake import Lake

__all__ = [
    "WarehouseError",
    "comment_statements",
    "create_schema",
    "has_readers_schema",
    "has_warehouse",
    "open_as_is",
    "open_reports",
    "open_warehouse",
    "published_state",
    "schema_statements",
]

MEMORY = ":memory:"
_TRIES, _PAUSE = 20, 0.1
_SHUT = ("Read-only file system", "Permission denied", "Operation not permitted")


def open_warehouse(
    path: Path | None, *, now: datetime, may_migrate: bool = True
) -> duckdb.DuckDBPyConnection:
    """Open the writer's file, making it with all its tables where there is none.

    A file of an older schema is brought up to date, and so are macros and views;
    readers get them with the next publishing. Where the folder's warehouse is in a
    lake, that is opened.

    Args:
        path: the file; None for a warehouse in memory.
        now: time to write down for a new or migrated schema, UTC.
        may_migrate: False for work that keeps nothing.

    Returns:
        A connection whose session works in UTC.

    Raises:
        WarehouseError: the file is no warehouse, was made by a newer Qoima, is older
            and may not be migrated, or is gone from among what was made of it.
    """
    lake = lake_at(path)
    if lake is not None:
        return _open_lake(lake, path, now=now, may_migrate=may_migrate)
    if path is not None and not path.exists():
        refuse_lost(path)
        _make(path, now=now)
    connection = _connect(path)
    connection.execute("set timezone = 'UTC'")
    make_ready(connection, path, now=now, may_migrate=may_migrate)
    if may_migrate or path is None:
        refresh_views(connection)
    return connection


def _make(path: Path, *, now: datetime) -> None:
    """Make a new file beside and rename it: a part of one would look like damage."""
    fresh = path.with_name(f"{path.name}.new")
    scraps = (fresh, path.with_name(f"{fresh.name}.wal"))
    fresh.unlink(missing_ok=True)
    try:
        with closing(_connect(fresh)) as connection:
            connection.execute("set timezone = 'UTC'")
            create_schema(connection, now=now)
            refresh_views(connection)
            connection.execute("checkpoint")
        fresh.replace(path)
    finally:
        for scrap in scraps:
            scrap.unlink(missing_ok=True)
    sync_folder(path.parent)


def _open_lake(
    lake: Lake, path: Path | None, *, now: datetime, may_migrate: bool
) -> duckdb.DuckDBPyConnection:
    """Open a lake; it waits for other writers only where something is to be done."""
    with _in_words(lake):
        connection = connect_writer(lake, may_write=may_migrate)
    connection.execute("set timezone = 'UTC'")
    if not is_ready(connection):
        with turn_of(connection):
            make_ready(connection, path, now=now, may_migrate=may_migrate)
            if may_migrate:
                refresh_views(connection)
    return connection


def has_warehouse(path: Path) -> bool:
    """Whether there is a warehouse, in the file or in the lake for it.

    Raises:
        WarehouseError: the lake's catalog does not answer.
    """
    lake = lake_at(path)
    if lake is None:
        return path.exists()
    with _in_words(lake):
        return has_lake(lake)


@contextmanager
def _in_words(lake: Lake) -> Iterator[None]:
    try:
        yield
    except ExtensionError as error:
        raise WarehouseError(str(error)) from None
    except LakeError as error:
        message = f"{lake}: {error}"
        raise WarehouseError(message) from None


def open_reports(
    path: Path, *, is_shut: bool = True, as_of: str | None = None
) -> duckdb.DuckDBPyConnection:
    """Open the published file for reading, shut off from the outside.

    The connection can neither write, read other files, load extensions nor change
    its own settings: users' SQL is untrusted. Where the folder's warehouse is in a
    lake, its newest state is opened and stays the same until the connection is closed.

    Args:
        path: the published file.
        is_shut: False for an export, which writes other files by SQL of ours.
        as_of: a load, for the state that it left; only a lake keeps that.

    Raises:
        WarehouseError: nothing was published yet, the file does not open, it has the
            schema of another version of Qoima, or no such state is kept.
    """
    lake = lake_at(path)
    if lake is not None:
        return _read_lake(lake, path, is_shut=is_shut, as_of=as_of)
    if as_of is not None:
        message = (
            f"{path}: a warehouse file keeps no earlier states. "
            "--as-of needs a lake: docs/scale.md."
        )
        raise WarehouseError(message)
    if not path.exists():
        message = f"{path}: nothing was published yet. Run `qoima run` first."
        raise WarehouseError(message)
    connection = _connect(path, read_only=True, is_published=True)
    try:
        refuse_other_version(connection, path)
    except WarehouseError:
        connection.close()
        raise
    connection.execute("set timezone = 'UTC'")
    if not is_shut:
        return connection
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
    return connection


def _read_lake(
    lake: Lake, path: Path, *, is_shut: bool, as_of: str | None
) -> duckdb.DuckDBPyConnection:
    with _in_words(lake):
        connection = connect_reader(lake, as_of=as_of)
    try:
        refuse_other_version(connection, path)
    except WarehouseError:
        connection.close()
        raise
    connection.execute("set timezone = 'UTC'")
    if is_shut:
        shut_off(connection, lake)
    return connection


def published_state(path: Path) -> tuple[int, ...]:
    """Numbers that change with what readers see.

    Args:
        path: the published file; where a lake stands for it, its newest state tells.

    Raises:
        WarehouseError: nothing was published yet.
    """
    lake = lake_at(path)
    if lake is not None:
        with _in_words(lake), closing(connect_reader(lake)) as connection:
            return newest_state(connection)
    try:
        found = path.stat()
    except FileNotFoundError:
        message = f"{path}: nothing was published yet. Run `qoima run` first."
        raise WarehouseError(message) from None
    return found.st_mtime_ns, found.st_size, found.st_ino


def open_as_is(path: Path, *, read_only: bool = True) -> duckdb.DuckDBPyConnection:
    """Open a warehouse file of whatever schema: nothing in it is brought up to date.

    Raises:
        WarehouseError: the file does not open.
    """
    return _connect(path, read_only=read_only)


def has_readers_schema(connection: duckdb.DuckDBPyConnection, reports: Path) -> bool:
    """Whether the published file has the warehouse's tables, macros and views.

    Args:
        connection: the warehouse, up to date.
        reports: the published file; False if there is none.
    """
    if lake_at(reports) is not None:
        return True
    if not reports.exists():
        return False
    try:
        with closing(_connect(reports, read_only=True)) as published:
            is_same = read_version(published) == read_version(connection)
            return is_same and has_current_views(published)
    except (WarehouseError, duckdb.CatalogException):
        return False


def _connect(
    path: Path | None, *, read_only: bool = False, is_published: bool = False
) -> duckdb.DuckDBPyConnection:
    try:
        return _connect_patiently(str(path) if path else MEMORY, read_only=read_only)
    except duckdb.Error as error:
        first_line = str(error).splitlines()[0]
        message = f"{path}: the warehouse does not open: {first_line}"
        if is_open_elsewhere(error):
            message += ". Another program has it open for writing: close it there."
        elif any(words in first_line for words in _SHUT):
            message += ". Let Qoima's user write it, or mount its disk for writing."
        elif is_damage(error):
            message = explain_damage(path, error, is_published=is_published)
        raise WarehouseError(message) from error


def _connect_patiently(place: str, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    """Connect; a writer waits a moment for one who only has a look, as doctor does."""
    tries = 1 if read_only else _TRIES
    while True:
        tries -= 1
        try:
            return duckdb.connect(
                place,
                read_only=read_only,
                config={
                    "autoinstall_known_extensions": "false",
                    "autoload_known_extensions": "false",
                },
            )
        except duckdb.Error as error:
            if not tries or not is_open_elsewhere(error):
                raise
        time.sleep(_PAUSE)
