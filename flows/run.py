"""One pass: from the landing folder to the published reports.

A pass that finds nothing new stops after a look at sizes and times, so what only
the work itself needs (Polars, Great Expectations, Prefect) is imported there.
"""

from __future__ import annotations

import secrets
import shutil
import tempfile
import time
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.dead_runs import recover_others
from flows.errors import UserError
from flows.landing import Root, settle
from flows.observer import Observer, timed, told
from flows.place import is_in_lake, place_warehouse
from flows.plan import Plan, cut_batches, cut_waiting, look
from flows.reprocessing.pending import unfinished
from flows.summary import RunSummary
from flows.watch import watched
from warehouse.catalog import has_readers_schema, has_warehouse, open_warehouse
from warehouse.lake_writer import finish_run, write_through
from warehouse.lock import writer_lock
from warehouse.marker import clear_marker, read_marker
from warehouse.migrate import applied_migrations, read_version
from warehouse.publish import publish
from warehouse.restore import finish_swap

if TYPE_CHECKING:
    from collections.abc import Callable

    import duckdb

    from checks.process import CheckProcess
    from flows.context import LoadContext
    from flows.settings import Settings

WAREHOUSE = "warehouse.duckdb"
REPORTS = "reports.duckdb"
LANDING = "landing"
STAGE = "stage"
_SCRATCH = "batch-"


@dataclass(frozen=True)
class RunRequest:
    """What a pass is to do.

    Attributes:
        data: the data folder.
        roots: the folders or files to look at.
        accepted: ids of critical rules that may fail in this run.
        is_dry_run: do all the work in a transaction that is rolled back.
        replay: file_ids to read again from the raw zone instead of looking at roots.
        by: who asked for the replay, if that is told.
        checker: a running check process to use; None to start one.
        run_id: of a run that makes several passes; None for one of its own.
        is_published: whether readers are to see it; a later pass publishes if not.
    """

    data: Path
    roots: tuple[Root, ...]
    settings: Settings
    trigger: str = "manual"
    accepted: frozenset[str] = frozenset()
    is_dry_run: bool = False
    replay: frozenset[int] = frozenset()
    by: str | None = None
    checker: CheckProcess | None = None
    run_id: str | None = None
    is_published: bool = True


class Engine:
    """Runs the steps as plain calls; `flows.flow` has one that runs them as tasks.

    Attributes:
        makes_tasks: whether steps are tasks of a flow run right now.
    """

    makes_tasks = False

    def execute(self, work: Callable[[], None]) -> None:
        """Run the work of a pass."""
        work()

    def call(self, name: str, step: Callable[..., Any], *arguments: Any) -> Any:  # noqa: ARG002 - an engine of tasks names them
        """Run one step."""
        return step(*arguments)


@dataclass
class _Pass:
    """One pass at work: what is asked, how it runs, and its account."""

    request: RunRequest
    summary: RunSummary
    observer: Observer
    engine: Engine
    now: datetime
    was_cut_off: bool = False


def run_pass(
    request: RunRequest,
    observer: Observer | None = None,
    engine: Engine | None = None,
) -> RunSummary:
    """Pick up what is new, load it, publish it.

    Returns:
        The account of the pass.

    Raises:
        WarehouseBusyError: another run holds the warehouse; nothing was changed.
        WarehouseError: the warehouse does not open.
        ReferenceTableError: a reference table is wrong; nothing was changed.
    """
    begun = time.perf_counter()
    observer, engine = watched(request, observer), engine or Engine()
    now = datetime.now(UTC)
    summary = RunSummary(run_id=request.run_id or new_id(now))
    data = request.data
    place_warehouse(request.settings, data)
    with ExitStack() as stack:
        stack.enter_context(observer)
        if data.exists() or not request.is_dry_run:
            try:
                data.mkdir(parents=True, exist_ok=True)
                stack.enter_context(writer_lock(data, run_id=summary.run_id, now=now))
            except OSError as error:
                message = f"{data}: this cannot be the data folder: {error.strerror}."
                raise UserError(message) from error
            stack.enter_context(told(observer, summary, request))
            if not request.is_dry_run:
                finish_swap(data)
        is_stale = _pass_under_lock(_Pass(request, summary, observer, engine, now))
        is_last = request.is_published or summary.status != "succeeded"
        if is_last and not request.is_dry_run:
            is_stale |= _tidy(request, observer, summary, now)
            if is_stale:
                with timed("publish", observer, summary.step_seconds):
                    engine.call("publish", publish, data / WAREHOUSE, data / REPORTS)
                clear_marker(data)
            if request.settings.site:
                _build_site(request, observer, engine, summary, is_stale=is_stale)
    summary.seconds = round(time.perf_counter() - begun, 3)
    return summary


def _tidy(
    request: RunRequest, observer: Observer, summary: RunSummary, now: datetime
) -> bool:
    """Once a day, let old things go; True if the warehouse has to be published."""
    from flows.tidy_due import is_due

    if not is_due(request.data, now):
        return False
    from flows.tidy import tidy_after_run

    with timed("tidy", observer, summary.step_seconds):
        is_changed, notes = tidy_after_run(request.data, request.settings, now)
    summary.notes += notes
    observer.noted("tidy", notes)
    return is_changed


def _build_site(
    request: RunRequest,
    observer: Observer,
    engine: Engine,
    summary: RunSummary,
    *,
    is_stale: bool,
) -> None:
    """Bring the site up to what was published; nothing to do if nothing was."""
    from flows.site import build_after_run, site_is_there

    if not is_stale and site_is_there(request.settings):
        return
    with timed("site", observer, summary.step_seconds):
        trouble = engine.call("site", build_after_run, request.settings)
    if trouble:
        summary.messages.append(trouble)


def _pass_under_lock(this: _Pass) -> bool:
    """Do the pass; True if readers have not got the warehouse's last state."""
    request = this.request
    warehouse = request.data / WAREHOUSE
    in_memory = request.is_dry_run and not has_warehouse(warehouse)
    with closing(
        open_warehouse(
            None if in_memory else warehouse,
            now=this.now,
            may_migrate=not request.is_dry_run,
        )
    ) as connection:
        migrated = migration_notes(connection, since=this.now)
        this.summary.notes += migrated
        this.observer.noted("migration", migrated)
        is_stale = not has_readers_schema(connection, request.data / REPORTS)
        if not request.is_dry_run:
            this.was_cut_off = recover(connection, request.data, this.now)
            is_stale |= this.was_cut_off
            this.summary.notes += unfinished(request.data)
        plan = look(this.request, connection, this.summary, this.observer)
        if plan.count or plan.has_held or request.replay:
            this.engine.execute(lambda: _work(this, connection, plan))
            is_stale |= bool(this.summary.load_ids)
        if request.is_dry_run:
            return False
        if request.settings.landing_after != "keep":
            _clear_landing(this, connection, plan)
        finish_run(connection)
        if is_stale:
            write_through(connection)
    return is_stale


def _clear_landing(
    this: _Pass, connection: duckdb.DuckDBPyConnection, plan: Plan
) -> None:
    from flows.afterwards import clear_landing

    this.observer.at("landing")
    for root, listed in plan.listed:
        clear_landing(
            connection, this.request.data, root, listed, this.request.settings
        )


def _work(this: _Pass, connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """Load what is new, batch by batch, then what still waits from earlier loads."""
    from checks.process import CheckProcess
    from flows.amendments import Amendments
    from flows.context import LoadContext
    from flows.known import start_loading
    from flows.references import load_references
    from flows.work import open_work
    from transforms.readers import FieldNames

    request = this.request
    with ExitStack() as stack:
        checker = request.checker or stack.enter_context(CheckProcess())
        references = load_references(request.settings.seeds)
        known = start_loading(references)
        scratch = stack.enter_context(_scratch(request))
        context = LoadContext(
            data=request.data,
            run_id=this.summary.run_id,
            trigger=request.trigger,
            code_version=metadata.version("qoima"),
            accepted=request.accepted,
            is_dry_run=request.is_dry_run,
            connection=connection,
            references=references,
            field_names=FieldNames.from_rows(references.field_names.rows()),
            checker=checker,
            observer=this.observer,
            scratch=scratch,
            call=this.engine.call,
            known=known,
            work=stack.enter_context(
                open_work(request.settings, this.engine, references, known, scratch)
            ),
            waivers=references.waivers_on(this.now.date()),
            amendments=Amendments.of(references),
            by=request.by,
            unpublished=_unpublished(this, connection),
        )
        this.summary.messages += context.waivers.ran_out()
        if request.is_dry_run:
            connection.execute("begin")
            stack.callback(connection.rollback)
        _load_everything(context, this, plan)


def _unpublished(this: _Pass, connection: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Runs whose loads readers have not seen: there are none but after a cut-off."""
    if not this.was_cut_off:
        return frozenset()
    from warehouse.restatements import unpublished_runs

    return unpublished_runs(connection, this.request.data / REPORTS)


def _load_everything(context: LoadContext, this: _Pass, plan: Plan) -> None:
    """Every batch of the roots, then what the raw zone still holds back."""
    from flows.archives import expand
    from flows.context import Load
    from flows.inputs import inputs_from_raw, read_inputs, remember_archives
    from flows.load import load_batch
    from warehouse.ledger import held_files, raw_copies

    request, summary = this.request, this.summary
    max_file_size = int(request.settings.max_file_size)
    context.observer.files_found(plan.count)
    done: set[int] = set()
    for root, candidates in plan.candidates:
        context.observer.at("settle")
        settled, pending = settle(
            candidates, settle_seconds=request.settings.settle_seconds
        )
        summary.files_pending += len(pending)
        entries, archives = expand(
            settled, max_unpacked_size=int(request.settings.max_unpacked_size)
        )
        summary.files_seen += len(entries) - len(settled)
        for batch in cut_batches(entries, request.settings):
            load = Load(new_id(now := datetime.now(UTC)), now)
            with load.step("pick up", context.observer):
                inputs, changed = context.call(
                    "pick up", read_inputs, batch, root.root_id, max_file_size
                )
                load.counts["files"] = inputs.height
            summary.files_pending += len(changed)
            done.update(inputs["file_id"])
            while inputs.height:
                inputs = load_batch(context, load, inputs, summary)
                load = Load(new_id(now := datetime.now(UTC)), now)
        archives += root.archives
        if archives and not request.is_dry_run:
            remember_archives(context.connection, archives, root.root_id)
    waiting = (
        raw_copies(context.connection, request.replay)
        if request.replay
        else held_files(context.connection, without=done)
    )
    summary.files_seen += waiting.height
    for part in cut_waiting(waiting, request.settings):
        inputs = inputs_from_raw(request.data, part)
        replay = request.replay.intersection(part["file_id"])
        while inputs.height:
            load = Load(new_id(now := datetime.now(UTC)), now)
            inputs = load_batch(context, load, inputs, summary, replay=replay)


def migration_notes(
    connection: duckdb.DuckDBPyConnection, *, since: datetime
) -> list[str]:
    """A line that says what opening the warehouse changed of its schema, if it did."""
    names = applied_migrations(connection, since=since)
    if not names:
        return []
    version = read_version(connection)
    return [
        f"The warehouse was brought up to date, to schema {version}: {', '.join(names)}"
    ]


def recover(connection: duckdb.DuckDBPyConnection, data: Path, now: datetime) -> bool:
    """Close what a killed run left open; True if it has to be published."""
    is_closed = recover_others(connection, data, now)
    marker = read_marker(data)
    if marker is None:
        return is_closed
    from warehouse.audit import close_interrupted
    from warehouse.raw import remove_parts

    remove_parts(data, marker.load_id if is_in_lake(data) else None)
    for scratch in (data / STAGE).glob(f"{_SCRATCH}*"):
        shutil.rmtree(scratch, ignore_errors=True)
    close_interrupted(
        connection, marker, data, now=now, code_version=metadata.version("qoima")
    )
    return True


def _scratch(request: RunRequest) -> Any:
    """A folder for the check's batch, gone when the run ends."""
    stage = request.data / STAGE
    if request.is_dry_run and not request.data.exists():
        parent = None
    else:
        stage.mkdir(exist_ok=True)
        parent = stage
    return _PathFolder(dir=parent, prefix=_SCRATCH)


class _PathFolder(tempfile.TemporaryDirectory[str]):
    """A temporary folder that is entered as a path."""

    def __enter__(self) -> Path:  # type: ignore[override]
        return Path(self.name).resolve()


def new_id(now: datetime) -> str:
    """A time-ordered id of a run or a load."""
    return f"{now:%Y%m%dT%H%M%S}{now.microsecond // 1000:03d}Z-{secrets.token_hex(3)}"
