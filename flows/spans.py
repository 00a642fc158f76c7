"""Steps as OpenTelemetry spans, where somebody has set its SDK up.

Qoima brings OpenTelemetry's interface only (Prefect needs it). Whoever wants traces
installs the SDK and starts Qoima under it, such as by ``opentelemetry-instrument``;
that imports the interface before any run begins, and a process in which nobody has
imported it is not traced. Spans carry ids, counts and seconds, never a text.
"""

from __future__ import annotations

import sys
from contextlib import ExitStack
from importlib import metadata
from typing import TYPE_CHECKING

from flows.observer import Observer, Step

if TYPE_CHECKING:
    from types import TracebackType

    from opentelemetry.trace import Span

    from flows.summary import RunSummary
    from warehouse.audit import LoadRow

_INTERFACE = "opentelemetry.trace"
_NANOSECONDS = 1_000_000_000


def is_traced() -> bool:
    """Whether OpenTelemetry is at work in this process; imports nothing."""
    return _INTERFACE in sys.modules


class SpanObserver(Observer):
    """One span a run, with one for each step below it.

    Under Prefect the run is a part of the flow run's span, and a step of its task's.
    """

    def __init__(self) -> None:
        """Nothing is traced yet."""
        from opentelemetry import trace

        self._trace = trace
        self._tracer = trace.get_tracer("qoima", metadata.version("qoima"))
        self._stack = ExitStack()
        self._run_id = ""

    def run_begins(self, run_id: str, trigger: str, *, is_dry_run: bool) -> None:
        """Open the run's span."""
        self._run_id = run_id
        span = self._tracer.start_span(
            "qoima run",
            attributes={
                "qoima.run_id": run_id,
                "qoima.trigger": trigger,
                "qoima.is_dry_run": is_dry_run,
            },
        )
        # What an error says may quote an article.
        self._stack.enter_context(
            self._trace.use_span(
                span,
                end_on_exit=True,
                record_exception=False,
                set_status_on_exception=False,
            )
        )
        self._span = span

    def step_ends(self, step: Step) -> None:
        """Add a span for a step that has ended."""
        span = self._tracer.start_span(
            f"qoima {step.name}",
            start_time=step.began_ns,
            attributes={
                "qoima.run_id": self._run_id,
                "qoima.step": step.name,
                **({"qoima.load_id": step.load_id} if step.load_id else {}),
                **{f"qoima.{name}": count for name, count in step.counts.items()},
            },
        )
        if step.error:
            self._fail(span, step.error)
        span.end(step.began_ns + int(step.seconds * _NANOSECONDS))

    def load_ends(self, row: LoadRow) -> None:
        """Say in the run's span what became of a load."""
        self._span.add_event(
            "qoima load",
            {
                "qoima.load_id": row.load_id,
                "qoima.status": row.status,
                "qoima.files": row.files_read,
                "qoima.articles": row.articles_loaded,
            },
        )

    def run_ends(self, summary: RunSummary) -> None:
        """Say how it ended; leaving closes the span."""
        self._span.set_attributes(
            {
                "qoima.status": summary.status,
                "qoima.files": summary.files_seen,
                "qoima.articles": summary.articles_loaded,
            }
        )
        if summary.status != "succeeded":
            self._fail(self._span, summary.status)

    def run_fails(self, run_id: str, error: BaseException) -> None:
        """Say what kind of error it was."""
        del run_id
        self._fail(self._span, type(error).__name__)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the run's span, if there is one."""
        self._stack.close()

    def _fail(self, span: Span, why: str) -> None:
        span.set_status(self._trace.Status(self._trace.StatusCode.ERROR, why))
