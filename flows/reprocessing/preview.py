"""What a reprocess would change: done on a copy, and compared by readers' figures."""

from __future__ import annotations

import os
import shutil
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flows.errors import UserError
from flows.place import needs_file
from flows.reprocess import begin, parts_of, read_behind
from flows.reprocessing.behind import Behind, behind_by_step
from flows.run import STAGE, WAREHOUSE, new_id
from warehouse.catalog import open_warehouse
from warehouse.figures import Change, Figures, Totals, compare_figures, read_figures
from warehouse.lock import writer_lock
from warehouse.publish import copy_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from checks.process import CheckProcess
    from flows.observer import Observer
    from flows.reprocess import Wanted
    from flows.reprocessing.loads import Reprocessed
    from flows.settings import Settings

#: The copy lies in a folder of this name and the process's number.
_FOLDER = "batch-preview-"
#: What is read again is written beside what it replaces, so the copy grows.
_GROWTH = 1.5


@dataclass(frozen=True)
class Preview:
    """What a reprocess would do.

    Attributes:
        behind: what is behind, by step and outlet.
        done: what was done on the copy; None where nothing was.
        sample: so many article versions of each part were read, no more; None for all.
        before: figures as they are; None where nothing was done.
        after: figures as they would be.
        changes: the figures that differ, by report, the heaviest first.
        totals: how many rows of each report differ.
    """

    behind: Behind
    done: Reprocessed | None = None
    sample: int | None = None
    before: Figures | None = None
    after: Figures | None = None
    changes: tuple[Change, ...] = ()
    totals: tuple[Totals, ...] = ()


INSTEAD = (
    "Reprocess, then compare with the state before it: qoima report NAME --as-of LOAD."
)


def preview(  # noqa: PLR0913 - most by keyword
    settings: Settings,
    wanted: Wanted,
    *,
    sample: int | None = None,
    tell: Callable[[str], None] = lambda _: None,
    observer: Observer | None = None,
    checker: CheckProcess | None = None,
) -> Preview:
    """Do a reprocess on a copy of the warehouse and compare the figures of reports.

    The warehouse is held only while it is copied, and nothing of it is written;
    readers see nothing. Memory is that of a reprocess and of two sets of answers; the
    copy is gone at the end.

    Args:
        settings: the workspace.
        wanted: what is to be read again.
        sample: read only so many article versions of each part; 0 to count only.
        tell: told in a line, before it begins, what the copy takes.
        observer: told of each step.
        checker: a running check process to use; None to start one where it is needed.

    Raises:
        WarehouseBusyError: a run holds the warehouse.
        WarehouseError: it is of an older schema; a run brings it up to date.
        UserError: there is not enough disk for the copy.
        ReferenceTableError: a reference table is wrong.
    """
    needs_file(settings, "reprocess --dry-run", INSTEAD)
    data, now = settings.data, datetime.now(UTC)
    folder = data / STAGE / f"{_FOLDER}{os.getpid()}"
    try:
        with writer_lock(data, run_id=new_id(now), now=now):
            with closing(
                open_warehouse(data / WAREHOUSE, now=now, may_migrate=False)
            ) as connection:
                again = begin(connection, settings, wanted)
                behind = behind_by_step(again)
                count = sum(part.behind().height for part in parts_of(again))
            if not count or sample == 0:
                return Preview(behind, sample=sample)
            _remove_left(data / STAGE)
            copy = _copy(data, folder, tell)
        with closing(open_warehouse(copy, now=now)) as connection:
            again = begin(connection, settings, wanted, observer, checker)
            again.is_trial, again.sample = True, sample
            before = read_figures(connection)
            read_behind(again, wanted)
            after = read_figures(connection)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    changes, totals = compare_figures(before, after)
    return Preview(
        behind, again.done, sample, before, after, tuple(changes), tuple(totals)
    )


def _copy(data: Path, folder: Path, tell: Callable[[str], None]) -> Path:
    """Copy the warehouse, by shared blocks where the file system can."""
    source = data / WAREHOUSE
    size = source.stat().st_size
    needed, free = int(size * _GROWTH), shutil.disk_usage(data).free
    told = f"{_megabytes(needed)} of disk in {data / STAGE}, {_megabytes(free)} free"
    if needed > free:
        message = (
            f"A dry run works on a copy of the warehouse; it needs about {told}. Make "
            "room, or count what is behind with --sample 0."
        )
        raise UserError(message)
    tell(f"Working on a copy of the warehouse: about {told}. It goes at the end.")
    folder.mkdir(parents=True)
    copy_file(source, folder / WAREHOUSE)
    return folder / WAREHOUSE


def _remove_left(stage: Path) -> None:
    """Remove copies whose process was killed."""
    for folder in stage.glob(f"{_FOLDER}*"):
        try:
            os.kill(int(folder.name.removeprefix(_FOLDER)), 0)
        except (ProcessLookupError, ValueError):
            shutil.rmtree(folder, ignore_errors=True)
        except PermissionError:
            continue


def _megabytes(size: int) -> str:
    return f"{size / 1e9:,.1f} GB" if size >= 1e9 else f"{size / 1e6:,.0f} MB"  # noqa: PLR2004 - a gigabyte
