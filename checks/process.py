"""Great Expectations in a process of its own, so that a run need not wait for it.

The import takes seconds; started at the beginning of a run, it is over by the time
the first batch is ready.
"""

from __future__ import annotations

import contextlib
import json
import queue
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NoReturn, Self

from checks.batch_rules import BATCH_RULES
from checks.record_rules import RECORD_RULES
from checks.results import CheckResult, erred

if TYPE_CHECKING:
    from types import TracebackType

#: Import on a slow disk and a batch of a million rows stay far below these.
READY_SECONDS = 120.0
BATCH_SECONDS = 300.0
_CLOSE_SECONDS = 5.0
_LAST_WORDS = 400

#: The package is found where this one lies, behind what is installed; `-P` keeps a
#: folder named `checks` in the user's working folder from being taken for it.
_START = (
    "import sys; sys.path.append(sys.argv.pop(1)); "
    "from checks.worker import main; main()"
)


class CheckProcess:
    """The worker process, as a context manager.

    Example:
        with CheckProcess() as process:  # returns at once
            …
            results = process.run(batch)
    """

    def __init__(
        self,
        *,
        ready_seconds: float = READY_SECONDS,
        batch_seconds: float = BATCH_SECONDS,
    ) -> None:
        """Start the worker without waiting for it.

        Args:
            ready_seconds: how long it may take to import, from now on.
            batch_seconds: how long one batch may take once it is ready.
        """
        self._batch_seconds = batch_seconds
        self._ready_by = time.monotonic() + ready_seconds
        self._is_ready = False
        #: How long the first batch had to wait for the worker's import.
        self.waited_seconds = 0.0
        self._requests = 0
        self._fault: str | None = None
        self._stderr: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - close() does
        self._child = subprocess.Popen(  # noqa: S603 - our own interpreter and code
            [sys.executable, "-P", "-c", _START, str(Path(__file__).parent.parent)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._stderr,
            encoding="utf-8",
        )
        self._answers: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        """The process itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it, also after an error."""
        self.close()

    @property
    def pid(self) -> int:
        """The worker's process id."""
        return self._child.pid

    def run(self, batch: Path) -> list[CheckResult]:
        """Check one batch; wait for the worker where it is still importing.

        Args:
            batch: the narrow batch, Parquet, in a file named with Latin letters,
                digits and ``._-``; the columns are those of the measured records.

        Returns:
            A result for each record and batch rule, in the order of the rules. Where
            the worker dies, hangs or cannot read the batch, every rule has that
            error: a rule that did not run has not passed.
        """
        try:
            answer = self._ask(batch)
        except _WorkerError as fault:
            return _all_erred(str(fault))
        if "error" in answer:
            return _all_erred(f"the batch could not be checked: {answer['error']}")
        return [CheckResult(**result) for result in answer["results"]]

    def close(self) -> None:
        """End the worker and wait for it; safe to call twice."""
        if self._child.stdin and not self._child.stdin.closed:
            # It may have died before it read the last request.
            with contextlib.suppress(OSError):
                self._child.stdin.close()
        try:
            self._child.wait(_CLOSE_SECONDS)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
        self._reader.join(_CLOSE_SECONDS)
        if self._child.stdout:
            self._child.stdout.close()
        self._stderr.close()
        self._fault = self._fault or "the checking process was closed"

    def _ask(self, batch: Path) -> dict[str, Any]:
        if self._fault is not None:
            raise _WorkerError(self._fault)
        self._requests += 1
        request = {"id": self._requests, "batch": str(batch.absolute())}
        self._await_ready()
        self._write(json.dumps(request) + "\n")
        answer = self._next_answer(time.monotonic() + self._batch_seconds)
        if answer.get("id") != self._requests:
            self._fail("the checking process answered another request")
        return answer

    def _await_ready(self) -> None:
        if not self._is_ready:
            begun = time.monotonic()
            self._is_ready = bool(self._next_answer(self._ready_by).get("ready"))
            self.waited_seconds = time.monotonic() - begun

    def _write(self, line: str) -> None:
        if self._child.stdin is None:
            self._fail("the checking process has no input")
        try:
            self._child.stdin.write(line)
            self._child.stdin.flush()
        except OSError:
            self._fail(self._epitaph())

    def _next_answer(self, deadline: float) -> dict[str, Any]:
        try:
            line = self._answers.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            self._child.kill()
            self._fail("the checking process did not answer in time")
        if line is None:
            self._fail(self._epitaph())
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _read(self) -> None:
        if self._child.stdout:
            for line in self._child.stdout:
                self._answers.put(line)
        self._answers.put(None)

    def _fail(self, fault: str) -> NoReturn:
        """Remember the fault: a process that failed once is not asked again."""
        self._fault = fault
        raise _WorkerError(fault)

    def _epitaph(self) -> str:
        """How it ended, with the last of what it wrote to stderr."""
        try:
            code = self._child.wait(_CLOSE_SECONDS)
        except subprocess.TimeoutExpired:
            self._child.kill()
            code = self._child.wait()
        self._stderr.seek(0)
        words = self._stderr.read().decode("utf-8", "replace").strip()
        ended = f"the checking process ended with code {code}"
        return f"{ended}: {words[-_LAST_WORDS:]}" if words else ended


class _WorkerError(Exception):
    """The worker gave no answer; the message says how it ended."""


def _all_erred(fault: str) -> list[CheckResult]:
    return [erred(rule, fault) for rule in (*RECORD_RULES, *BATCH_RULES)]
