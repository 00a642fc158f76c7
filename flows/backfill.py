"""Loads an archive of years: in the order of its days, a load at a time.

Each load is a pass of its own over a given list of inputs, so memory and the time for
which the warehouse is held are those of one load; the schedule's passes fit in
between. What was loaded is known by the ledger: a backfill that was stopped is started
again and goes on.
"""

from __future__ import annotations

import time
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from flows.archives import MEMBER_MARK, expand
from flows.backfill_order import Dated, cut_by_month, put_in_order
from flows.errors import UserError
from flows.inputs import when
from flows.landing import Found, Root, discover, is_pending_name, settle
from flows.notify import run_and_tell
from flows.plan import is_known
from flows.run import REPORTS, RunRequest, new_id
from flows.stretches import LINES_ENDINGS, cut_lines
from flows.summary import RunSummary
from warehouse.catalog import open_reports
from warehouse.contributions import BACKFILL
from warehouse.ledger import known_members, read_hints
from warehouse.lock import WarehouseBusyError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import duckdb

    from checks.process import CheckProcess
    from flows.observer import Observer
    from flows.run import Engine
    from flows.settings import Settings

BATCH_SIZE = 2_000
PUBLISH_EVERY = 50
_BUSY_SECONDS = 5.0


@dataclass(frozen=True)
class Backfill:
    """What is to be loaded, and how.

    Attributes:
        settings: the workspace.
        roots: folders or files.
        first: only inputs of this day or later.
        last: only inputs of this day or earlier.
        batch_size: articles in one load, about.
        publish_every: loads after which readers see what there is.
        accepted: ids of critical rules that may fail.
        checker: a running check process to use; None to start one.
    """

    settings: Settings
    roots: tuple[Root, ...]
    first: date | None = None
    last: date | None = None
    batch_size: int = BATCH_SIZE
    publish_every: int = PUBLISH_EVERY
    accepted: frozenset[str] = frozenset()
    checker: CheckProcess | None = None


@dataclass(frozen=True)
class Progress:
    """How far a backfill is.

    Attributes:
        days: first and last day of the load that ended.
        files: inputs dealt with.
        of_files: inputs that were to be.
        articles: articles loaded so far.
        seconds_left: an estimate, by the bytes that are left.
    """

    days: tuple[date, date]
    files: int
    of_files: int
    articles: int
    seconds_left: float


@dataclass
class Work:
    """Everything that is to be read."""

    inputs: list[Dated] = field(default_factory=list)
    archives: list[tuple[Root, Found]] = field(default_factory=list)
    unchanged: int = 0
    pending: int = 0


def backfill(
    asked: Backfill,
    observer: Observer | None = None,
    engine: Engine | None = None,
    on_load: Callable[[Progress], None] = lambda _: None,
) -> RunSummary:
    """Load what is not yet loaded, the oldest first, and publish at the end.

    A load that is blocked ends it; what was loaded before stays, and is published.

    Args:
        asked: what, and how.
        observer: watches each pass.
        engine: runs the steps.
        on_load: is told after each load.

    Returns:
        One account of all; inputs outside of the days asked for are not in it.

    Raises:
        WarehouseBusyError: another run held the warehouse at the beginning.
        UserError: a path or an option is wrong.
    """
    if asked.first and asked.last and asked.first > asked.last:
        message = f"--from {asked.first} is after --to {asked.last}."
        raise UserError(message)
    begun = time.perf_counter()
    total = RunSummary(new_id(datetime.now(UTC)))
    request = RunRequest(
        data=asked.settings.data,
        roots=(),
        settings=asked.settings.model_copy(
            update={
                "settle_seconds": 0.0,
                "load_max_files": asked.batch_size,
                "landing_after": "keep",
            }
        ),
        trigger=BACKFILL,
        accepted=asked.accepted,
        checker=asked.checker,
        run_id=total.run_id,
    )
    # Ends what an earlier one left: readers then have all that the ledger knows.
    first = run_and_tell(replace(request, settings=_no_site(request)), observer, engine)
    _add(total, first)
    if first.status == "succeeded":
        work = find_work(asked)
        _add_listing(total, work)
        _load_all(asked, request, work, total, _Runner(observer, engine, on_load))
    total.seconds = round(time.perf_counter() - begun, 3)
    return total


def _no_site(request: RunRequest) -> Settings:
    return request.settings.model_copy(update={"site": False})


@dataclass(frozen=True)
class _Runner:
    observer: Observer | None
    engine: Engine | None
    on_load: Callable[[Progress], None]

    def run(self, request: RunRequest) -> RunSummary:
        """Make one pass; waits where another run is at work."""
        while True:
            try:
                return run_and_tell(request, self.observer, self.engine)
            except WarehouseBusyError:
                time.sleep(_BUSY_SECONDS)


def _load_all(
    asked: Backfill,
    request: RunRequest,
    work: Work,
    total: RunSummary,
    runner: _Runner,
) -> None:
    from checks.process import CheckProcess

    if not work.inputs:
        return
    loads = _loads(asked, work)
    sizes = [sum(one.found.size_bytes + 1 for one in load) for load in loads]
    done = {"files": 0, "bytes": 0}
    begun = time.perf_counter()
    with ExitStack() as stack:
        checker = request.checker or stack.enter_context(CheckProcess())
        for number, (load, roots, size) in enumerate(
            zip(loads, _roots_of(loads, work.archives), sizes, strict=True), 1
        ):
            is_published = number == len(loads) or number % asked.publish_every == 0
            this = replace(
                request, roots=roots, checker=checker, is_published=is_published
            )
            if number < len(loads):  # the site is built once, at the end
                this = replace(this, settings=_no_site(this))
            summary = runner.run(this)
            _add(total, summary)
            done["files"] += len(load)
            done["bytes"] += size
            rate = (time.perf_counter() - begun) / done["bytes"]
            runner.on_load(
                Progress(
                    (min(one.day for one in load), max(one.day for one in load)),
                    done["files"],
                    len(work.inputs),
                    total.articles_loaded,
                    rate * (sum(sizes) - done["bytes"]),
                )
            )
            if summary.status != "succeeded":
                return


def _loads(asked: Backfill, work: Work) -> list[list[Dated]]:
    most_bytes = int(asked.settings.load_max_bytes)
    return list(cut_by_month(work.inputs, asked.batch_size, most_bytes))


def _roots_of(
    loads: Sequence[list[Dated]], archives: list[tuple[Root, Found]]
) -> Iterator[tuple[Root, ...]]:
    """What each load reads, and the archives that are read to their end with it."""
    last_load = {
        one.found.location: number for number, load in enumerate(loads) for one in load
    }
    for number, load in enumerate(loads):
        listed: dict[Root, list[Found]] = {}
        for one in load:
            listed.setdefault(one.root, []).append(one.found)
        yield tuple(
            replace(
                root,
                listed=tuple(found),
                archives=tuple(
                    archive
                    for its_root, archive in archives
                    if its_root == root and last_load.get(archive.location) == number
                ),
            )
            for root, found in listed.items()
        )


def find_work(asked: Backfill) -> Work:
    """List the inputs, without those that are known, with their days."""
    work = Work()
    today = datetime.now(UTC).date()
    with closing(open_reports(asked.settings.data / REPORTS)) as connection:
        for root in asked.roots:
            listed, opened = _list_root(asked.settings, root, connection, work)
            has_all = asked.first is None and asked.last is None
            if has_all:  # or members outside of the days would never be read
                work.archives += [(root, archive) for archive in opened]
            for one in put_in_order(root, listed, today=today):
                is_after = asked.first is None or one.day >= asked.first
                if is_after and (asked.last is None or one.day <= asked.last):
                    work.inputs.append(one)
    return work


def _list_root(
    settings: Settings, root: Root, connection: duckdb.DuckDBPyConnection, work: Work
) -> tuple[list[Found], list[Found]]:
    """The inputs of a root that are to be read, and archives that were opened."""
    hints = read_hints(connection, root.root_id)
    found = discover(root)
    new = [entry for entry in found if not is_known(entry, hints)]
    work.unchanged += len(found) - len(new)
    whole = [entry for entry in new if not is_pending_name(entry.path)]
    settled, pending = settle(whole, settle_seconds=settings.settle_seconds)
    work.pending += len(new) - len(whole) + len(pending)
    inputs: list[Found] = []
    archives: list[Found] = []
    for entry in settled:
        members, opened = expand(
            [entry], max_unpacked_size=int(settings.max_unpacked_size)
        )
        if not opened:
            members = _cut(entry) if members == [entry] else members
            opened = [entry] if len(members) > 1 else []
        if opened:
            known = known_members(connection, f"{entry.path}{MEMBER_MARK}")
            fresh = [one for one in members if not _is_known(one, known)]
            work.unchanged += len(members) - len(fresh)
            members = fresh
            archives.append(entry)
        inputs += members
    return inputs, archives


def _cut(entry: Found) -> list[Found]:
    """A dump of JSON lines in parts; anything else as it is."""
    if entry.reason_code or not entry.path.lower().endswith(LINES_ENDINGS):
        return [entry]
    try:
        return cut_lines(entry, mark=MEMBER_MARK)
    except (OSError, EOFError):  # told when it is read
        return [entry]


def _is_known(member: Found, known: set[tuple[str, int, datetime]]) -> bool:
    return (member.path, member.size_bytes, when(member.modified_ns)) in known


def _add_listing(total: RunSummary, work: Work) -> None:
    total.files_seen += work.unchanged + work.pending
    total.files_unchanged += work.unchanged
    total.files_pending += work.pending


def _add(total: RunSummary, part: RunSummary) -> None:
    """Add the account of one pass to that of all."""
    for one in fields(RunSummary):
        mine, its = getattr(total, one.name), getattr(part, one.name)
        if one.name in ("run_id", "seconds"):
            continue
        if isinstance(its, dict):
            for step, seconds in its.items():
                mine[step] = round(mine.get(step, 0) + seconds, 4)
        elif isinstance(its, list):
            mine += [line for line in its if line not in mine]
        elif isinstance(its, int):
            setattr(total, one.name, mine + its)
    if part.status != "succeeded":
        total.status = part.status
