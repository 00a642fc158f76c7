"""Tells whoever watches what a run is doing: a terminal, a test, or nobody."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import TracebackType

    from rich.progress import Progress, TaskID


class Observer:
    """Watches nothing; the base of those that do."""

    def at(self, step: str) -> None:
        """A step begins."""

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


class TerminalObserver(Observer):
    """A progress line on the error stream: files, articles, step."""

    def __init__(self) -> None:
        """Make the line; it appears with the first file."""
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeElapsedColumn,
        )

        self._progress: Progress = Progress(
            TextColumn("{task.fields[step]:<14}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("files  {task.fields[articles]} articles"),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task: TaskID = self._progress.add_task(
            "run", step="discover", articles=0, total=None
        )
        self._articles = 0

    def at(self, step: str) -> None:
        """Show the step's name."""
        self._progress.update(self._task, step=step)

    def files_found(self, count: int) -> None:
        """Set the end of the bar."""
        self._progress.update(self._task, total=count)

    def file_done(self) -> None:
        """Move the bar on."""
        self._progress.advance(self._task)

    def articles_done(self, count: int) -> None:
        """Count the articles."""
        self._articles += count
        self._progress.update(self._task, articles=self._articles)

    def __enter__(self) -> Self:
        """Show the line."""
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take the line away."""
        self._progress.stop()


def observer_for_terminal() -> Observer:
    """A progress line where a person watches, none in a pipe."""
    return TerminalObserver() if sys.stderr.isatty() else Observer()
