"""What becomes of a loaded file in the landing folder: archived or deleted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from warehouse.ledger import settled_paths

if TYPE_CHECKING:
    from collections.abc import Iterable

    import duckdb

    from flows.landing import Found, Root
    from flows.settings import Settings

ARCHIVE = "archive"


def clear_landing(
    connection: duckdb.DuckDBPyConnection,
    data: Path,
    root: Root,
    listed: Iterable[Found],
    settings: Settings,
) -> int:
    """Take loaded files and duplicates out of the landing folder.

    Only files that are still as they were when they were read are touched, and only
    in the data folder's own landing folder: what a user named by PATH stays.

    Returns:
        How many were archived or deleted.
    """
    if root.folder.resolve() != (data / "landing").resolve():
        return 0
    settled = settled_paths(connection, root.root_id)
    cleared = 0
    for found in listed:
        if settled.get(found.path) != (found.size_bytes, found.modified_ns):
            continue
        location = Path(found.location)
        if settings.landing_after == "delete":
            location.unlink(missing_ok=True)
        elif location.exists():
            _archive(
                location, data / ARCHIVE / location.relative_to(root.folder.resolve())
            )
        cleared += 1
    return cleared


def _archive(location: Path, target: Path) -> None:
    """Move, under a further name if the archive has one of that name."""
    target.parent.mkdir(parents=True, exist_ok=True)
    free, number = target, 1
    while free.exists():
        free = target.with_name(f"{target.stem}.{number}{target.suffix}")
        number += 1
    location.rename(free)
