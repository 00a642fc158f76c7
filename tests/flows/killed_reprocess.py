"""Makes a reprocess that kills its own process when a step begins, or soon after."""

import os
import signal
import sys
import threading
from pathlib import Path

from flows.observer import Observer
from flows.reprocess import reprocess
from flows.reprocessing import parts, rereading
from flows.settings import Settings
from tests.flows.killed_run import Killer


class LateKiller(Observer):
    """Ends the process a while after the n-th beginning of any step."""

    def __init__(self, count: float) -> None:
        self._left, self._wait = int(count), count % 1

    def at(self, step: str) -> None:
        del step
        self._left -= 1
        if self._left == 0:
            kill = (os.getpid(), signal.SIGKILL)
            threading.Timer(self._wait, os.kill, kill).start()


def main(data: str, step: str, count: str) -> None:
    """Kill at the n-th beginning of the step; of ``any``, and its fraction later."""
    parts.BATCH = rereading.BATCH = 3
    observer = LateKiller(float(count)) if step == "any" else Killer(step, int(count))
    reprocess(Settings(data=Path(data), settle_seconds=0), observer=observer)


if __name__ == "__main__":
    main(*sys.argv[1:])
