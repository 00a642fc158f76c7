"""What a pass has to do: a look at the roots that reads no file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flows.landing import Found, Root, discover, is_pending_name
from warehouse.ledger import oversized_files, read_hints

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb
    import polars as pl

    from flows.observer import Observer
    from flows.run import RunRequest
    from flows.settings import Settings
    from flows.summary import RunSummary
    from warehouse.ledger import Hint


@dataclass
class Plan:
    """What a look at the roots found."""

    candidates: list[tuple[Root, list[Found]]] = field(default_factory=list)
    listed: list[tuple[Root, list[Found]]] = field(default_factory=list)
    has_held: bool = False

    @property
    def count(self) -> int:
        """How many inputs are to be read."""
        return sum(len(found) for _, found in self.candidates)


def look(
    request: RunRequest,
    connection: duckdb.DuckDBPyConnection,
    summary: RunSummary,
    observer: Observer,
) -> Plan:
    """List the roots and set aside what is known by its size and times.

    Args:
        request: the roots, and the limits.
        connection: the warehouse, for its hints.
        summary: the run's account, to which what is set aside is added.
        observer: is told that the step begins.
    """
    plan = Plan()
    if request.replay:
        return plan
    observer.at("discover")
    oversized = oversized_files(connection)
    max_file_size = request.settings.max_file_size
    for root in request.roots:
        listed = discover(root)
        summary.files_seen += len(listed)
        hints = {
            path: hint
            for path, hint in read_hints(connection, root.root_id).items()
            if hint[1] not in oversized or hint[0][0] > max_file_size
        }
        changed = [found for found in listed if not is_known(found, hints)]
        candidates = [found for found in changed if not is_pending_name(found.path)]
        summary.files_unchanged += len(listed) - len(changed)
        summary.files_pending += len(changed) - len(candidates)
        plan.listed.append((root, listed))
        if candidates:
            plan.candidates.append((root, candidates))
    held = connection.execute(
        "select 1 from fact_file where status = 'held' and raw_file is not null limit 1"
    ).fetchone()
    plan.has_held = held is not None
    return plan


def is_known(found: Found, hints: dict[str, tuple[Hint, int]]) -> bool:
    """Whether a file lies there just as it was last read."""
    hint = hints.get(found.path)
    return hint is not None and hint[0] == (
        found.size_bytes,
        found.modified_ns,
        found.changed_ns,
    )


def cut_batches(found: list[Found], settings: Settings) -> Iterator[list[Found]]:
    """Cut a list by the limits of one load; a large file may stand alone."""
    batch: list[Found] = []
    size = 0
    for entry in found:
        taken = min(entry.size_bytes, settings.max_file_size)
        is_full = len(batch) >= settings.load_max_files
        if batch and (is_full or size + taken > settings.load_max_bytes):
            yield batch
            batch, size = [], 0
        batch.append(entry)
        size += taken
    if batch:
        yield batch


def cut_waiting(files: pl.DataFrame, settings: Settings) -> Iterator[pl.DataFrame]:
    """Cut what comes back from the raw zone by the limits of one load.

    Args:
        files: the columns of `warehouse.ledger.raw_copies`; size_bytes among them.
        settings: the limits.
    """
    start = size = 0
    for at, taken in enumerate(files["size_bytes"]):
        is_full = at - start >= settings.load_max_files
        if at > start and (is_full or size + taken > settings.load_max_bytes):
            yield files[start:at]
            start, size = at, 0
        size += taken
    if start < files.height:
        yield files[start:]
