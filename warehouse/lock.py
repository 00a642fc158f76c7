"""One writer at a time: an advisory lock on the data folder that names its holder.

The kernel drops the lock with the process, so a killed run leaves nothing to clean.
"""

from __future__ import annotations

import fcntl
import json
import os
import socket
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

LOCK_NAME = ".lock"
_LOCKS = Path("/proc/locks")
_HOLDER_TRIES, _HOLDER_PAUSE = 20, 0.05


class WarehouseBusyError(Exception):
    """Another run holds the warehouse; the message says which."""


@contextmanager
def writer_lock(data: Path, *, run_id: str, now: datetime) -> Iterator[None]:
    """Hold the data folder for one run.

    Args:
        data: the data folder; it exists.
        run_id: written into the lock for whoever finds it held.
        now: start of the run, UTC.

    Raises:
        WarehouseBusyError: another process holds it.
    """
    path = data / LOCK_NAME
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            message = f"{data} is held by {_describe(_await_holder(data))}."
            raise WarehouseBusyError(message) from error
        holder = {
            "run_id": run_id,
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "started_at": now.isoformat(),
        }
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps(holder).encode(), 0)
        yield
        os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


def is_held(folder: Path, name: str = LOCK_NAME) -> bool:
    """Whether a process holds a lock, without taking it even for a moment.

    Args:
        folder: of the lock.
        name: of the lock.

    Returns:
        What the kernel says; where it has no list of locks, whether its holder lives.
    """
    try:
        inode = (folder / name).stat().st_ino
    except OSError:
        return False
    try:
        listed = _LOCKS.read_text().splitlines()
    except OSError:  # no such list here
        pid = read_holder(folder).get("pid")
        return pid is not None and Path(f"/proc/{pid}").exists()
    return any(f":{inode} " in line and " FLOCK " in line for line in listed)


def read_holder(data: Path) -> dict[str, Any]:
    """What the holder wrote into the lock; empty if nothing can be read."""
    try:
        holder: dict[str, Any] = json.loads((data / LOCK_NAME).read_text())
    except (OSError, ValueError):
        return {}
    return holder


def _await_holder(data: Path) -> dict[str, Any]:
    """The holder's words; it writes them a moment after it has taken the lock."""
    for _ in range(_HOLDER_TRIES):
        holder = read_holder(data)
        if holder:
            return holder
        time.sleep(_HOLDER_PAUSE)
    return {}


def _describe(holder: dict[str, Any]) -> str:
    if not holder:
        return "another run"
    return (
        f"run {holder.get('run_id')} (process {holder.get('pid')} on "
        f"{holder.get('host')}, since {holder.get('started_at')})"
    )
