"""The one place that lets old things go, by the settings `keep_…`."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import duckdb

from flows.doctor.finding import megabytes
from flows.doctor.server import DATABASE
from flows.place import is_in_lake
from flows.run import REPORTS, STAGE, WAREHOUSE, new_id
from flows.tidy_due import stamp
from flows.up_lock import is_up
from warehouse.catalog import WarehouseError, open_warehouse
from warehouse.forget import rewrite_warehouse
from warehouse.free_space import free_bytes
from warehouse.lake_care import compact
from warehouse.lake_writer import keep_turn, write_through
from warehouse.lock import writer_lock
from warehouse.publish import publish
from warehouse.raw import RAW_FOLDER, drop_contents
from warehouse.restore import STAGING
from warehouse.retention import drop_checks, drop_rejections, release_raw

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flows.settings import Settings

#: Less than this is not worth writing the warehouse anew.
_LEAST_FREE = 64_000_000


@dataclass
class Tidied:
    """What went, or would go.

    Attributes:
        gone: one line each.
        is_changed: whether the warehouse file is another one, to be published.
    """

    is_dry_run: bool
    gone: list[str] = field(default_factory=list)
    is_changed: bool = False


def tidy(settings: Settings, *, is_dry_run: bool = False) -> Tidied:
    """Let go what the settings do not keep, and publish.

    Args:
        settings: the workspace.
        is_dry_run: only say what would go.

    Raises:
        WarehouseBusyError: a run holds the warehouse; nothing was changed.
        WarehouseError: the warehouse does not open.
    """
    data, now = settings.data, datetime.now(UTC)
    with writer_lock(data, run_id=new_id(now), now=now):
        done = tidy_under_lock(data, settings, now, is_dry_run=is_dry_run)
        if done.is_changed:
            publish(data / WAREHOUSE, data / REPORTS)
        if not is_dry_run:
            stamp(data)
    return done


def tidy_after_run(
    data: Path, settings: Settings, now: datetime
) -> tuple[bool, list[str]]:
    """Tidy at the end of a pass, which goes well whatever becomes of this.

    Returns:
        Whether the warehouse has to be published, and what was done, in lines.
    """
    stamp(data)
    try:
        done = tidy_under_lock(data, settings, now)
    except (OSError, duckdb.Error, WarehouseError, sqlite3.Error) as error:
        return False, [f"old things were not let go: {' '.join(str(error).split())}"]
    return done.is_changed, [f"let go: {line}" for line in done.gone]


def tidy_under_lock(
    data: Path, settings: Settings, now: datetime, *, is_dry_run: bool = False
) -> Tidied:
    """Let go what is old; the caller holds the lock and publishes."""
    done = Tidied(is_dry_run)
    if is_in_lake(data):
        _tidy_lake(data, settings, now, done)
    elif (data / WAREHOUSE).exists():
        is_loose = _tidy_warehouse(data, settings, now, done)
        if is_loose and not is_dry_run:
            rewrite_warehouse(data / WAREHOUSE)
            done.is_changed = True
    done.gone += _leftovers(data, is_dry_run=is_dry_run)
    done.gone += _prefect(data, settings, is_dry_run=is_dry_run)
    return done


def _tidy_warehouse(
    data: Path, settings: Settings, now: datetime, done: Tidied
) -> bool:
    """Rows and raw copies; True if the file should be written anew."""
    with closing(
        open_warehouse(data / WAREHOUSE, now=now, may_migrate=not done.is_dry_run)
    ) as connection:
        connection.execute("begin")
        lines = list(_rows(connection, settings, now))
        if settings.keep_raw_days:
            lines += _raw(data, connection, settings, now, is_dry_run=done.is_dry_run)
        connection.execute("rollback" if done.is_dry_run else "commit")
        if lines and not done.is_dry_run:
            done.is_changed = True
            write_through(connection)
        free = free_bytes(connection, data / WAREHOUSE)
        share = free / (data / WAREHOUSE).stat().st_size
    done.gone += lines
    is_loose = share * 100 > settings.compact_free_percent and free > _LEAST_FREE
    if is_loose:
        done.gone.append(f"{megabytes(free)} of free blocks, {share:.0%} of the file")
    return is_loose


def _tidy_lake(data: Path, settings: Settings, now: datetime, done: Tidied) -> None:
    """Rows and raw copies as in a file; states and small files of the lake."""
    is_dry_run = done.is_dry_run
    with closing(
        open_warehouse(data / WAREHOUSE, now=now, may_migrate=not is_dry_run)
    ) as connection:
        keep_turn(connection)
        connection.execute("begin")
        lines = list(_rows(connection, settings, now))
        if settings.keep_raw_days:
            lines += _raw(data, connection, settings, now, is_dry_run=is_dry_run)
        connection.execute("rollback" if is_dry_run else "commit")
        before = now - timedelta(days=settings.keep_snapshot_days)
        done.gone += lines + compact(connection, before, is_dry_run=is_dry_run)


def _raw(
    data: Path,
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    now: datetime,
    *,
    is_dry_run: bool,
) -> Iterator[str]:
    """Raw copies that nobody will read again.

    They go before the commit: where that does not come, the next time finds the same
    rows and ends the work.
    """
    contents = release_raw(connection, _before(now, settings.keep_raw_days))
    if not is_dry_run:
        for (raw_file,), group in contents.group_by("raw_file", maintain_order=True):
            drop_contents(data, str(raw_file), group["content_hash"].to_list())
    if contents.height:
        yield (
            f"{contents.height:,} raw copies of loaded inputs, "
            f"{megabytes(int(contents['size_bytes'].sum()))} unpacked; "
            "they can no longer be read again from the raw zone"
        )


def _rows(
    connection: duckdb.DuckDBPyConnection, settings: Settings, now: datetime
) -> Iterator[str]:
    days = settings.keep_loads_days
    if days and (rows := drop_checks(connection, _before(now, days))):
        yield f"{rows:,} rows of checks of loads older than {days} days"
    days = settings.keep_quarantine_days
    if days and (rows := drop_rejections(connection, _before(now, days))):
        yield f"{rows:,} rejections closed more than {days} days ago"


def _leftovers(data: Path, *, is_dry_run: bool) -> Iterator[str]:
    """What runs that were cut off have left half done; no run is at work now."""
    found = [
        *data.glob(f"{STAGING}*"),
        *data.glob("*.new"),
        *data.glob("*.new.wal"),
        *(data / STAGE).glob("batch-*"),
        # Another machine may be writing there.
        *(() if is_in_lake(data) else (data / RAW_FOLDER).glob("*.part")),
    ]
    for path in found if not is_dry_run else []:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    if found:
        yield f"{len(found)} files or folders of runs that were cut off"


def _prefect(data: Path, settings: Settings, *, is_dry_run: bool) -> Iterator[str]:
    """Shrink Prefect's database; its server deletes old runs in it while it is up."""
    path = data / DATABASE
    if not path.exists() or is_up(data):
        return
    with closing(sqlite3.connect(path, timeout=1)) as connection:
        (pages,) = connection.execute("pragma page_count").fetchone()
        (free,) = connection.execute("pragma freelist_count").fetchone()
        (size,) = connection.execute("pragma page_size").fetchone()
        if not pages or free * 100 < pages * settings.compact_free_percent:
            return
        if not is_dry_run:
            connection.execute("vacuum")
    yield f"{megabytes(free * size)} of free pages in Prefect's database"


def _before(now: datetime, days: int) -> datetime:
    return now - timedelta(days=days)
