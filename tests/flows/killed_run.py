"""Makes a pass that kills its own process, without a word, when a step begins."""

import os
import signal
import sys
from pathlib import Path

from flows.landing import Root
from flows.observer import Observer
from flows.run import RunRequest, run_pass
from flows.settings import Settings


class Killer(Observer):
    """Ends the process at the n-th beginning of a step."""

    def __init__(self, step: str, count: int) -> None:
        self._step = step
        self._left = count

    def at(self, step: str) -> None:
        if step == self._step:
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


def main(data: str, step: str, count: str) -> None:
    settings = Settings(data=Path(data), settle_seconds=0, load_max_files=3)
    request = RunRequest(
        data=settings.data, roots=(Root(settings.data / "landing"),), settings=settings
    )
    run_pass(request, Killer(step, int(count)))


if __name__ == "__main__":
    main(*sys.argv[1:])
