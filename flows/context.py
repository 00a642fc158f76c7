"""What every load of a run shares, and one load at work."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flows.observer import timed

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future
    from contextlib import AbstractContextManager
    from datetime import datetime
    from pathlib import Path

    import duckdb

    from checks.process import CheckProcess
    from checks.waivers import Waivers
    from flows.amendments import Amendments
    from flows.observer import Observer
    from flows.references import References
    from flows.work import LocalWork
    from transforms.enrichment import Known
    from transforms.readers import FieldNames


@dataclass
class LoadContext:
    """What every load of a run shares."""

    data: Path
    run_id: str
    trigger: str
    code_version: str
    accepted: frozenset[str]
    is_dry_run: bool
    connection: duckdb.DuckDBPyConnection
    references: References
    field_names: FieldNames
    checker: CheckProcess
    observer: Observer
    scratch: Path
    call: Callable[..., Any]
    known: Future[Known]
    work: LocalWork
    waivers: Waivers
    amendments: Amendments
    by: str | None = None


@dataclass
class Load:
    """One load at work.

    Attributes:
        load_id: its id.
        started_at: when it began, UTC.
        step_seconds: seconds by step.
        counts: what is known of it by now, for those who watch: files, records,
            articles, rows.
    """

    load_id: str
    started_at: datetime
    step_seconds: dict[str, float] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def step(self, name: str, observer: Observer) -> AbstractContextManager[None]:
        """Time a step and tell the observer that it begins, and that it has ended."""
        return timed(
            name,
            observer,
            self.step_seconds,
            load_id=self.load_id,
            counts=self.counts,
        )
