"""Closes what runs of other machines left open when they were cut off."""

from __future__ import annotations

from importlib import metadata
from typing import TYPE_CHECKING

from warehouse.lake_writer import dead_runs

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    import duckdb


def recover_others(
    connection: duckdb.DuckDBPyConnection, data: Path, now: datetime
) -> bool:
    """Close the loads of other machines' runs that were cut off; True if any was."""
    with dead_runs(connection) as dead:
        if not dead:
            return False
        from warehouse.audit import close_interrupted

        for marker in dead:
            close_interrupted(
                connection,
                marker,
                data,
                now=now,
                code_version=metadata.version("qoima"),
            )
    return True
