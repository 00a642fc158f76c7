"""What every load of a run shares, and one load at work."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future
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
    """One load at work."""

    load_id: str
    started_at: datetime
    step_seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str, observer: Observer) -> Iterator[None]:
        """Time a step and tell the observer that it begins."""
        observer.at(name)
        begun = time.perf_counter()
        yield
        spent = time.perf_counter() - begun
        self.step_seconds[name] = round(self.step_seconds.get(name, 0) + spent, 4)
