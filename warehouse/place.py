"""Where the warehouse of a data folder is: in its file, or in a lake.

The settings decide once, where they are read; everything that opens
``warehouse.duckdb`` or ``reports.duckdb`` of that folder is led to the lake.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from warehouse.lake import Lake

_lakes: dict[Path, Lake] = {}


def keep_in(data: Path, lake: Lake | None) -> None:
    """Say where the warehouse of a data folder is; None for its file."""
    if lake is None:
        _lakes.pop(data.resolve(), None)
    else:
        _lakes[data.resolve()] = lake


def lake_at(path: Path | None) -> Lake | None:
    """The lake that stands for a file of a data folder; None where the file does."""
    return _lakes.get(path.parent.resolve()) if path is not None and _lakes else None
