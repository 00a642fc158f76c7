"""The note of a reprocess at work: what is left of it if it does not end."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_NOTE = "stage/reprocess.json"


@dataclass(frozen=True)
class Pending:
    """A reprocess that has not ended.

    Attributes:
        run_id: its run.
        left: article versions that were still behind after its last batch.
        options: what it was called with, as on the command line.
    """

    run_id: str
    left: int
    options: str

    def told(self) -> str:
        """What a run says of it."""
        return (
            f"A reprocess has not ended ({self.run_id}): about {self.left:,} article "
            "versions are read as before, the others as now. Finish it with "
            f"`qoima reprocess{self.options}`."
        )


def write_pending(data: Path, pending: Pending) -> None:
    """Put the note down, or renew it; that of another one, which asked for more, stays.

    Args:
        data: the data folder.
        pending: the reprocess; of one that asks for everything the options are empty.
    """
    path = data / _NOTE
    other = read_pending(data)
    if other and pending.options and other.options != pending.options:
        return
    path.parent.mkdir(exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(json.dumps(asdict(pending)))
    part.replace(path)


def read_pending(data: Path) -> Pending | None:
    """The note of a reprocess that did not end, if there is one."""
    try:
        return Pending(**json.loads((data / _NOTE).read_text()))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (ValueError, TypeError):
        return Pending("?", 0, "")


def unfinished(data: Path) -> list[str]:
    """What a run, which goes on all the same, says of a reprocess that did not end."""
    pending = read_pending(data)
    return [pending.told()] if pending else []


def clear_pending(data: Path, options: str) -> None:
    """Take the note away: a reprocess of these options, or of everything, has ended."""
    pending = read_pending(data)
    if pending and options in {"", pending.options}:
        (data / _NOTE).unlink(missing_ok=True)
