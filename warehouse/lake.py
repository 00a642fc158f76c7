"""The lake: the warehouse's tables in DuckLake, for more than one machine.

PostgreSQL keeps the catalog, Parquet files on a shared folder or an object store the
rows. The SQL is that of the warehouse file; a `LakeConnection` stands in for a
connection to one and waits for its turn where a transaction begins.
"""

from __future__ import annotations

from contextlib import closing, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import duckdb

from warehouse.extensions import load_extension
from warehouse.lake_writer import NAME, LakeConnection
from warehouse.turns import (
    CATALOG,
    LakeError,
    Turns,
    attach_catalog,
    has_table,
    hide_password,
)

#: What a setting that asks for a lake begins with.
PREFIX = "ducklake:postgres:"
_CATALOG = "ducklake_metadata"
#: Small tables stand in Parquet files like the others: rows kept in the catalog cost a
#: question to PostgreSQL at every look.
_OPTIONS = "data_inlining_row_limit 0"
_COMPRESSION = "'parquet_compression', 'zstd'"
_REMOTE = "s3://"


@dataclass(frozen=True)
class Storage:
    """How an object store is reached.

    Attributes:
        endpoint: address of a store other than Amazon's, such as http://host:9000.
        region: of the bucket.
        key: access key.
        secret: secret key; never shown.
    """

    endpoint: str | None = None
    region: str | None = None
    key: str | None = None
    secret: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Lake:
    """Where a lake lies.

    Attributes:
        words: connection words of libpq for the catalog; may hold a password.
        files: folder, or s3://bucket/prefix, of the Parquet files.
        storage: how the object store is reached.
    """

    words: str = field(repr=False)
    files: str
    storage: Storage = field(default_factory=Storage)

    @property
    def is_remote(self) -> bool:
        """Whether the files are on an object store."""
        return self.files.startswith(_REMOTE)

    def __str__(self) -> str:
        """For messages: without passwords."""
        return f"the lake {hide_password(self.words)}"


def lake_of(text: str, files: str, storage: Storage) -> Lake:
    """The lake that the settings name.

    Args:
        text: `PREFIX` and connection words.
        files: folder or s3:// address.
        storage: for the latter.
    """
    place = files if files.startswith(_REMOTE) else str(Path(files).resolve())
    return Lake(text.removeprefix(PREFIX), place.rstrip("/") + "/", storage)


def has_lake(lake: Lake) -> bool:
    """Whether the catalog has a lake already.

    Raises:
        LakeError: PostgreSQL does not answer.
        ExtensionError: a wheel of an extension is missing.
    """
    with closing(_instance()) as instance:
        attach_catalog(instance, lake.words)
        return has_table(instance, _CATALOG)


def connect_writer(lake: Lake, *, may_write: bool = True) -> duckdb.DuckDBPyConnection:
    """Open a lake for writing, making its catalog where there is none.

    Args:
        lake: where it lies.
        may_write: False for work that is rolled back: it waits for nobody.

    Raises:
        LakeError: PostgreSQL or the files cannot be reached.
        ExtensionError: a wheel of an extension is missing.
    """
    connection = _instance()
    try:
        turns = Turns.at(connection, lake.words)
        is_new = may_write and not turns.has(_CATALOG)
        if is_new and not lake.is_remote:
            Path(lake.files).mkdir(parents=True, exist_ok=True)
        with turns.held() if is_new else nullcontext():
            _attach(connection, lake, read_only=False)
            if is_new:
                connection.execute(f"call {NAME}.set_option({_COMPRESSION})")
    except BaseException:
        connection.close()
        raise
    wrapped = LakeConnection(connection, turns, may_write=may_write)
    return cast("duckdb.DuckDBPyConnection", wrapped)


def connect_reader(
    lake: Lake, *, as_of: str | None = None
) -> duckdb.DuckDBPyConnection:
    """Open a lake for reading; what is seen stays the same until it is closed.

    Args:
        lake: where it lies.
        as_of: a load, for the state that it has left.

    Raises:
        LakeError: PostgreSQL or the files cannot be reached, nothing was loaded yet,
            or no such state is kept.
        ExtensionError: a wheel of an extension is missing.
    """
    connection = _instance()
    try:
        _refuse_empty(connection, lake)
        _attach(connection, lake, read_only=True)
        if as_of is not None:
            snapshot = _snapshot_of(connection, as_of)
            connection.execute("use memory")
            connection.execute(f"detach {NAME}")
            _attach(connection, lake, read_only=True, snapshot=snapshot)
    except BaseException:
        connection.close()
        raise
    connection.execute("begin")
    return connection


def shut_off(connection: duckdb.DuckDBPyConnection, lake: Lake) -> None:
    """Keep a reader's connection to the files of the lake.

    What it can still ask of PostgreSQL is kept off by `warehouse.guard`.
    """
    place = lake.files.replace("'", "''")
    connection.execute(f"set allowed_directories = ['{place}']")
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")


def newest_state(connection: duckdb.DuckDBPyConnection) -> tuple[int, ...]:
    """The number of the newest snapshot, as a reader's connection sees it."""
    found = connection.execute(
        f"select max(snapshot_id) from {NAME}.snapshots()"
    ).fetchone()
    return tuple(found) if found else ()


def _refuse_empty(connection: duckdb.DuckDBPyConnection, lake: Lake) -> None:
    attach_catalog(connection, lake.words)
    if not has_table(connection, _CATALOG):
        message = "nothing was loaded yet. Run `qoima run` first."
        raise LakeError(message)
    connection.execute(f"detach {CATALOG}")


def _snapshot_of(connection: duckdb.DuckDBPyConnection, load_id: str) -> int:
    found = connection.execute(
        f"select max(snapshot_id) from {NAME}.snapshots() "
        "where commit_message = $message",
        {"message": load_id},
    ).fetchone()
    if not found or found[0] is None:
        message = (
            f"it keeps no state of a load {load_id}. Loads: `qoima status`; how long "
            "states are kept: the setting keep_snapshot_days."
        )
        raise LakeError(message)
    return int(found[0])


def _instance() -> duckdb.DuckDBPyConnection:
    """A database in memory that can speak to PostgreSQL."""
    connection = duckdb.connect(
        config={
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        }
    )
    try:
        load_extension(connection, "postgres_scanner")
    except BaseException:
        connection.close()
        raise
    return connection


def _attach(
    connection: duckdb.DuckDBPyConnection,
    lake: Lake,
    *,
    read_only: bool,
    snapshot: int | None = None,
) -> None:
    """Attach the lake and use it."""
    options = ["read_only"] if read_only else [_OPTIONS]
    if snapshot is not None:
        options.append(f"snapshot_version {snapshot:d}")
    place = f"{PREFIX}{lake.words}".replace("'", "''")
    files = lake.files.replace("'", "''")
    try:
        load_extension(connection, "ducklake")
        if lake.is_remote:
            _reach_storage(connection, lake)
        connection.execute(
            f"attach '{place}' as {NAME} (data_path '{files}', {', '.join(options)})"
        )
        connection.execute(f"use {NAME}")
    except duckdb.Error as error:
        message = " ".join(hide_password(str(error)).split())
        raise LakeError(message) from None


def _reach_storage(connection: duckdb.DuckDBPyConnection, lake: Lake) -> None:
    """Load httpfs and give it the keys, which stay in this process."""
    load_extension(connection, "httpfs")
    given = {"key_id": lake.storage.key, "secret": lake.storage.secret}
    if lake.storage.region:
        given["region"] = lake.storage.region
    if lake.storage.endpoint:
        scheme, found, host = lake.storage.endpoint.rpartition("://")
        given |= {"endpoint": host, "url_style": "path"}
        if found and scheme == "http":
            given["use_ssl"] = "false"
    words = ", ".join(
        f"{name} '{value.replace(chr(39), chr(39) * 2)}'"
        for name, value in given.items()
        if value
    )
    connection.execute(f"create or replace secret store (type s3, {words})")
