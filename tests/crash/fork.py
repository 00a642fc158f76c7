"""Runs work in a forked process, which may be killed at any moment.

The harness imports everything once and forks for each pass: a pass then costs its own
work, not ten seconds of imports. It must itself never use Polars or DuckDB, whose
threads would be missing in the fork.
"""

from __future__ import annotations

import os
import pickle
import signal
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_PAUSE = 0.002


@dataclass(frozen=True)
class Ended:
    """How a process ended.

    Attributes:
        was_killed: by SIGKILL, its own or that of the harness.
        value: what the work gave back; None where it gave nothing.
        error: the traceback of the work that failed.
        seconds: how long it took.
    """

    was_killed: bool
    value: Any
    error: str
    seconds: float


def in_fork(
    work: Callable[..., Any],
    *arguments: Any,
    answer: Path,
    kill_after: float | None = None,
) -> Ended:
    """Do work in a process of its own; kill it after so many seconds."""
    answer.unlink(missing_ok=True)
    begun = time.monotonic()
    child = os.fork()
    if child == 0:
        _be_child(work, arguments, answer)
    status = _wait(child, begun, kill_after)
    seconds = time.monotonic() - begun
    was_killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    if was_killed or not answer.exists():
        how = "" if was_killed else f"the process ended with status {status}"
        return Ended(was_killed, None, how, seconds)
    value, error = pickle.loads(answer.read_bytes())  # noqa: S301 - our own child's
    return Ended(was_killed, value, error, seconds)


def _be_child(
    work: Callable[..., Any], arguments: tuple[Any, ...], answer: Path
) -> None:
    code = 0
    try:
        told = (work(*arguments), "")
    except BaseException:  # noqa: BLE001 - told to the harness
        told, code = (None, traceback.format_exc()), 1
    part = answer.with_suffix(".part")
    part.write_bytes(pickle.dumps(told))
    part.replace(answer)
    os._exit(code)


def _wait(child: int, begun: float, kill_after: float | None) -> int:
    while kill_after is not None and time.monotonic() - begun < kill_after:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return status
        time.sleep(_PAUSE)
    if kill_after is not None:
        os.kill(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1]
