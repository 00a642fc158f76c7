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
from warehouse.aggregates import note_entities, refresh_aggregates
from warehouse.audit import LoadRow, write_account
from warehouse.contributions import Change
from warehouse.entities import merge_reference_entities
from warehouse.load import merge_sources
from warehouse.marker import Marker, write_marker
from warehouse.measures import keep_measures
from warehouse.references import merge_reference_tables
from warehouse.reprocess import articles_behind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import duckdb

    from checks.results import CheckResult
    from checks.waivers import Waivers
    from flows.references import References
    from flows.reprocessing.parts import Part
    from flows.settings import Settings
    from transforms.enrichment import Known

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
    """

    run_id: str
    load_ids: list[str] = field(default_factory=list)
    articles: int = 0
    behind: int = 0
    status: str = "succeeded"
    messages: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass
class Again:
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

    def in_one_load(self, batch: pl.DataFrame, part: Part) -> bool:
        """One batch in one transaction; False if a rule blocked it."""
        connection, done, names = self.connection, self.done, self.known.names
        started = datetime.now(UTC)
        load_id = new_id(started)
        write_marker(
            self.settings.data,
            Marker(done.run_id, load_id, "reprocess", started_at=started),
        )
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
        connection.execute("commit")
        done.articles += batch.height
        done.notes += [
            brief(result)
            for result in results
            if not result.is_passed and result.table_name in AMENDED_TABLES
        ]
        return True


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
