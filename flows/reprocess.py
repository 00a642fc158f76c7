"""Reads again what is loaded, where a step or a reference table has changed since."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flows.amendments import STEPS as AMENDMENTS
from flows.known import load_known
from flows.observer import Observer
from flows.references import load_references
from flows.reprocessing.loads import ALL, Again, Reprocessed
from flows.reprocessing.parts import COPIES, Amending, Linking, Reading, Searching
from flows.run import REPORTS, WAREHOUSE, migration_notes, new_id, recover
from flows.search import SEARCH
from flows.site import build_after_run
from transforms.enrichment import steps
from warehouse.catalog import has_readers_schema, open_warehouse
from warehouse.lock import writer_lock
from warehouse.marker import clear_marker
from warehouse.publish import publish

if TYPE_CHECKING:
    from datetime import date

    from flows.settings import Settings

__all__ = ["STEPS", "Reprocessed", "reprocess"]

#: The steps that can be done again from the warehouse's own texts, or all of them.
STEPS = (ALL, *AMENDMENTS, *steps(), COPIES, SEARCH)
#: Article versions read again in one transaction.
_BATCH = 2_000


def reprocess(  # noqa: PLR0913 - the options of the command
    settings: Settings,
    *,
    step: str = ALL,
    since: date | None = None,
    source: str | None = None,
    is_dry_run: bool = False,
    observer: Observer | None = None,
) -> Reprocessed:
    """Read every article again that a step read with other tables or another version.

    An article that any of the steps asked for has left behind is read again whole, by
    all steps: they build on each other. Copies and stories come after, by themselves,
    and so does search.

    Args:
        settings: the workspace.
        step: one of `STEPS`: what may be behind.
        since: only articles published on this day or later.
        source: only those of this outlet's code.
        is_dry_run: count what is behind, and change nothing.
        observer: told of each step.

    Raises:
        WarehouseBusyError: a run holds the warehouse; nothing was changed.
        ReferenceTableError: a reference table is wrong; nothing was changed.
    """
    data, now = settings.data, datetime.now(UTC)
    observer = observer or Observer()
    done = Reprocessed(run_id=new_id(now))
    references = load_references(settings.seeds)
    known = load_known(references)
    waivers = references.waivers_on(now.date())
    done.messages += waivers.ran_out()
    with writer_lock(data, run_id=done.run_id, now=now):
        with closing(
            open_warehouse(data / WAREHOUSE, now=now, may_migrate=not is_dry_run)
        ) as connection:
            done.notes += migration_notes(connection, since=now)
            is_stale = not has_readers_schema(connection, data / REPORTS)
            again = Again(connection, settings, known, done, references, waivers)
            if not is_dry_run:
                recover(connection, data, now)
            parts = [
                (part, part.behind(step, since, source))
                for part in (
                    Amending(again),
                    Reading(again),
                    Linking(again),
                    Searching(again),
                )
            ]
            done.behind = sum(behind.height for _, behind in parts)
            if is_dry_run:
                return done
            batches = (
                (part, batch)
                for part, behind in parts
                for batch in behind.iter_slices(_BATCH)
            )
            for part, batch in batches:
                observer.at("reprocess")
                if not again.in_one_load(batch, part):
                    break
            if done.articles or is_stale:
                connection.execute("checkpoint")
        if done.load_ids or is_stale:
            publish(data / WAREHOUSE, data / REPORTS)
            clear_marker(data)
            if settings.site and (trouble := build_after_run(settings)):
                done.messages.append(trouble)
    return done
