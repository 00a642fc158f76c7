"""The data folder: room, permissions, locks, leftovers, and the clock."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from flows.doctor.finding import Finding, megabytes
from flows.reprocessing.pending import read_pending
from flows.run import LANDING, REPORTS, STAGE, WAREHOUSE
from flows.server import HOME
from flows.site import SITE
from warehouse.lock import is_held, read_holder
from warehouse.marker import read_marker
from warehouse.raw import RAW_FOLDER
from warehouse.restore import ASIDE, JOURNAL, STAGING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flows.settings import Settings

_PARTS = (WAREHOUSE, REPORTS, RAW_FOLDER, STAGE, LANDING, "archive", SITE, "export")
#: A run copies the warehouse once to publish it, and may rewrite it once.
_COPIES = 2
_LONG_RUN = timedelta(hours=6)
_AHEAD = timedelta(hours=1)


def findings(settings: Settings, now: datetime) -> Iterator[Finding]:
    """Look at the folder; nothing else than `qoima init` has to have made it."""
    data = settings.data
    if not data.is_dir():
        yield Finding(
            "problem", "data", f"{data}: no such folder", "Make it with `qoima init`."
        )
        return
    sizes = {name: size_of(data / name) for name in (*_PARTS, HOME)}
    yield _sizes(data, sizes)
    yield _disk(data, sizes)
    yield from _permissions(data)
    yield _lock(data, now)
    yield from _leftovers(data)
    yield _landing_times(data / LANDING, now)


def _sizes(data: Path, sizes: dict[str, int]) -> Finding:
    shown = ", ".join(f"{name} {megabytes(size)}" for name, size in sizes.items())
    return Finding("ok", "sizes", f"{data}: {shown}")


def _disk(data: Path, sizes: dict[str, int]) -> Finding:
    free = shutil.disk_usage(data).free
    needed = _COPIES * sizes[WAREHOUSE] + sizes[LANDING]
    text = f"{megabytes(free)} free, a run may need {megabytes(needed)}"
    remedy = "Make room: `qoima tidy --dry-run` says what could go."
    if free < needed:
        return Finding("problem", "disk", text, remedy)
    return Finding(
        "warning" if free < _COPIES * needed else "ok",
        "disk",
        text,
        remedy if free < _COPIES * needed else "",
    )


def _permissions(data: Path) -> Iterator[Finding]:
    wrong = [
        str(path)
        for path in (data, data / RAW_FOLDER, data / STAGE, data / WAREHOUSE)
        if path.exists() and not os.access(path, os.W_OK)
    ]
    landing = data / LANDING
    if not landing.is_dir():
        yield Finding(
            "note",
            "landing",
            f"{landing}: no such folder",
            "Make it with `qoima init`, or name what to read: qoima run PATH.",
        )
    elif not os.access(landing, os.R_OK | os.X_OK):
        wrong.append(str(landing))
    if wrong:
        yield Finding(
            "problem",
            "permissions",
            f"not to be written or read: {', '.join(wrong)}",
            "Give them to the user who runs Qoima: chown or chmod.",
        )
    else:
        yield Finding("ok", "permissions", f"{data} can be written")


def _lock(data: Path, now: datetime) -> Finding:
    """Who holds the warehouse, and what a killed holder has left."""
    holder = read_holder(data)
    who = f"{holder.get('run_id')} (process {holder.get('pid')})"
    if not is_held(data):
        marker = read_marker(data)
        if marker is None:
            return Finding("ok", "lock", "free")
        return Finding(
            "warning",
            "lock",
            f"run {marker.run_id} was cut off, nobody holds the warehouse",
            "`qoima run` ends its work and closes its load as interrupted.",
        )
    since = _time(holder.get("started_at"))
    if since and now - since > _LONG_RUN:
        return Finding(
            "warning",
            "lock",
            f"held by {who} since {since:%Y-%m-%d %H:%M} UTC",
            f"If it is stuck, end it (kill {holder.get('pid')}); the next run goes on.",
        )
    return Finding("note", "lock", f"held by {who}, which is at work")


def _leftovers(data: Path) -> Iterator[Finding]:
    if (data / JOURNAL).exists():
        yield Finding(
            "warning", "restore", "a restore was cut off", "`qoima run` ends it."
        )
    if pending := read_pending(data):
        yield Finding(
            "warning",
            "reprocess",
            f"not ended; about {pending.left:,} article versions are left",
            f"Unless it is at work now: `qoima reprocess{pending.options}` goes on.",
        )
    for aside in sorted(data.glob(f"{ASIDE}*")):
        yield Finding(
            "note",
            "restore",
            f"{aside} keeps {megabytes(size_of(aside))} from before a restore",
            "Remove it when you no longer need it.",
        )
    scraps = [
        *data.glob(f"{STAGING}*"),
        *data.glob("*.new"),
        *(data / STAGE).glob("batch-*"),
        *(data / RAW_FOLDER).glob("*.part"),
    ]
    if scraps and not is_held(data):
        size = sum(size_of(path) for path in scraps)
        yield Finding(
            "note",
            "leftovers",
            f"{len(scraps)} of runs that were cut off, {megabytes(size)}",
            "`qoima tidy` removes them.",
        )


def _landing_times(landing: Path, now: datetime) -> Finding:
    """Files of the future tell that this clock is late, or another one ahead."""
    newest = 0.0
    # None that can be looked at, or one that is gone since it was listed.
    with suppress(OSError), os.scandir(landing) as entries:
        for entry in entries:
            newest = max(newest, entry.stat(follow_symlinks=False).st_mtime)
    ahead = datetime.fromtimestamp(newest, UTC) - now
    if ahead < _AHEAD:
        return Finding("ok", "clock", f"{now:%Y-%m-%d %H:%M} UTC")
    return Finding(
        "warning",
        "clock",
        f"{now:%Y-%m-%d %H:%M} UTC here; a file in {landing} is of {ahead} later",
        "Set the clock of this machine, or of the one that writes there.",
    )


def _time(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None


def size_of(path: Path) -> int:
    """Bytes of a file or of all files below a folder; links are not followed."""
    if not path.is_dir():
        return path.stat().st_size if path.exists() else 0
    total = 0
    for folder, _, names in os.walk(path):
        for name in names:
            try:
                total += os.lstat(os.path.join(folder, name)).st_size  # noqa: PTH118 - many
            except OSError:  # gone since it was listed
                continue
    return total
