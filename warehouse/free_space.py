"""Blocks of the warehouse file that hold nothing any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb


def free_bytes(connection: duckdb.DuckDBPyConnection, path: Path) -> int:
    """Bytes of a file's free blocks.

    DuckDB fills them again, but cuts off only those at the end of the file, and goes on
    counting these: so what is used is taken from the file's size.

    Args:
        connection: the file, open.
        path: the file.
    """
    row = connection.execute(
        """
        select used_blocks * block_size
        from pragma_database_size()
        where database_name = current_database()
        """
    ).fetchone()
    return max(0, path.stat().st_size - int(row[0])) if row else 0
