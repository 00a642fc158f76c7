"""One load of a reprocess: a batch read again in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib import metadata
from typing import TYPE_CHECKING

import polars as pl

from checks.tables import run_table_rules
from checks.verdict import blocking, brief, explain
from flows.amendments import STEPS as AMENDMENTS
from flows.amendments import Amendments
from flows.outcome import write_outcome
from flows.rules import write_rules
from flows.run import new_id
from flows.set_aside import MOST_ROUNDS, with_failures
from warehouse.aggregates import note_entities, refresh_aggregates
from warehouse.audit import LoadRow, write_account
from warehouse.behind import articles_behind
from warehouse.contributions import Change
from warehouse.entities import merge_reference_entities
from warehouse.lake_writer import note_run, sign
from warehouse.load import merge_sources
from warehouse.marker import Marker, write_marker
from warehouse.measures import keep_measures
from warehouse.references import merge_reference_tables

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb

    from checks.process import CheckProcess
    from checks.results import CheckResult
    from checks.waivers import Waivers
    from flows.observer import Observer
    from flows.references import References
    from flows.reprocessing.parts import Part
    from flows.settings import Settings
    from transforms.enrichment import Known
    from warehouse.behind import Scope

#: Every step, in the place of one.
ALL = "all"
#: What their rules tell of is said after a reprocess.
AMENDED_TABLES = ("fact_correction", "fact_fix")


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
        without_raw: article versions that a step reading raw bytes has left behind,
            and that stay so: the raw zone has their bytes no longer.
        refused: records that were loaded, and that the rules of now refuse.
    """

    run_id: str
    load_ids: list[str] = field(default_factory=list)
    articles: int = 0
    behind: int = 0
    status: str = "succeeded"
    messages: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    without_raw: int = 0
    refused: int = 0


@dataclass
class Again:
    """What the parts of a reprocess share.

    Attributes:
        step: what may be behind: a step, or `ALL`.
        scope: which articles.
        is_trial: the warehouse is a copy that is thrown away: nothing outside of it
            is written.
        sample: only so many article versions of each part; None for all.
        checker: a running check process to use; None to start one where it is needed.
        read_anew: articles that were read from raw bytes, by all steps.
        unpublished: runs that were cut off before readers saw what they committed.
    """

    connection: duckdb.DuckDBPyConnection
    settings: Settings
    known: Known
    done: Reprocessed
    references: References
    waivers: Waivers
    observer: Observer
    step: str
    scope: Scope
    is_trial: bool = False
    sample: int | None = None
    checker: CheckProcess | None = None
    read_anew: list[pl.Series] = field(default_factory=list)
    unpublished: frozenset[str] = frozenset()

    @property
    def amendments(self) -> Amendments:
        """Corrections and fixes."""
        return Amendments.of(self.references)

    def behind(
        self, steps: Mapping[str, str], *, are_current: bool = False
    ) -> pl.DataFrame:
        """What was read with another version of those of the steps that are asked for.

        Args:
            steps: steps to their versions now.
            are_current: only current versions.
        """
        asked = {
            name: version for name, version in steps.items() if self.step in {ALL, name}
        }
        behind = articles_behind(
            self.connection, asked, scope=self.scope, are_current=are_current
        )
        if not asked:
            return behind.clear()
        if not self.scope.is_forced:
            return behind
        anew = [article_id for some in self.read_anew for article_id in some]
        return behind.filter(~pl.col("article_id").is_in(anew))

    def amended(self) -> pl.DataFrame:
        """Articles whose corrections or fixes have changed, if these are asked for."""
        asked = AMENDMENTS if self.step == ALL else ({self.step} & set(AMENDMENTS))
        return self.amendments.behind(self.connection, tuple(asked), self.scope)

    def in_one_load(self, batch: pl.DataFrame, part: Part) -> bool:
        """One batch in one transaction; False if a rule blocked it."""
        connection, done = self.connection, self.done
        started = datetime.now(UTC)
        load_id = new_id(started)
        if not self.is_trial:
            marker = Marker(done.run_id, load_id, "reprocess", started_at=started)
            write_marker(self.settings.data, marker)
            note_run(connection, marker)
        done.load_ids.append(load_id)
        change = Change(load_id, done.run_id, started, part.cause, self.unpublished)
        rows = batch.with_row_index("row_id").cast({"row_id": pl.Int32})
        failed: list[CheckResult] = []
        for _ in range(MOST_ROUNDS):
            connection.execute("begin")
            try:
                results = self._redo(rows, part, change)
                stopped = blocking(results, frozenset())
                is_spared = bool(stopped) and part.spare(stopped, load_id)
            except Exception:
                connection.rollback()
                raise
            if not stopped:
                break
            connection.rollback()
            if not is_spared:
                break
            failed += stopped
        results = with_failures(results, failed)
        row = LoadRow(
            load_id=load_id,
            run_id=done.run_id,
            trigger="reprocess",
            status="succeeded",
            started_at=started,
            finished_at=datetime.now(UTC),
            code_version=metadata.version("qoima"),
            model_version=self.known.names.model_version,
        )
        if stopped:
            _write_blocked(connection, row, results, stopped, self.waivers)
            done.status = "blocked"
            done.messages += [explain(result) for result in stopped]
            return False
        brought = part.finish(load_id)
        row = replace(row, articles_loaded=brought, records_read=brought)
        write_rules(connection, self.waivers)
        write_outcome(connection, row, results, frozenset(), part.broken)
        self.observer.at("commit")
        sign(connection, load_id)
        connection.execute("commit")
        done.articles += batch.height
        done.notes += [
            brief(result)
            for result in results
            if not result.is_passed and result.table_name in AMENDED_TABLES
        ]
        return True

    def _redo(
        self, batch: pl.DataFrame, part: Part, change: Change
    ) -> list[CheckResult]:
        """The work of one transaction, and what the rules say of it."""
        connection, names = self.connection, self.known.names
        note_entities(connection)
        merge_sources(
            connection, self.references.sources(), self.references.source_history()
        )
        merge_reference_entities(
            connection, names.entities, names.aliases, names.countries, names.places
        )
        merge_reference_tables(connection, self.known.dimensions)
        part.redo(batch)
        refresh_aggregates(connection)
        written = part.written(change.load_id or "")
        write_account(
            connection,
            change.load_id or "",
            change.run_id,
            _NO_COUNTS | {"records_read": written, "articles_loaded": written},
        )
        self.amendments.note(connection)
        keep_measures(connection, change)
        self.observer.at("check tables")
        return part.results + self.waivers.waive(run_table_rules(connection))


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
