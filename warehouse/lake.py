"""The lake: the warehouse's tables in DuckLake, for more than one machine.

PostgreSQL keeps the catalog, Parquet files on a shared folder or an object store the
rows. The SQL is that of the warehouse file; a `LakeConnection` stands in for a
connection to one and waits for its turn where a transaction begins.
"""

from __future__ import annotations

from contextlib import closing, contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import duckdb

from warehouse.extensions import load_extension
from warehouse.turns import (
    CATALOG,
    LakeError,
    Turns,
    attach_catalog,
    has_table,
    hide_password,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from warehouse.marker import Marker

#: What a setting that asks for a lake begins with.
PREFIX = "ducklake:postgres:"
#: The name under which a lake is attached.
NAME = "warehouse"
_CATALOG = "ducklake_metadata"
#: Small tables stand in Parquet files like the others: rows kept in the catalog cost a
#: question to PostgreSQL at every look.
_OPTIONS = "data_inlining_row_limit 0"
_REMOTE = "s3://"
_SMALL_ROWS = 20_000


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


class LakeConnection:
    """A writer's connection to a lake, used as one to a warehouse file.

    What it has not got itself is DuckDB's. `begin` waits for this writer's turn, which
    ends with the transaction.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        turns: Turns,
        *,
        may_write: bool = True,
    ) -> None:
        """Wrap a connection with the lake in use."""
        self._connection = connection
        self.may_write = may_write
        self._is_open = False
        self.turns = turns

    def __getattr__(self, name: str) -> Any:
        """Everything else is the connection's own."""
        return getattr(self._connection, name)

    def execute(self, query: Any, *arguments: Any, **named: Any) -> Any:
        """Run a statement; transactions are counted."""
        word = query.strip().lower() if isinstance(query, str) else ""
        if word in ("begin", "commit", "rollback"):
            getattr(self, word)()
            return self._connection
        return self._connection.execute(query, *arguments, **named)

    def begin(self) -> None:
        """Wait for the turn, then begin: what is seen is the newest state."""
        if self.may_write:
            self.turns.take()
        try:
            self._connection.execute("begin")
        except BaseException:
            self._let_go()
            raise
        self._is_open = True

    def commit(self) -> None:
        """Commit, then let the next writer in."""
        try:
            self._connection.execute("commit")
        finally:
            self._end()

    def rollback(self) -> None:
        """Take it back, then let the next writer in."""
        try:
            self._connection.execute("rollback")
        finally:
            self._end()

    def close(self) -> None:
        """Close the connections; an open transaction is lost."""
        self.turns.close()
        self._connection.close()

    def _end(self) -> None:
        if self._is_open:
            self._is_open = False
            self._let_go()

    def _let_go(self) -> None:
        if self.may_write:
            self.turns.give_back()


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


def is_lake(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the tables in use are a lake's."""
    found = connection.execute(
        "select type from duckdb_databases() where database_name = current_database()"
    ).fetchone()
    return found is not None and found[0] == "ducklake"


def write_through(connection: duckdb.DuckDBPyConnection) -> None:
    """Bring all that was committed into the file; a lake has it in its files."""
    if not is_lake(connection):
        connection.execute("checkpoint")


def turn_of(connection: duckdb.DuckDBPyConnection) -> AbstractContextManager[None]:
    """Hold the writer's turn over several transactions; a file needs none."""
    writer = _writer(connection)
    return writer.turns.held() if writer and writer.may_write else nullcontext()


def keep_turn(connection: duckdb.DuckDBPyConnection) -> None:
    """Keep other writers out until the connection is closed; a file does so already."""
    writer = _writer(connection)
    if writer and writer.may_write:
        writer.turns.take()


def note_run(connection: duckdb.DuckDBPyConnection, marker: Marker) -> None:
    """Tell other machines what this run is at; nothing to do for a file."""
    writer = _writer(connection)
    if writer:
        writer.turns.note(marker)


def finish_run(connection: duckdb.DuckDBPyConnection) -> None:
    """Tell other machines that this run has ended; nothing to do for a file."""
    writer = _writer(connection)
    if writer:
        writer.turns.finish()


@contextmanager
def dead_runs(connection: duckdb.DuckDBPyConnection) -> Iterator[list[Marker]]:
    """Runs of other machines that were cut off; struck out when they are closed."""
    writer = _writer(connection)
    if writer is None or not writer.turns.dead_runs():
        yield []
        return
    with writer.turns.held():
        dead = writer.turns.dead_runs()
        yield dead
        for marker in dead:
            writer.turns.forget(marker.run_id)


@contextmanager
def small_tables_at_hand(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Let rules read small tables from memory; nothing to do for a file.

    Each look at a table of a lake asks PostgreSQL some questions first, ten
    milliseconds or more whatever its size, and the rules of a load look hundreds of
    times. Temporary tables of the same names stand before those of the lake.

    Args:
        connection: the warehouse, in a transaction. If that is lost, so are the copies.
    """
    names = _small_tables(connection) if _writer(connection) else []
    for name in names:
        connection.execute(
            f'create temporary table "{name}" as select * from {NAME}.main."{name}"'
        )
    try:
        yield
    finally:
        for name in names:
            with suppress(duckdb.Error):
                connection.execute(f'drop table if exists temp.main."{name}"')


def _small_tables(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """By counting: what this transaction has added is in no estimate."""
    found = connection.execute(
        "select table_name from duckdb_tables() "
        f"where database_name = '{NAME}' and estimated_size <= {_SMALL_ROWS} "
        "and table_name not in (select table_name from duckdb_tables() where temporary)"
    ).fetchall()
    names = []
    for (name,) in found:
        counted = connection.execute(f'select count(*) from "{name}"').fetchone()
        if counted and counted[0] <= _SMALL_ROWS:
            names.append(name)
    return names


def sign(connection: duckdb.DuckDBPyConnection, load_id: str) -> None:
    """Write the load into the snapshot that its transaction makes."""
    if _writer(connection):
        connection.execute(
            f"call {NAME}.set_commit_message('qoima', $message)", {"message": load_id}
        )


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


def _writer(connection: duckdb.DuckDBPyConnection) -> LakeConnection | None:
    found = cast("object", connection)
    return found if isinstance(found, LakeConnection) else None


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
