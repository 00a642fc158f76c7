"""The ledger's part of a load: its records, its files, and what was refused of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    import duckdb
    import polars as pl


def merge_records(
    connection: duckdb.DuckDBPyConnection, records: pl.DataFrame, load_id: str
) -> None:
    """Write down which article each record is; a file read again is written anew.

    Args:
        connection: the warehouse, in a transaction.
        records: file_id, record_no, article_id, record_hash.
        load_id: the load.
    """
    connection.register("new_records", records.to_arrow())
    connection.execute(
        "delete from fact_record where file_id in "
        "(select new_records.file_id from new_records)"
    )
    connection.execute(
        "insert into fact_record by name "
        "select *, $load_id as load_id from new_records",
        {"load_id": load_id},
    )
    connection.unregister("new_records")


def merge_files(
    connection: duckdb.DuckDBPyConnection,
    files: pl.DataFrame,
    *,
    load_id: str,
    now: datetime,
) -> None:
    """Write down what became of each input of the load.

    Args:
        connection: the warehouse, in a transaction.
        files: the columns of fact_file but loaded_at and load_id.
        load_id: the load that decides their status.
        now: the time of loading, UTC.
    """
    connection.register("new_files", files.to_arrow())
    _supersede_unread(connection, now)
    connection.execute(
        "delete from fact_file where file_id in "
        "(select new_files.file_id from new_files)"
    )
    connection.execute(
        """
        insert into fact_file by name
        select
            *,
            if(status in ('loaded', 'duplicate'), $now::timestamp, null) as loaded_at,
            $load_id as load_id
        from new_files
        """,
        {"now": now.replace(tzinfo=None), "load_id": load_id},
    )
    connection.unregister("new_files")


def _supersede_unread(connection: duckdb.DuckDBPyConnection, now: datetime) -> None:
    """Let an input that can be read now take over from when it could not.

    An input without a content (no permission, vanished) is no file of its own: its
    rejections are closed and pass to the file that now lies there, or, for a folder
    that did not open, to the first file in it.
    """
    connection.execute(
        """
        create or replace temporary table superseded as
        select unread.file_id as old_id, min(new_files.file_id) as new_id
        from fact_file as unread
        inner join new_files
            on
                unread.path = new_files.path
                or starts_with(new_files.path, unread.path || '/')
        where
            unread.content_hash is null
            and new_files.content_hash is not null
            and unread.file_id <> new_files.file_id
        group by unread.file_id
        """
    )
    connection.execute(
        """
        update fact_rejection
        set
            file_id = superseded.new_id,
            status = if(status = 'open', 'replayed', status),
            closed_at = coalesce(closed_at, $now),
            closed_reason = coalesce(closed_reason, 'it can be read now')
        from superseded
        where fact_rejection.file_id = superseded.old_id
        """,
        {"now": now.replace(tzinfo=None)},
    )
    connection.execute(
        "delete from fact_file where file_id in (select old_id from superseded)"
    )
    connection.execute("drop table superseded")


def merge_rejections(  # noqa: PLR0913 - most by keyword
    connection: duckdb.DuckDBPyConnection,
    rejections: pl.DataFrame,
    *,
    read_again: list[int],
    load_id: str,
    now: datetime,
    by: str | None = None,
) -> None:
    """Open this load's rejections and close those that did not come again.

    Args:
        connection: the warehouse, in a transaction.
        rejections: rejection_id, file_id, record_no, stage, reason_code, detail.
        read_again: file_ids whose bytes went through the whole pass in this load.
        load_id: the load.
        now: its time, UTC.
        by: who had them replayed, if that is told.
    """
    values = {"now": now.replace(tzinfo=None), "load_id": load_id}
    connection.register("refused", rejections.to_arrow())
    connection.execute(
        """
        update fact_rejection
        set
            last_seen_at = $now,
            detail = refused.detail,
            status = if(was_replayed, 'open', fact_rejection.status),
            closed_at = if(was_replayed, null, fact_rejection.closed_at),
            closed_reason = if(was_replayed, null, fact_rejection.closed_reason),
            closed_by = if(was_replayed, null, fact_rejection.closed_by)
        from (
            select
                refused.*,
                known.status = 'replayed' as was_replayed
            from refused
            inner join fact_rejection as known
                on refused.rejection_id = known.rejection_id
        ) as refused
        where fact_rejection.rejection_id = refused.rejection_id
        """,
        {"now": values["now"]},
    )
    connection.execute(
        """
        insert into fact_rejection by name
        select
            *,
            'open' as status,
            $now::timestamp as rejected_at,
            $now::timestamp as last_seen_at,
            $load_id as load_id
        from refused
        where
            rejection_id
            not in (select fact_rejection.rejection_id from fact_rejection)
        """,
        values,
    )
    connection.execute(
        """
        update fact_rejection
        set
            status = 'replayed',
            closed_at = $now,
            closed_reason = 'read again without this fault by load ' || $load_id,
            closed_by = $by
        where
            status = 'open'
            and list_contains($read_again::bigint [], file_id)
            and rejection_id not in (select refused.rejection_id from refused)
        """,
        values | {"read_again": read_again, "by": by},
    )
    connection.unregister("refused")


def dismiss_rejections(
    connection: duckdb.DuckDBPyConnection,
    rejection_ids: list[int],
    *,
    reason: str,
    by: str | None,
    now: datetime,
) -> None:
    """Close rejections for good.

    Args:
        connection: the warehouse.
        rejection_ids: which.
        reason: why, in the words of who asked.
        by: who asked, if that is told.
        now: the time, UTC.
    """
    connection.execute(
        """
        update fact_rejection
        set
            status = 'dismissed',
            closed_at = $now,
            closed_reason = $reason,
            closed_by = $by
        where list_contains($rejection_ids::bigint [], rejection_id)
        """,
        {
            "now": now.replace(tzinfo=None),
            "reason": reason,
            "by": by,
            "rejection_ids": rejection_ids,
        },
    )
