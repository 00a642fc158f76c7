"""Blocks of the warehouse file that hold nothing any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb


def free_share(connection: duckdb.DuckDBPyConnection) -> float:
    """The share of the file's blocks that are free, from 0 to 1.

    DuckDB fills free blocks again, but cuts off only those at the end of the file.
    """
    row = connection.execute(
        """
        select free_blocks, total_blocks
        from pragma_database_size()
        where database_name = current_database()
        """
    ).fetchone()
    return row[0] / row[1] if row and row[1] else 0.0


def free_bytes(connection: duckdb.DuckDBPyConnection) -> int:
    """Bytes of the file's free blocks."""
    row = connection.execute(
        """
        select free_blocks * block_size
        from pragma_database_size()
        where database_name = current_database()
        """
    ).fetchone()
    return int(row[0]) if row else 0
