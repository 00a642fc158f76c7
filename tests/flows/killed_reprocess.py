"""Makes a reprocess that kills its own process when a step begins, or after a while."""

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


def main(data: str, step: str, count: str) -> None:
    """Kill at the n-th beginning of the step, or after n seconds of ``any``."""
    parts.BATCH = rereading.BATCH = 3
    observer = Observer()
    if step == "any":
        kill = (os.getpid(), signal.SIGKILL)
        threading.Timer(float(count), os.kill, kill).start()
    else:
        observer = Killer(step, int(count))
    reprocess(Settings(data=Path(data), settle_seconds=0), observer=observer)


if __name__ == "__main__":
    main(*sys.argv[1:])
