"""The log of what runs do: one JSON object a line, below the data folder.

The same events go through Python's `logging`, logger ``qoima``, which Prefect's server
takes up where a run is a flow. No event holds anything of an article's text, nor what
an error says, which may quote one: logs are kept apart and nothing in them can be
forgotten.
"""

from __future__ import annotations

import json
import logging
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

from flows.log_file import RotatingLines
from flows.observer import Observer, Step

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from types import TracebackType

    from flows.settings import Settings
    from flows.summary import RunSummary
    from warehouse.audit import LoadRow

LOGGER = "qoima"
#: Where the log lies in the data folder, unless the setting log_file says otherwise.
LOG_FILE = "logs/qoima.jsonl"
#: The record's attribute that holds what the event tells.
_FIELDS = "qoima"
_LOG = logging.getLogger(LOGGER)
# Without a handler Python would print warnings; whoever wants events adds one.
_LOG.addHandler(logging.NullHandler())
_LOG.propagate = False
#: Of the audit row, what a load's event tells.
_OF_A_LOAD = (
    "status",
    "trigger",
    "files_read",
    "files_loaded",
    "files_unchanged",
    "files_duplicate",
    "files_quarantined",
    "files_held",
    "records_read",
    "articles_loaded",
    "articles_unchanged",
    "articles_rejected",
)
#: Of a run's account, what its event does not tell: lines for people.
_NOT_OF_A_RUN = ("run_id", "load_ids", "messages", "notes", "step_seconds")
_LEVELS = {"succeeded": logging.INFO, "blocked": logging.ERROR, "failed": logging.ERROR}


def log_path(settings: Settings) -> Path:
    """Where the log of a workspace lies."""
    return settings.log_file or settings.data / LOG_FILE


class EventLog(Observer):
    """Gives each event to the logger ``qoima``, and to the log file."""

    def __init__(self, settings: Settings, *, is_file_kept: bool) -> None:
        """Remember where to; nothing is opened yet.

        Args:
            settings: where the file lies, how large it may get, how much goes in.
            is_file_kept: whether there is to be a file at all.
        """
        self._settings = settings
        self._handler: _FileHandler | None = None
        if is_file_kept and settings.log_level != "off":
            self._handler = _FileHandler(
                RotatingLines(
                    log_path(settings), int(settings.log_max_size), settings.log_files
                )
            )
            self._handler.setLevel(settings.log_level.upper())
        self._run_id = ""

    def run_begins(self, run_id: str, trigger: str, *, is_dry_run: bool) -> None:
        """A run holds the warehouse and begins."""
        self._run_id = run_id
        fields = {"trigger": trigger} | ({"is_dry_run": True} if is_dry_run else {})
        self._tell("run_begun", f"run {run_id} begins, {trigger}", fields)

    def run_ends(self, summary: RunSummary) -> None:
        """It came to its end."""
        fields = {
            name: value
            for name, value in asdict(summary).items()
            if name not in _NOT_OF_A_RUN
        }
        self._tell(
            "run_ended",
            f"run {summary.run_id} {summary.status}: {summary.files_seen} files seen, "
            f"{summary.articles_loaded} articles loaded in {summary.seconds:.1f} s",
            fields | {"loads": len(summary.load_ids)},
            _LEVELS.get(summary.status, logging.ERROR),
        )

    def run_fails(self, run_id: str, error: BaseException) -> None:
        """It was ended by an error."""
        fields = {"status": "failed", "error": type(error).__name__}
        if isinstance(error, OSError) and error.strerror:  # the system's own words
            fields["reason"] = error.strerror
        words = ": ".join(list(fields.values())[1:])
        self._tell("run_ended", f"run {run_id} failed: {words}", fields, logging.ERROR)

    def at(self, step: str) -> None:
        """A step begins: for those who look where a run hangs."""
        self._tell("step_begun", f"{step} begins", {"step": step}, logging.DEBUG)

    def step_ends(self, step: Step) -> None:
        """A step has ended."""
        fields: dict[str, Any] = {
            "load_id": step.load_id,
            "step": step.name,
            "result": step.result,
            "seconds": round(step.seconds, 4),
            **step.counts,
        }
        if step.error:
            fields["error"] = step.error
        counts = ", ".join(f"{count} {name}" for name, count in step.counts.items())
        self._tell(
            "step",
            f"{step.name} {step.result} in {step.seconds:.2f} s"
            + (f" ({counts})" if counts else ""),
            {name: value for name, value in fields.items() if value is not None},
            logging.ERROR if step.error else logging.INFO,
        )

    def load_ends(self, row: LoadRow) -> None:
        """A load was committed, blocked, or has failed."""
        values = asdict(row)
        fields = {"load_id": row.load_id} | {name: values[name] for name in _OF_A_LOAD}
        fields["seconds"] = round((row.finished_at - row.started_at).total_seconds(), 3)
        if row.status == "blocked":
            fields["rules"] = (row.status_reason or "").split(", ")
        elif row.status_reason:
            fields["error"] = row.status_reason.partition(":")[0]
        word = "committed" if row.status == "succeeded" else row.status
        self._tell(
            f"load_{word}",
            f"load {row.load_id} {word}: {row.files_read} files, "
            f"{row.articles_loaded} articles",
            fields,
            _LEVELS.get(row.status, logging.ERROR),
        )

    def noted(self, event: str, lines: Sequence[str]) -> None:
        """Something else was done to the warehouse."""
        if lines:
            self._tell(event, "; ".join(lines), {"lines": list(lines)})

    def __enter__(self) -> Self:
        """Add the log file to the logger."""
        if self._handler:
            _LOG.addHandler(self._handler)
        levels = [self._handler.level] if self._handler else []
        _LOG.setLevel(min([logging.INFO, *levels]))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take it away, and close it."""
        if self._handler:
            _LOG.removeHandler(self._handler)
            self._handler.close()

    def _tell(
        self,
        event: str,
        message: str,
        fields: dict[str, Any],
        level: int = logging.INFO,
    ) -> None:
        if _LOG.isEnabledFor(level):
            told = {"event": event, "run_id": self._run_id} | fields
            _LOG.log(level, "%s", message, extra={_FIELDS: told})


class _FileHandler(logging.Handler):
    """Writes what events tell as lines of JSON; trouble with the disk stops nothing."""

    def __init__(self, lines: RotatingLines) -> None:
        super().__init__()
        self._lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        """Write one event."""
        at = datetime.fromtimestamp(record.created, UTC)
        told = {
            "at": f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03d}Z",
            "level": record.levelname.lower(),
            **getattr(record, _FIELDS, {"event": record.getMessage()}),
        }
        self._lines.write(json.dumps(told, ensure_ascii=False) + "\n")

    def close(self) -> None:
        """Close the file."""
        self._lines.close()
        super().close()
