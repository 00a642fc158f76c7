"""Puts together who watches a run: whoever asked for it, the log, and traces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.event_log import EventLog
from flows.observer import Observer, Observers
from flows.spans import is_traced

if TYPE_CHECKING:
    from flows.run import RunRequest
    from flows.settings import Settings


def watched(request: RunRequest, observer: Observer | None) -> Observer:
    """An observer of a pass that tells the log and traces too.

    Args:
        request: the pass; a dry run keeps nothing, so it leaves no log file either.
        observer: whoever watches besides.
    """
    return watching(request.settings, observer, is_dry_run=request.is_dry_run)


def watching(
    settings: Settings, observer: Observer | None, *, is_dry_run: bool
) -> Observer:
    """The same, of any work on the warehouse.

    Args:
        settings: where the log lies, and what goes into it.
        observer: whoever watches besides.
        is_dry_run: whether nothing is to be kept.
    """
    others: list[Observer] = [EventLog(settings, is_file_kept=not is_dry_run)]
    if is_traced():
        from flows.spans import SpanObserver

        others.append(SpanObserver())
    return Observers(*([observer] if observer else []), *others)
