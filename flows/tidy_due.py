"""When a run lets old things go: once a day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

#: Touched whenever old things were looked for.
_STAMP = "stage/tidied"
_EVERY = timedelta(days=1)


def is_due(data: Path, now: datetime) -> bool:
    """Whether a run should tidy: once a day; never in the first run of a folder."""
    try:
        last = datetime.fromtimestamp((data / _STAMP).stat().st_mtime, UTC)
    except FileNotFoundError:
        stamp(data)
        return False
    return abs(now - last) > _EVERY


def stamp(data: Path) -> None:
    """Remember that old things were looked for."""
    path = data / _STAMP
    path.parent.mkdir(exist_ok=True)
    path.touch()
