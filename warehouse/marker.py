"""The marker of a run at work, by which the next run learns that it was cut off."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from warehouse.publish import sync_folder

if TYPE_CHECKING:
    from pathlib import Path

MARKER = "stage/run.json"


@dataclass(frozen=True)
class Marker:
    """A run at work: its load, if one has begun, and when that began (UTC)."""

    run_id: str
    load_id: str | None
    trigger: str
    started_at: datetime


def write_marker(data: Path, marker: Marker) -> None:
    """Put the marker down, safely on disk before the work begins."""
    path = data / MARKER
    path.parent.mkdir(exist_ok=True)
    part = path.with_suffix(".part")
    with part.open("w") as file:
        json.dump(asdict(marker) | {"started_at": marker.started_at.isoformat()}, file)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    sync_folder(path.parent)


def read_marker(data: Path) -> Marker | None:
    """The marker of a run that did not end, if there is one."""
    try:
        values = json.loads((data / MARKER).read_text())
    except FileNotFoundError:
        return None
    return Marker(
        run_id=values["run_id"],
        load_id=values["load_id"],
        trigger=values["trigger"],
        started_at=datetime.fromisoformat(values["started_at"]),
    )


def clear_marker(data: Path) -> None:
    """Take the marker away: the run has ended and readers see its result."""
    (data / MARKER).unlink(missing_ok=True)
