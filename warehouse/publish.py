"""Publishing: readers get a new file at once, whole, and keep the old one if open."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
from typing import TYPE_CHECKING

from warehouse.place import lake_at

if TYPE_CHECKING:
    from pathlib import Path

#: ``FICLONE`` of Linux (linux/fs.h): copy by sharing blocks, where the file system can.
_FICLONE = 0x40049409


def publish(warehouse: Path, reports: Path) -> None:
    """Replace the published file by a copy of the warehouse.

    The writer's connection is closed and checkpointed before. The copy is written
    beside the old file, flushed to disk and renamed over it, so that a reader sees
    the old or the new file, never a part of one. All tables are copied, those that
    only the writer asks too: leaving them out means to write all others anew, which
    takes longer than their bytes. Readers of a lake have its newest state already.
    """
    if lake_at(warehouse) is not None:
        return
    fresh = reports.with_name(reports.name + ".new")
    try:
        copy_file(warehouse, fresh)
    except OSError:  # a full disk has no room for half a copy
        fresh.unlink(missing_ok=True)
        raise
    fresh.replace(reports)
    sync_folder(reports.parent)


def copy_file(source: Path, target: Path) -> None:
    """Copy a file's bytes, by shared blocks where the file system can, safely on disk.

    The two stay apart: what is written to one is not seen in the other.
    """
    with source.open("rb") as reader, target.open("wb") as writer:
        _copy(reader.fileno(), writer.fileno())
        os.fsync(writer.fileno())


def sync_folder(folder: Path) -> None:
    """Make a rename in the folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _copy(source: int, target: int) -> None:
    with contextlib.suppress(OSError):
        fcntl.ioctl(target, _FICLONE, source)
        return
    with (
        os.fdopen(os.dup(source), "rb") as reader,
        os.fdopen(os.dup(target), "wb") as writer,
    ):
        shutil.copyfileobj(reader, writer, 1024 * 1024 * 8)
