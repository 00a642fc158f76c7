"""Brings the tables of an older warehouse up to date, one migration at a time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    import duckdb

_FILE_NAME = re.compile(r"(\d{4})_([a-z][a-z0-9_]*)\.sql")

#: The oldest schema there is; the first migration leads from it to the next.
FIRST_VERSION = 1

#: What `schema_version.name` says of a file that was made, not migrated.
CREATED = "created"


@dataclass(frozen=True)
class Migration:
    """One step forward: the SQL that leads from the version before to this one."""

    version: int
    name: str
    sql: str


def load_migrations() -> list[Migration]:
    """The files of warehouse/migrations, `NNNN_name.sql`, in the order of numbers.

    Raises:
        ValueError: a file's name has another shape, or a number is missing or taken.
    """
    folder = resources.files("warehouse") / "migrations"
    migrations: list[Migration] = []
    for name in sorted(entry.name for entry in folder.iterdir()):
        match = _FILE_NAME.fullmatch(name)
        expected = FIRST_VERSION + 1 + len(migrations)
        if not match or int(match[1]) != expected:
            message = f"migrations/{name}: expected {expected:04d}_some_name.sql."
            raise ValueError(message)
        sql = (folder / name).read_text(encoding="utf-8")
        migrations.append(Migration(expected, match[2], sql))
    return migrations


def newest_version(migrations: Sequence[Migration]) -> int:
    """The version that the last migration leads to."""
    return migrations[-1].version if migrations else FIRST_VERSION


def read_version(connection: duckdb.DuckDBPyConnection) -> int | None:
    """The version of an open file's schema; null where it says none."""
    row = connection.execute("select max(version) from schema_version").fetchone()
    return row[0] if row else None


def apply_migrations(
    connection: duckdb.DuckDBPyConnection,
    pending: Sequence[Migration],
    comments: Iterable[str],
    *,
    now: datetime,
) -> None:
    """Apply migrations, each in a transaction of its own.

    A crash leaves the version that the last whole migration led to, and the next
    opening goes on from there.

    Args:
        connection: the writer's.
        pending: those that the file lacks, in order.
        comments: comments of the newest schema, set with the last migration: they
            are written in the schema files alone.
        now: time to write down, UTC.
    """
    for migration in pending:
        connection.execute("begin")
        try:
            connection.execute(migration.sql)
            if migration is pending[-1]:
                for comment in comments:
                    connection.execute(comment)
            connection.execute(
                "insert into schema_version (version, applied_at, name) "
                "values (?, ?, ?)",
                [migration.version, now.replace(tzinfo=None), migration.name],
            )
            connection.execute("commit")
        except BaseException:
            connection.execute("rollback")
            raise


def applied_migrations(
    connection: duckdb.DuckDBPyConnection, *, since: datetime
) -> list[str]:
    """Names of the migrations that the file got at that time or later, in order."""
    # Compared here: with parameters DuckDB imports pandas, and every run asks this.
    rows = connection.execute(
        "select name, applied_at from schema_version order by version"
    ).fetchall()
    first = since.replace(tzinfo=None)
    return [name for name, at in rows if name != CREATED and at >= first]
