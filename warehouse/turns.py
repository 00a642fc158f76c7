"""Turns of writers on several machines: advisory locks of PostgreSQL.

Two transactions of DuckLake can each pass a uniqueness check and both commit, so
whoever writes holds one lock from the begin to the commit. A second lock, of the run,
says that it lives: PostgreSQL drops both with the connection of a process that died.
"""

from __future__ import annotations

import hashlib
import json
import re
import socket
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import duckdb

from warehouse.marker import Marker

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Keys of advisory locks are numbers that all programs of a database share.
_WRITERS = "writers"
#: The name under which the database of a lake's catalog is attached.
CATALOG = "catalog"
_PASSWORD = re.compile(r"(password\s*=\s*)('(?:[^'\\]|\\.)*'|\S+)", re.IGNORECASE)
_URI_PASSWORD = re.compile(r"(://[^:/@\s]*:)[^@\s]*(@)")
_TABLE = """
    create table if not exists qoima_run (
        run_id text primary key, marker text not null, host text not null
    )
"""


class LakeError(Exception):
    """The lake's catalog does not answer; the message says why, without passwords."""


def hide_password(text: str) -> str:
    """A text without the passwords of the connection words that stand in it."""
    return _URI_PASSWORD.sub(r"\1…\2", _PASSWORD.sub(r"\1…", text))


@dataclass
class Turns:
    """The locks of one writer, over connections of their own."""

    _pool: duckdb.DuckDBPyConnection
    _turn: duckdb.DuckDBPyConnection
    _life: duckdb.DuckDBPyConnection
    _depth: int = 0
    _living: str | None = None

    @classmethod
    def at(cls, instance: duckdb.DuckDBPyConnection, words: str) -> Turns:
        """Connect to the catalog's database.

        Args:
            instance: a connection whose database has the extension postgres_scanner.
            words: connection words of libpq.

        Raises:
            LakeError: it does not answer.
        """
        attach_catalog(instance, words)
        return cls(instance.cursor(), instance.cursor(), instance.cursor())

    def has(self, table: str) -> bool:
        """Whether the database has a table."""
        return has_table(self._pool, table)

    def take(self) -> None:
        """Wait for the turn to write; taken twice, it is given back twice."""
        if not self._depth:
            self._turn.execute("begin")
            try:
                _do(self._turn, f"select pg_advisory_xact_lock({_key(_WRITERS)})")
            except BaseException:
                self._turn.execute("rollback")
                raise
        self._depth += 1

    def give_back(self) -> None:
        """Let the next writer in."""
        if self._depth == 1:
            self._turn.execute("rollback")
        self._depth = max(0, self._depth - 1)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the turn; transactions begun meanwhile do not wait for it again."""
        self.take()
        try:
            yield
        finally:
            self.give_back()

    def note(self, marker: Marker) -> None:
        """Say that a run is at work on a load; its lock is held from now on."""
        if self._living is None:
            _do(self._pool, _TABLE)
            self._life.execute("begin")
            _do(self._life, f"select pg_advisory_xact_lock({_key(marker.run_id)})")
            self._living = marker.run_id
        told = {
            "load_id": marker.load_id,
            "trigger": marker.trigger,
            "started_at": marker.started_at.isoformat(),
        }
        _do(
            self._pool,
            "insert into qoima_run (run_id, marker, host) values "
            f"({_text(marker.run_id)}, {_text(json.dumps(told))}, "
            f"{_text(socket.gethostname())}) on conflict (run_id) "
            "do update set marker = excluded.marker",
        )

    def dead_runs(self) -> list[Marker]:
        """Runs of any machine that did not end and whose lock nobody holds."""
        if not self.has("qoima_run"):
            return []
        dead = []
        for run_id, text in self._ask("select run_id, marker from qoima_run"):
            locked = f"select pg_try_advisory_xact_lock({_key(run_id)})"
            if run_id != self._living and self._ask(locked)[0][0]:
                told = json.loads(text)
                told["started_at"] = datetime.fromisoformat(told["started_at"])
                dead.append(Marker(run_id=run_id, **told))
        return dead

    def forget(self, run_id: str) -> None:
        """Strike out a run that was closed."""
        _do(self._pool, f"delete from qoima_run where run_id = {_text(run_id)}")

    def finish(self) -> None:
        """Say that this run has ended as it should."""
        if self._living is not None:
            self.forget(self._living)
            self._life.execute("rollback")
            self._living = None

    def close(self) -> None:
        """Drop the connections and the locks with them."""
        for connection in (self._turn, self._life, self._pool):
            connection.close()

    def _ask(self, sql: str) -> list[tuple[Any, ...]]:
        return _ask(self._pool, sql)


def attach_catalog(instance: duckdb.DuckDBPyConnection, words: str) -> None:
    """Attach the catalog's database itself, beside the lake.

    Raises:
        LakeError: it does not answer.
    """
    quoted = words.replace("'", "''")
    try:
        instance.execute(f"attach '{quoted}' as {CATALOG} (type postgres)")
    except duckdb.Error as error:
        message = " ".join(hide_password(str(error)).split())
        raise LakeError(message) from None


def has_table(instance: duckdb.DuckDBPyConnection, table: str) -> bool:
    """Whether the catalog's database, attached, has a table."""
    found = _ask(instance, f"select to_regclass('{table}') is not null")
    return bool(found[0][0])


def _ask(connection: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[Any, ...]]:
    quoted = sql.replace("'", "''")
    return connection.execute(
        f"select * from postgres_query('{CATALOG}', '{quoted}')"
    ).fetchall()


def _do(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    quoted = sql.replace("'", "''")
    connection.execute(f"call postgres_execute('{CATALOG}', '{quoted}')")


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _key(name: str) -> int:
    digest = hashlib.sha256(f"qoima {name}".encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)
