"""Makes a pass into a lake in a process of its own; may be told to kill itself."""

import json
import os
import signal
import sys
import time
from pathlib import Path

from flows.landing import Root
from flows.observer import Observer
from flows.run import RunRequest, run_pass
from flows.settings import Settings


class Meeting(Observer):
    """Waits for the others where a step begins, or ends the process there."""

    def __init__(self, folder: Path, name: str, count: int, kill_at: str) -> None:
        self._folder, self._name, self._count = folder, name, count
        self._kill_at = kill_at
        self._has_met = False

    def at(self, step: str) -> None:
        if step == self._kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
        if step == "signatures" and not self._has_met:
            # Everyone has judged its inputs before anyone commits.
            self._has_met = True
            (self._folder / f"met-{self._name}").touch()
            deadline = time.monotonic() + 240
            while len(list(self._folder.glob("met-*"))) < self._count:
                if time.monotonic() > deadline:
                    raise TimeoutError
                time.sleep(0.05)


def main(told: str) -> None:
    """Make the pass; ``told`` is JSON: settings, folder, name, count, kill_at."""
    asked = json.loads(told)
    settings = Settings(**asked["settings"], settle_seconds=0)
    request = RunRequest(
        data=settings.data,
        roots=(Root(settings.data / "landing"),),
        settings=settings,
    )
    folder = Path(asked["folder"])
    observer = Meeting(folder, asked["name"], asked["count"], asked["kill_at"])
    summary = run_pass(request, observer)
    sys.stdout.write(json.dumps([summary.status, summary.is_balanced]))


if __name__ == "__main__":
    main(sys.argv[1])
