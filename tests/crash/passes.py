"""A pass over a data folder, as the harness makes and cuts it off."""

from __future__ import annotations

import os
import re
import signal
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import flows.afterwards
import flows.amendments
import flows.archives
import flows.known
import flows.load
import flows.site
import flows.tidy
from checks.batch_rules import BATCH_RULES
from checks.great import BatchChecker
from checks.record_rules import RECORD_RULES
from flows.landing import Root
from flows.observer import Observer
from flows.run import LANDING, RunRequest, run_pass
from flows.settings import Settings

_FILES = 120
#: What Python tells before it changes something on the disk.
_CHANGES = {
    "os.rename": "rename",
    "os.remove": "remove",
    "os.mkdir": "make",
    "os.rmdir": "remove",
    "os.truncate": "truncate",
}
#: Folders whose files are many and alike.
_ALIKE = {"site", "archive", "landing"}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_VARYING = re.compile(r"[0-9a-f]{8,}|\d[\w-]*|batch-\w+")


@dataclass(frozen=True)
class Way:
    """How passes over a data folder are made.

    Attributes:
        is_clearing: files leave the landing folder once they are loaded, and the
            warehouse is written anew by every tidying, however small it is.
    """

    is_clearing: bool = False

    def settings(self, data: Path) -> Settings:
        """Enrichment and site are on; several loads make a pass."""
        return Settings(
            data=data,
            site=True,
            settle_seconds=0,
            load_max_files=_FILES,
            landing_after="archive" if self.is_clearing else "keep",
            compact_free_percent=1 if self.is_clearing else 100,
        )


class Notes(Observer):
    """Writes down each step; kills its own process at the n-th passing of one."""

    def __init__(self, steps: Path, data: Path, target: tuple[str, int] | None) -> None:
        self._target = target
        self._data = str(data)
        self._counts: Counter[str] = Counter()
        self._file = os.open(steps, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)

    def at(self, step: str) -> None:
        self._pass(step)

    def hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Take a change of a file below the data folder for a step as well."""
        if event == "open":
            path, _, flags = arguments
            kind = "write" if isinstance(flags, int) and flags & _WRITING else None
        else:
            path, kind = (arguments or ("",))[0], _CHANGES.get(event)
        if kind is None or not isinstance(path, str | os.PathLike):
            return
        place = os.fspath(path)
        if isinstance(place, str) and place.startswith(self._data + "/"):
            self._pass(f"{kind} {_name(place.removeprefix(self._data + '/'))}")

    def _pass(self, step: str) -> None:
        self._counts[step] += 1
        os.write(self._file, f"{step}\n".encode())
        if (step, self._counts[step]) == self._target:
            os.kill(os.getpid(), signal.SIGKILL)


def is_change(step: str) -> bool:
    """Whether a step that was written down is a change of a file."""
    return step.startswith((*(f"{kind} " for kind in _CHANGES.values()), "write "))


def _name(path: str) -> str:
    """A file's name for all of its kind: pages of one folder are alike."""
    folder, _, name = path.partition("/")
    if folder in _ALIKE and name:
        return f"{folder}/{'*/' * name.count('/')}*{Path(name).suffix}"
    return _VARYING.sub("#", path)


class _Checker:
    """Great Expectations in this process: a fork has imported it already."""

    def __init__(self) -> None:
        self._checker: BatchChecker | None = None

    def run(self, batch: Path) -> Any:
        here = Path.cwd()
        if self._checker is None:
            self._checker = BatchChecker((*RECORD_RULES, *BATCH_RULES))
        try:
            return self._checker.check(batch)
        finally:
            os.chdir(here)


def request_for(data: Path, way: Way) -> RunRequest:
    """What a pass over the landing folder is asked to do."""
    settings = way.settings(data)
    if way.is_clearing:
        flows.tidy._LEAST_FREE = 0
    return RunRequest(
        data=data,
        roots=(Root(data / LANDING),),
        settings=settings,
        checker=_Checker(),  # type: ignore[arg-type] # answers as the process does
    )


def make_pass(data: Path, way: Way, notes: Observer | None = None) -> Any:
    """Make a pass over the landing folder; returns its summary."""
    return run_pass(request_for(data, way), notes)


def noted_pass(
    data: Path, way: Way, steps: Path, target: tuple[str, int] | None = None
) -> Any:
    """Make a pass that writes down its steps, and maybe dies at one."""
    notes = Notes(steps, data, target)
    sys.addaudithook(notes.hear)
    return make_pass(data, way, notes)
