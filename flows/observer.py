"""Tells whoever watches what a run is doing: a terminal, a test, or nobody."""

from __future__ import annotations

import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterator, MutableMapping, Sequence
    from types import TracebackType

    from flows.run import RunRequest
    from flows.summary import RunSummary
    from warehouse.audit import LoadRow


@dataclass(frozen=True)
class Step:
    """A step that has ended.

    Attributes:
        name: the step.
        load_id: its load; None where it is a step of the run.
        began_ns: when it began, nanoseconds since 1970.
        seconds: how long it took.
        counts: what is known by now of the load: files, records, articles, rows.
        error: what kind of error ended it; never what the error says, which may
            quote an article.
    """

    name: str
    load_id: str | None
    began_ns: int
    seconds: float
    counts: dict[str, int] = field(default_factory=dict)
    error: str | None = None

    @property
    def result(self) -> str:
        """How it ended: ok or failed."""
        return "failed" if self.error else "ok"


class Observer:
    """Watches nothing; the base of those that do."""

    def run_begins(self, run_id: str, trigger: str, *, is_dry_run: bool) -> None:
        """A run holds the warehouse and begins."""

    def run_ends(self, summary: RunSummary) -> None:
        """It came to its end, whatever its status."""

    def run_fails(self, run_id: str, error: BaseException) -> None:
        """It was ended by an error."""

    def at(self, step: str) -> None:
        """A step begins."""

    def step_ends(self, step: Step) -> None:
        """A step has ended, well or by an error."""

    def load_ends(self, row: LoadRow) -> None:
        """A load was committed or blocked, or has failed: its audit row says which."""

    def noted(self, event: str, lines: Sequence[str]) -> None:
        """Something else was done to the warehouse, such as a migration."""

    def files_found(self, count: int) -> None:
        """So many files are to be read."""

    def file_done(self) -> None:
        """A file has been read."""

    def articles_done(self, count: int) -> None:
        """So many articles have been made."""

    def __enter__(self) -> Self:
        """Begin to watch."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop watching."""


class Observers(Observer):
    """Tells several observers, in their order."""

    def __init__(self, *observers: Observer) -> None:
        """Those to be told."""
        self._observers = observers
        self._stack = ExitStack()

    def run_begins(self, run_id: str, trigger: str, *, is_dry_run: bool) -> None:
        """Tell all."""
        for observer in self._observers:
            observer.run_begins(run_id, trigger, is_dry_run=is_dry_run)

    def run_ends(self, summary: RunSummary) -> None:
        """Tell all."""
        for observer in self._observers:
            observer.run_ends(summary)

    def run_fails(self, run_id: str, error: BaseException) -> None:
        """Tell all."""
        for observer in self._observers:
            observer.run_fails(run_id, error)

    def at(self, step: str) -> None:
        """Tell all."""
        for observer in self._observers:
            observer.at(step)

    def step_ends(self, step: Step) -> None:
        """Tell all."""
        for observer in self._observers:
            observer.step_ends(step)

    def load_ends(self, row: LoadRow) -> None:
        """Tell all."""
        for observer in self._observers:
            observer.load_ends(row)

    def noted(self, event: str, lines: Sequence[str]) -> None:
        """Tell all."""
        for observer in self._observers:
            observer.noted(event, lines)

    def files_found(self, count: int) -> None:
        """Tell all."""
        for observer in self._observers:
            observer.files_found(count)

    def file_done(self) -> None:
        """Tell all."""
        for observer in self._observers:
            observer.file_done()

    def articles_done(self, count: int) -> None:
        """Tell all."""
        for observer in self._observers:
            observer.articles_done(count)

    def __enter__(self) -> Self:
        """Begin to watch with all."""
        for observer in self._observers:
            self._stack.enter_context(observer)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop watching."""
        self._stack.close()


@contextmanager
def timed(
    name: str,
    observer: Observer,
    seconds: MutableMapping[str, float],
    *,
    load_id: str | None = None,
    counts: MutableMapping[str, int] | None = None,
) -> Iterator[None]:
    """Time a step, and tell the observer when it begins and when it has ended.

    Args:
        name: the step.
        observer: is told.
        seconds: seconds by step, to which its own are added.
        load_id: the load that it is a step of.
        counts: what is known of the load, looked at when the step ends.
    """
    observer.at(name)
    began_ns, begun = time.time_ns(), time.perf_counter()
    failure: str | None = None
    try:
        yield
    except BaseException as error:
        failure = type(error).__name__
        raise
    finally:
        spent = time.perf_counter() - begun
        seconds[name] = round(seconds.get(name, 0) + spent, 4)
        observer.step_ends(
            Step(name, load_id, began_ns, spent, dict(counts or {}), failure)
        )


@contextmanager
def told(
    observer: Observer, summary: RunSummary, request: RunRequest
) -> Iterator[None]:
    """Tell the observer that a run begins, and how it ended."""
    begun = time.perf_counter()
    observer.run_begins(summary.run_id, request.trigger, is_dry_run=request.is_dry_run)
    try:
        yield
    except BaseException as error:
        observer.run_fails(summary.run_id, error)
        raise
    summary.seconds = round(time.perf_counter() - begun, 3)
    observer.run_ends(summary)
