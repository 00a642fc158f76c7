"""Reads again what is loaded, where a step, a table or a rule has changed since."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flows.amendments import STEPS as AMENDMENTS
from flows.known import load_known
from flows.observer import Observer, timed
from flows.references import load_references
from flows.reprocessing.loads import ALL, Again, Reprocessed
from flows.reprocessing.parts import Amending, Linking, Reading, Searching
from flows.reprocessing.pending import Pending, clear_pending, write_pending
from flows.reprocessing.rereading import Rereading
from flows.run import REPORTS, WAREHOUSE, migration_notes, new_id, recover
from flows.search import SEARCH
from flows.site import build_after_run
from flows.versions import COPIES, RAW_STEPS
from transforms.enrichment import steps
from warehouse.behind import EVERYTHING, Scope
from warehouse.catalog import has_readers_schema, open_warehouse
from warehouse.lake_writer import finish_run, keep_turn, write_through
from warehouse.lock import writer_lock
from warehouse.marker import clear_marker
from warehouse.publish import publish
from warehouse.restatements import unpublished_runs

if TYPE_CHECKING:
    from datetime import date

    import duckdb

    from checks.process import CheckProcess
    from flows.reprocessing.parts import Part
    from flows.settings import Settings

__all__ = ["STEPS", "Reprocessed", "Wanted", "reprocess"]

#: The steps that can be done again, or all of them.
STEPS = (ALL, *RAW_STEPS, *AMENDMENTS, *steps(), COPIES, SEARCH)


@dataclass(frozen=True)
class Wanted:
    """What is to be read again.

    Attributes:
        step: one of `STEPS`: what may be behind.
        scope: which articles.
    """

    step: str = ALL
    scope: Scope = EVERYTHING

    def as_options(self) -> str:
        """The options of the command that ask for it, each with a space before."""
        told = {
            "step": None if self.step == ALL else self.step,
            "since": self.scope.since,
            "until": self.scope.until,
            "source": self.scope.source,
        }
        given = [f" --{name} {value}" for name, value in told.items() if value]
        return "".join([*given, " --force" * self.scope.is_forced])


def reprocess(  # noqa: PLR0913 - the options of the command
    settings: Settings,
    *,
    step: str = ALL,
    since: date | None = None,
    until: date | None = None,
    source: str | None = None,
    is_forced: bool = False,
    is_dry_run: bool = False,
    observer: Observer | None = None,
    checker: CheckProcess | None = None,
) -> Reprocessed:
    """Read every article again that a step read with other tables or another version.

    An article that any of the steps asked for has left behind is read again whole, by
    all steps: they build on each other; from its raw bytes where one of the steps that
    read these is behind. Copies and stories come after, by themselves, and so does
    search. Readers get all of it at the end, at once.

    Each batch is a transaction: a reprocess that is cut off goes on where it stopped
    when it is asked for again.

    Args:
        settings: the workspace.
        step: one of `STEPS`: what may be behind.
        since: only articles published on this day or later.
        until: only articles published on this day or earlier.
        source: only those of this outlet's code.
        is_forced: those, too, that are up to date.
        is_dry_run: count what is behind, and change nothing.
        observer: told of each step.
        checker: a running check process to use; None to start one where it is needed.

    Raises:
        WarehouseBusyError: a run holds the warehouse; nothing was changed.
        ReferenceTableError: a reference table is wrong; nothing was changed.
    """
    data, now = settings.data, datetime.now(UTC)
    wanted = Wanted(step, Scope(since, until, source, is_forced))
    with writer_lock(data, run_id=new_id(now), now=now):
        with closing(
            open_warehouse(data / WAREHOUSE, now=now, may_migrate=not is_dry_run)
        ) as connection:
            again = begin(connection, settings, wanted, observer, checker)
            done = again.done
            done.notes += migration_notes(connection, since=now)
            is_stale = not has_readers_schema(connection, data / REPORTS)
            if is_dry_run:
                done.behind = sum(part.behind().height for part in parts_of(again))
                return done
            if recover(connection, data, now):
                is_stale = True
                again.unpublished = unpublished_runs(connection, data / REPORTS)
            keep_turn(connection)
            read_behind(again, wanted)
            finish_run(connection)
            if done.articles or is_stale:
                write_through(connection)
        if done.load_ids or is_stale:
            publish(data / WAREHOUSE, data / REPORTS)
            clear_marker(data)
            if settings.site and (trouble := build_after_run(settings)):
                done.messages.append(trouble)
        if done.status == "succeeded":
            clear_pending(data, wanted.as_options())
    return done


def begin(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    wanted: Wanted,
    observer: Observer | None = None,
    checker: CheckProcess | None = None,
) -> Again:
    """What the parts of a reprocess share.

    Raises:
        ReferenceTableError: a reference table is wrong.
    """
    now = datetime.now(UTC)
    references = load_references(settings.seeds)
    waivers = references.waivers_on(now.date())
    done = Reprocessed(run_id=new_id(now))
    done.messages += waivers.ran_out()
    return Again(
        connection=connection,
        settings=settings,
        known=load_known(references),
        done=done,
        references=references,
        waivers=waivers,
        observer=observer or Observer(),
        step=wanted.step,
        scope=wanted.scope,
        checker=checker,
    )


def parts_of(again: Again) -> tuple[Part, ...]:
    """The parts of a reprocess, in their order."""
    return tuple(
        kind(again) for kind in (Rereading, Amending, Reading, Linking, Searching)
    )


def read_behind(again: Again, wanted: Wanted) -> None:
    """Read everything again that is behind, batch by batch.

    Each part is asked when those before it are done: what was read from raw bytes has
    been through every step, and under which number a version stands may have changed.
    """
    done, data = again.done, again.settings.data
    for part in parts_of(again):
        behind = part.behind()
        done.behind += behind.height
        if again.sample is not None:
            # Keys are hashes: the least of them are a sample of everything.
            behind = behind.sort("article_id", "version").head(again.sample)
        if behind.is_empty():
            continue
        with part:
            for batch in part.batches(behind):
                if not again.is_trial:
                    left = done.behind - done.articles
                    pending = Pending(done.run_id, left, wanted.as_options())
                    write_pending(data, pending)
                counts = {"articles": batch.height}
                with timed("reprocess", again.observer, {}, counts=counts):
                    is_loaded = again.in_one_load(batch, part)
                if not is_loaded:
                    return
                if not isinstance(part, Rereading):  # it tells by itself
                    again.observer.articles_done(batch.height)
