"""What a person at a terminal sees of a run: a line a step, and a progress line."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Literal, Self

from flows.observer import Observer, Step

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from rich.progress import Progress, TaskID

    from warehouse.audit import LoadRow

#: quiet: nothing; auto: what a person wants who watches; verbose: also in a pipe.
Talk = Literal["quiet", "auto", "verbose"]
_NAME_WIDTH, _COUNT_WIDTH = 18, 18
#: What a line counts: the first of these that is known.
_COUNTED = ("articles", "records", "files")


def observer_for_terminal(talk: Talk = "auto") -> Observer:
    """Lines and a progress line where a person watches, nothing in a pipe.

    Args:
        talk: what is wanted instead: lines in a pipe too, or nothing at all.
    """
    if talk == "quiet":
        return Observer()
    if sys.stderr.isatty():
        return TerminalObserver()
    return StepLines(write_line) if talk == "verbose" else Observer()


def step_line(step: Step) -> str:
    """One line of a step: its name, what it had in hand, how long it took."""
    counted = next((name for name in _COUNTED if name in step.counts), None)
    count = f"{step.counts[counted]:,} {counted}" if counted else ""
    failed = f"  {step.error}" if step.error else ""
    return (
        f"{step.name:<{_NAME_WIDTH}} {count:>{_COUNT_WIDTH}} {step.seconds:>8.2f} s"
        f"{failed}"
    )


class StepLines(Observer):
    """One line for each step that ends, and for each load."""

    def __init__(self, write: Callable[[str], None]) -> None:
        """Say where lines go."""
        self._write_line = write

    def step_ends(self, step: Step) -> None:
        """Write the step's line."""
        self._write_line(step_line(step))

    def load_ends(self, row: LoadRow) -> None:
        """Write what became of the load."""
        seconds = (row.finished_at - row.started_at).total_seconds()
        count = f"{row.articles_loaded:,} articles"
        self._write_line(
            f"{'load ' + row.status:<{_NAME_WIDTH}} {count:>{_COUNT_WIDTH}} "
            f"{seconds:>8.2f} s  {row.load_id}"
        )


class TerminalObserver(StepLines):
    """Lines of steps, and below them a progress line: files, articles, step."""

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

        console = Console(stderr=True)
        super().__init__(
            lambda line: console.print(
                line, style="dim", markup=False, highlight=False, soft_wrap=True
            )
        )
        self._progress: Progress = Progress(
            TextColumn("{task.fields[step]:<14}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("files  {task.fields[articles]} articles"),
            TimeElapsedColumn(),
            console=console,
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


def write_line(line: str) -> None:
    """Write one line for whoever watches."""
    sys.stderr.write(f"{line.rstrip()}\n")
