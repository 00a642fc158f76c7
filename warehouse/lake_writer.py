"""A writer's connection to a lake, and what it does that one to a file need not.

Every function here takes any connection to a warehouse and does nothing where that is
a file, so that loads are written once for both.
"""

from __future__ import annotations

from contextlib import contextmanager, nullcontext, suppress
from typing import TYPE_CHECKING, Any, cast

import duckdb

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from warehouse.marker import Marker
    from warehouse.turns import Turns

#: The name under which a lake is attached.
NAME = "warehouse"
_SMALL_ROWS = 20_000


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


def _writer(connection: duckdb.DuckDBPyConnection) -> LakeConnection | None:
    found = cast("object", connection)
    return found if isinstance(found, LakeConnection) else None
