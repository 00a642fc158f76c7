"""The lock of `qoima up`: one for a data folder, held for as long as it lives.

The kernel drops it with its holder, so neither a second `qoima up` nor `qoima down` has
to believe a pid that a crash left in a file.
"""

from __future__ import annotations

import fcntl
import os
import signal
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from flows.server import HOME

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK = f"{HOME}/up.lock"
_STOP_SECONDS, _POLL_SECONDS = 40, 0.2


class AlreadyUpError(Exception):
    """The schedule of this data folder is running."""


@contextmanager
def alone(data: Path) -> Iterator[None]:
    """Hold the lock, with our pid in it.

    Raises:
        AlreadyUpError: another process holds it.
    """
    descriptor = os.open(data / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        if not _take(descriptor):
            raise AlreadyUpError
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def is_up(data: Path) -> bool:
    """Whether the lock is held; the kernel drops it with its holder."""
    try:
        descriptor = os.open(data / LOCK, os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        return not _take(descriptor)
    finally:
        os.close(descriptor)


def stop_holder(data: Path) -> bool:
    """End the process that holds the lock, by force if need be; True if it ended."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        with suppress(OSError, ValueError):
            os.kill(int((data / LOCK).read_text()), number)
        until = time.monotonic() + _STOP_SECONDS
        while time.monotonic() < until:
            if not is_up(data):
                return True
            time.sleep(_POLL_SECONDS)
    return False
