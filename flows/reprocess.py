"""Reads again what is loaded, where a step or a reference table has changed since."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib import metadata
from typing import TYPE_CHECKING, ClassVar, Protocol

import polars as pl

from checks.tables import run_table_rules
from checks.verdict import blocking, brief, explain
from flows.amendments import (
    STEPS as AMENDMENTS,
)
from flows.amendments import (
    Amendments,
    Recorrected,
    correct_loaded,
    with_load,
    write_steps,
)
from flows.copies import finish_links, signature_rows
from flows.known import load_known
from flows.observer import Observer
from flows.outcome import write_outcome
from flows.parts import CORES
from flows.references import load_references
from flows.rules import write_rules
from flows.run import REPORTS, WAREHOUSE, migration_notes, new_id, recover
from flows.search import SEARCH, index_articles
from flows.site import build_after_run
from transforms.copies import COPIES_VERSION
from transforms.enrichment import enrich, steps
from transforms.search_words import SEARCH_VERSION
from warehouse.aggregates import note_entities, refresh_aggregates
from warehouse.audit import LoadRow, write_account
from warehouse.catalog import has_readers_schema, open_warehouse
from warehouse.contributions import Change
from warehouse.entities import (
    drop_unmentioned,
    merge_names,
    merge_reference_entities,
)
from warehouse.events import rebuild_events
from warehouse.lake_writer import finish_run, keep_turn, note_run, sign, write_through
from warehouse.load import merge_sources
from warehouse.lock import writer_lock
from warehouse.marker import Marker, clear_marker, write_marker
from warehouse.measures import keep_measures
from warehouse.publish import publish
from warehouse.references import merge_reference_tables
from warehouse.reprocess import (
    articles_behind,
    read_articles,
    replace_details,
    replace_signatures,
    replace_steps,
    touch_again,
)
from warehouse.roles import rebuild_roles

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import duckdb

    from checks.results import CheckResult
    from checks.waivers import Waivers
    from flows.references import References
    from flows.settings import Settings
    from transforms.enrichment import Known

#: The step that finds copies and stories.
COPIES = "copies"
#: The steps that can be done again from the warehouse's own texts, or all of them.
ALL = "all"
STEPS = (ALL, *AMENDMENTS, *steps(), COPIES, SEARCH)
#: What their rules tell of is said after a reprocess.
AMENDED_TABLES = ("fact_correction", "fact_fix")
#: Article versions read again in one transaction.
_BATCH = 2_000


@dataclass
class Reprocessed:
    """What a reprocess did.

    Attributes:
        run_id: its run.
        load_ids: the load of each batch.
        articles: article versions that were read again, or linked again.
        behind: article versions that were to be.
        status: succeeded or blocked.
        messages: why it was blocked.
        notes: what else was done.
    """

    run_id: str
    load_ids: list[str] = field(default_factory=list)
    articles: int = 0
    behind: int = 0
    status: str = "succeeded"
    messages: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


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
            again = _Again(connection, settings, known, done, references, waivers)
            if not is_dry_run:
                recover(connection, data, now)
                keep_turn(connection)
            parts = [
                (part, part.behind(step, since, source))
                for part in (
                    _Amending(again),
                    _Reading(again),
                    _Linking(again),
                    _Searching(again),
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
            finish_run(connection)
            if done.articles or is_stale:
                write_through(connection)
        if done.load_ids or is_stale:
            publish(data / WAREHOUSE, data / REPORTS)
            clear_marker(data)
            if settings.site and (trouble := build_after_run(settings)):
                done.messages.append(trouble)
    return done


@dataclass
class _Again:
    """What the parts of a reprocess share."""

    connection: duckdb.DuckDBPyConnection
    settings: Settings
    known: Known
    done: Reprocessed
    references: References
    waivers: Waivers

    @property
    def amendments(self) -> Amendments:
        """Corrections and fixes."""
        return Amendments.of(self.references)

    def behind(
        self,
        step: str,
        steps: Mapping[str, str],
        since: date | None,
        source: str | None,
        *,
        are_current: bool = False,
    ) -> pl.DataFrame:
        """What was read with another version of those of the steps that are asked for.

        Args:
            step: one of `STEPS`.
            steps: steps to their versions now.
            since: only articles published on this day or later.
            source: only those of this outlet's code.
            are_current: only current versions.
        """
        asked = {
            name: version for name, version in steps.items() if step in {ALL, name}
        }
        behind = articles_behind(
            self.connection, asked, since=since, source=source, are_current=are_current
        )
        return behind if asked else behind.clear()

    def amended(
        self, step: str, since: date | None, source: str | None
    ) -> pl.DataFrame:
        """Articles whose corrections or fixes have changed, if these are asked for."""
        asked = AMENDMENTS if step == ALL else tuple({step} & set(AMENDMENTS))
        return self.amendments.behind(self.connection, asked, since, source)

    def in_one_load(self, batch: pl.DataFrame, part: _Part) -> bool:
        """One batch in one transaction; False if a rule blocked it."""
        connection, done, names = self.connection, self.done, self.known.names
        started = datetime.now(UTC)
        load_id = new_id(started)
        marker = Marker(done.run_id, load_id, "reprocess", started_at=started)
        write_marker(self.settings.data, marker)
        note_run(connection, marker)
        done.load_ids.append(load_id)
        connection.execute("begin")
        try:
            note_entities(connection)
            merge_sources(
                connection,
                self.references.sources(),
                self.references.source_history(),
            )
            merge_reference_entities(
                connection, names.entities, names.aliases, names.countries, names.places
            )
            merge_reference_tables(connection, self.known.dimensions)
            part.redo(batch.with_row_index("row_id").cast({"row_id": pl.Int32}))
            refresh_aggregates(connection)
            write_account(connection, load_id, done.run_id, _NO_COUNTS)
            self.amendments.note(connection)
            keep_measures(connection, Change(load_id, done.run_id, started, part.cause))
            results = self.waivers.waive(run_table_rules(connection))
        except Exception:
            connection.rollback()
            raise
        row = LoadRow(
            load_id=load_id,
            run_id=done.run_id,
            trigger="reprocess",
            status="succeeded",
            started_at=started,
            finished_at=datetime.now(UTC),
            code_version=metadata.version("qoima"),
            model_version=names.model_version,
        )
        stopped = blocking(results, frozenset())
        if stopped:
            connection.rollback()
            _write_blocked(connection, row, results, stopped, self.waivers)
            done.status = "blocked"
            done.messages += [explain(result) for result in stopped]
            return False
        write_rules(connection, self.waivers)
        write_outcome(connection, row, results, frozenset())
        sign(connection, load_id)
        connection.execute("commit")
        done.articles += batch.height
        done.notes += [
            brief(result)
            for result in results
            if not result.is_passed and result.table_name in AMENDED_TABLES
        ]
        return True


class _Part(Protocol):
    """One part of a reprocess.

    Attributes:
        cause: why the numbers that it changes do change: a code of fact_restatement.
    """

    cause: ClassVar[str] = "reprocess"

    def behind(self, step: str, since: date | None, source: str | None) -> pl.DataFrame:
        """Article versions that it has to do again."""
        ...

    def redo(self, versions: pl.DataFrame) -> None:
        """Do these again, in the transaction of a load."""
        ...


@dataclass(frozen=True)
class _Reading(_Part):
    """Names and everything else that is read out of one article."""

    again: _Again

    def behind(self, step: str, since: date | None, source: str | None) -> pl.DataFrame:
        steps = self.again.known.step_versions
        behind = self.again.behind(step, steps, since, source)
        amended = self.again.amended(step, since, source)
        return behind.join(amended, on=["article_id", "version"], how="anti").sort(
            "article_id", "version"
        )

    def redo(self, versions: pl.DataFrame) -> None:
        connection, known = self.again.connection, self.again.known
        load_id = self.again.done.load_ids[-1]
        articles, sentences = read_articles(connection, versions)
        done = correct_loaded(
            self.again.amendments, connection, versions, articles, sentences
        )
        found = enrich(
            done.articles, done.sentences, known, fixes=done.fixes, workers=CORES
        )
        details = with_load(found.details, load_id) | done.details(load_id)
        replace_details(connection, versions, details, known.step_versions)
        write_steps(connection, versions, done.steps)
        merge_names(connection, found.entities, found.aliases)
        rebuild_roles(connection)
        rebuild_events(connection)
        drop_unmentioned(connection)
        self._link_changed(versions, done)
        # Search knows whom articles name.
        index_articles(connection, is_anew=True)

    def _link_changed(self, versions: pl.DataFrame, done: Recorrected) -> None:
        """Find copies and stories anew of articles whose own values changed."""
        connection = self.again.connection
        changed = done.articles.filter(
            pl.col("row_id").is_in(done.changed.implode()), pl.col("is_current")
        )
        if changed.is_empty():
            return
        replace_signatures(
            connection,
            versions.join(changed, on="row_id", how="semi"),
            signature_rows(changed),
            {COPIES: COPIES_VERSION},
        )
        finish_links(connection)
        touch_again(connection, versions)


@dataclass(frozen=True)
class _Amending(_Reading):
    """The same, of articles whose corrections or fixes have changed."""

    cause: ClassVar[str] = "correction"

    def behind(self, step: str, since: date | None, source: str | None) -> pl.DataFrame:
        return self.again.amended(step, since, source).sort("article_id", "version")


@dataclass(frozen=True)
class _Linking(_Part):
    """Copies and stories, which are found among all articles."""

    again: _Again

    def behind(self, step: str, since: date | None, source: str | None) -> pl.DataFrame:
        return self.again.behind(
            step, {COPIES: COPIES_VERSION}, since, source, are_current=True
        )

    def redo(self, versions: pl.DataFrame) -> None:
        connection = self.again.connection
        articles, _ = read_articles(connection, versions)
        replace_signatures(
            connection, versions, signature_rows(articles), {COPIES: COPIES_VERSION}
        )
        finish_links(connection)


@dataclass(frozen=True)
class _Searching(_Part):
    """The words by which search finds articles."""

    again: _Again

    def behind(self, step: str, since: date | None, source: str | None) -> pl.DataFrame:
        return self.again.behind(
            step, {SEARCH: SEARCH_VERSION}, since, source, are_current=True
        )

    def redo(self, versions: pl.DataFrame) -> None:
        replace_steps(self.again.connection, versions, {SEARCH: SEARCH_VERSION})
        index_articles(self.again.connection, is_anew=True)


#: A reprocess takes in no files and adds no articles.
_NO_COUNTS = dict.fromkeys(
    (
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
    ),
    0,
)


def _write_blocked(
    connection: duckdb.DuckDBPyConnection,
    row: LoadRow,
    results: list[CheckResult],
    stopped: list[CheckResult],
    waivers: Waivers,
) -> None:
    reason = ", ".join(result.rule_id for result in stopped)
    connection.execute("begin")
    write_rules(connection, waivers)
    write_outcome(
        connection,
        replace(row, status="blocked", status_reason=reason),
        results,
        frozenset(),
    )
    connection.execute("commit")
