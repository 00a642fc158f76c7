"""What is older than it has to be kept: audit rows, closed rejections, raw copies.

Articles and what was read out of them are never touched here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    import duckdb
    import polars as pl

#: The newest load's checks stay whatever their age: `qoima checks` shows them.
_OLD_LOADS = """
    select load_id
    from dim_load
    where started_at < $before and load_id <> (select max(load_id) from dim_load)
"""


def drop_checks(connection: duckdb.DuckDBPyConnection, before: datetime) -> int:
    """Delete the check results of old loads; the loads' own rows stay.

    Args:
        connection: the warehouse, in a transaction.
        before: loads that began earlier, UTC.

    Returns:
        Rows deleted.
    """
    return sum(
        _count(
            connection,
            f"delete from {table} where load_id in ({_OLD_LOADS})",
            before,
        )
        for table in ("fact_check_row", "fact_check")
    )


def drop_rejections(connection: duckdb.DuckDBPyConnection, before: datetime) -> int:
    """Delete rejections that were closed long ago.

    That of a file which is still in quarantine stays: it says why.

    Args:
        connection: the warehouse, in a transaction.
        before: rejections closed earlier, UTC.

    Returns:
        Rows deleted.
    """
    return _count(
        connection,
        """
        delete from fact_rejection
        where
            status <> 'open'
            and closed_at < $before
            and file_id not in (
                select fact_file.file_id from fact_file
                where fact_file.status = 'quarantined'
            )
        """,
        before,
    )


def release_raw(
    connection: duckdb.DuckDBPyConnection, before: datetime
) -> pl.DataFrame:
    """Let old inputs go without their raw copies.

    Inputs that are held or in quarantine, and those with an open rejection, keep
    theirs: they are to be read again from there.

    Args:
        connection: the warehouse, in a transaction.
        before: inputs seen and loaded earlier, UTC.

    Returns:
        raw_file, content_hash, size_bytes: contents that no input needs any more.
    """
    connection.execute(
        """
        create or replace temporary table released as
        select file_id, raw_file, content_hash, size_bytes
        from fact_file
        where
            raw_file is not null
            and status in ('loaded', 'duplicate')
            and greatest(seen_at, coalesce(loaded_at, seen_at)) < $before
            and file_id not in (
                select fact_rejection.file_id from fact_rejection
                where fact_rejection.status = 'open'
            )
        """,
        {"before": before.replace(tzinfo=None)},
    )
    connection.execute(
        "update fact_file set raw_file = null "
        "where file_id in (select released.file_id from released)"
    )
    return connection.execute(
        """
        select
            released.raw_file,
            released.content_hash,
            max(released.size_bytes)::bigint as size_bytes
        from released
        anti join fact_file
            on
                released.raw_file = fact_file.raw_file
                and released.content_hash = fact_file.content_hash
        group by all
        order by released.raw_file, released.content_hash
        """
    ).pl()


def _count(connection: duckdb.DuckDBPyConnection, sql: str, before: datetime) -> int:
    row = connection.execute(sql, {"before": before.replace(tzinfo=None)}).fetchone()
    return int(row[0]) if row else 0
