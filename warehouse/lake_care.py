"""Care of a lake: small files put together, earlier states and their files let go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warehouse.lake_writer import NAME

if TYPE_CHECKING:
    from datetime import datetime

    import duckdb


def compact(
    connection: duckdb.DuckDBPyConnection, before: datetime, *, is_dry_run: bool = False
) -> list[str]:
    """Let earlier states go, put small files together, remove files nobody reads.

    A file that goes out of use waits for a day, so that readers at work keep it.

    Args:
        connection: a writer's, outside a transaction, with its turn held.
        before: states made earlier go, UTC.
        is_dry_run: only say what would go.

    Returns:
        What was done, in lines.
    """
    moment = f"timestamptz '{before:%Y-%m-%d %H:%M:%S}+00'"
    dry = f"dry_run => {str(is_dry_run).lower()}"
    lines = []
    expired = connection.execute(
        f"call ducklake_expire_snapshots('{NAME}', older_than => {moment}, {dry})"
    ).fetchall()
    if expired:
        lines.append(f"{len(expired):,} states older than {before:%Y-%m-%d}")
    if is_dry_run:
        return lines
    merged = connection.execute(
        f"call ducklake_merge_adjacent_files('{NAME}')"
    ).fetchall()
    if merged:
        lines.append(f"{len(merged):,} tables' small files put together")
    removed = connection.execute(
        f"call ducklake_cleanup_old_files('{NAME}', "
        "older_than => now() - interval 1 day)"
    ).fetchall()
    if removed:
        lines.append(f"{len(removed):,} files that no state reads")
    return lines


def purge(connection: duckdb.DuckDBPyConnection) -> None:
    """Remove for good what was deleted: no state and no file keeps it.

    Earlier states go with it, and a reader at work on one of them fails.

    Args:
        connection: a writer's, outside a transaction, with its turn held.
    """
    connection.execute(
        f"call ducklake_rewrite_data_files('{NAME}', delete_threshold => 0)"
    )
    connection.execute(f"call ducklake_expire_snapshots('{NAME}', older_than => now())")
    connection.execute(
        f"call ducklake_cleanup_old_files('{NAME}', cleanup_all => true)"
    )
