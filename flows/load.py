"""One load: a batch of inputs from their bytes to a committed transaction."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import duckdb
import polars as pl

from checks.tables import run_table_rules
from checks.verdict import blocking, brief, explain
from flows.account import add_to_summary, count_load, file_rows, hints
from flows.copies import link_articles
from flows.outcome import write_outcome
from flows.prepare import Prepared, prepare, read_again, refused_only
from flows.rows import batch_rows
from flows.rules import write_rules
from flows.search import SEARCH, index_articles
from flows.set_aside import (
    MOST_ROUNDS,
    find_odd_records,
    with_failures,
    without_records,
)
from flows.turns import Inputs, commit_in_turn
from flows.versions import load_versions
from warehouse import lineage
from warehouse import load as merge
from warehouse.aggregates import note_entities, refresh_aggregates
from warehouse.audit import LoadRow, write_account
from warehouse.contributions import BACKFILL, Change
from warehouse.entities import merge_names, merge_reference_entities
from warehouse.events import rebuild_events
from warehouse.lake_writer import note_run, sign, small_tables_at_hand, turn_of
from warehouse.ledger import write_hints
from warehouse.marker import Marker, write_marker
from warehouse.measures import keep_measures
from warehouse.raw import write_raw
from warehouse.references import merge_reference_tables
from warehouse.roles import rebuild_roles

if TYPE_CHECKING:
    from checks.results import CheckResult
    from flows.context import Load, LoadContext
    from flows.summary import RunSummary


@dataclass(frozen=True)
class _Stop:
    """Why a load does not go on."""

    status: str
    reason: str
    results: list[CheckResult] = field(default_factory=list)


def load_batch(
    context: LoadContext,
    load: Load,
    inputs: pl.DataFrame,
    summary: RunSummary,
    *,
    replay: frozenset[int] = frozenset(),
) -> pl.DataFrame:
    """Take one batch of inputs into the warehouse, or say why not.

    Args:
        context: the run.
        load: this load.
        inputs: the columns of `transforms.pickup.INPUT_SCHEMA`.
        summary: the run's account, to which this load's counts are added.
        replay: file_ids that are to be read again although they are known.

    Returns:
        Inputs that have to wait for what became of this batch.
    """
    batch = Inputs(context, load, inputs, replay)
    judged = batch.judge()
    later = judged.filter(pl.col("judgement") == "later").select(inputs.columns)
    judged = judged.filter(pl.col("judgement") != "later")
    is_known = pl.col("judgement") == "known"
    if judged.filter(~is_known).is_empty():
        summary.files_unchanged += judged.height
        _begin(context)
        write_hints(context.connection, hints(judged))
        _commit(context)
        return later
    summary.load_ids.append(load.load_id)
    if not context.is_dry_run:
        marker = Marker(context.run_id, load.load_id, context.trigger, load.started_at)
        write_marker(context.data, marker)
        note_run(context.connection, marker)
    try:
        judged = _keep_raw(context, load, judged)
        prepared = context.call("prepare", prepare, context, load, judged)
        if context.is_dry_run:
            summary.messages += _tell_rejections(prepared)
        commit_in_turn(
            batch,
            judged,
            prepared,
            lambda anew: context.call("prepare", prepare, context, load, anew),
            lambda ready: _commit_or_block(context, load, ready, summary),
        )
    except Exception as error:
        _rollback(context)
        reason = f"{type(error).__name__}: {error}"[:2000]
        try:
            with turn_of(context.connection):
                left = judged.join(batch.moved(judged), on="file_id", how="anti")
                _audit(context, load, refused_only(left), _Stop("failed", reason))
        except (duckdb.Error, OSError):  # the same disk: the next run closes the load
            _rollback(context)
        raise
    return later


def _tell_rejections(prepared: Prepared) -> list[str]:
    """What a dry run would put into quarantine: it keeps nothing to look at later."""
    told = prepared.rejections.join(
        prepared.judged.select("file_id", "path"), on="file_id"
    )
    return [
        f"would be rejected: {path}{f':{record_no}' if record_no else ''}: "
        f"{reason}{f': {detail}' if detail else ''}"
        for path, record_no, reason, detail in told.select(
            "path", "record_no", "reason_code", "detail"
        ).iter_rows()
    ]


def _keep_raw(context: LoadContext, load: Load, judged: pl.DataFrame) -> pl.DataFrame:
    """Put new bytes into the raw zone; the pointer goes to every file with them."""
    fresh = judged.filter((pl.col("judgement") == "new") & pl.col("raw_file").is_null())
    if context.is_dry_run or fresh.is_empty():
        return judged
    with load.step("raw", context.observer):
        raw_file = context.call("raw", write_raw, context.data, load.load_id, fresh)
    is_kept = pl.col("content_hash").is_in(fresh["content_hash"].to_list())
    pointer = pl.when(is_kept).then(pl.lit(raw_file))
    return judged.with_columns(pl.coalesce("raw_file", pointer).alias("raw_file"))


def _commit_or_block(
    context: LoadContext, load: Load, prepared: Prepared, summary: RunSummary
) -> None:
    """The data transaction, or the audit one where a critical rule failed."""
    results = prepared.results
    stopped = blocking(results, context.accepted)
    if not stopped:
        table_results, stopped = _merge_checked(context, load, prepared)
        results = results + table_results
    if stopped:
        reason = ", ".join(result.rule_id for result in stopped)
        row = _audit(context, load, prepared, _Stop("blocked", reason, results))
        summary.status = "blocked"
        summary.messages += [explain(result) for result in stopped]
        add_to_summary(summary, row)
        return
    row = _load_row(context, load, "succeeded", _account_of(context))
    write_rules(context.connection, context.waivers)
    write_outcome(context.connection, row, results, context.accepted, prepared.broken)
    sign(context.connection, load.load_id)
    with load.step("commit", context.observer):
        _commit(context)
    context.observer.at("committed")
    context.observer.load_ends(row)
    add_to_summary(summary, row)
    summary.messages += [
        brief(result)
        for result in results
        if not result.is_passed and result.severity != "info"
    ]


def _merge_checked(
    context: LoadContext, load: Load, prepared: Prepared
) -> tuple[list[CheckResult], list[CheckResult]]:
    """Merge the batch, without the few articles that break a critical table rule.

    Returns:
        The results of the table rules, and those that stop the load; if any do, the
        transaction is rolled back.
    """
    failed: list[CheckResult] = []
    for _ in range(MOST_ROUNDS):
        context.call("load", _merge, context, load, prepared)
        with (
            load.step("check tables", context.observer),
            small_tables_at_hand(context.connection),
        ):
            results = context.waivers.waive(run_table_rules(context.connection))
        stopped = blocking(results, context.accepted)
        if not stopped:
            break
        odd = find_odd_records(context.connection, stopped, prepared, load.load_id)
        _rollback(context)
        if odd is None:
            break
        failed += stopped
        _begin_again(context)
        prepared = read_again(context, load, without_records(prepared, odd))
    return with_failures(results, failed), stopped


def _merge(context: LoadContext, load: Load, prepared: Prepared) -> None:
    """Everything of the data transaction but the load's own row."""
    connection = context.connection
    _begin(context)
    now = datetime.now(UTC)
    with load.step("load", context.observer):
        merge.merge_sources(
            connection,
            context.references.sources(),
            context.references.source_history(),
        )
        known = context.known.result()
        names = known.names
        note_entities(connection)
        merge_reference_entities(
            connection, names.entities, names.aliases, names.countries, names.places
        )
        merge_reference_tables(connection, known.dimensions)
        loaded, unchanged = merge.merge_articles(
            connection,
            *batch_rows(prepared, load.load_id),
            load_versions(context.references, known),
            load.load_id,
        )
        merge_names(connection, prepared.enriched.entities, prepared.enriched.aliases)
        rebuild_roles(connection)
        rebuild_events(connection)
    with load.step("copies", context.observer):
        link_articles(connection)
    with load.step(SEARCH, context.observer):
        index_articles(connection)
    with load.step("aggregates", context.observer):
        refresh_aggregates(connection)
    with load.step("load", context.observer):
        lineage.merge_records(connection, prepared.records, load.load_id)
        files = file_rows(prepared, load)
        lineage.merge_files(connection, files, load_id=load.load_id, now=now)
        lineage.merge_rejections(
            connection,
            prepared.rejections,
            read_again=files["file_id"].to_list(),
            load_id=load.load_id,
            now=now,
            by=context.by,
        )
        write_hints(connection, hints(prepared.judged))
        counts = count_load(prepared, files)
        counts |= {"articles_loaded": loaded, "articles_unchanged": unchanged}
        load.counts |= {"articles": loaded, "rejected": prepared.rejections.height}
        write_account(connection, load.load_id, context.run_id, counts)
        context.amendments.note(connection)
    with load.step("measures", context.observer):
        change = Change(
            load.load_id,
            context.run_id,
            load.started_at,
            cause=BACKFILL if context.trigger == BACKFILL else None,
            unpublished=context.unpublished,
        )
        keep_measures(connection, change)


def _audit(
    context: LoadContext, load: Load, prepared: Prepared, stop: _Stop
) -> LoadRow:
    """The second transaction: why nothing was loaded, and what is held for it."""
    files = file_rows(prepared, load, held=True)
    counts = count_load(prepared, files)
    row = _load_row(context, load, stop.status, counts, stop.reason)
    _begin(context)
    lineage.merge_files(
        context.connection, files, load_id=load.load_id, now=row.finished_at
    )
    lineage.merge_rejections(
        context.connection,
        prepared.rejections,
        read_again=[],
        load_id=load.load_id,
        now=row.finished_at,
    )
    decided = files.filter(pl.col("status") != "held")
    settled = prepared.judged.join(decided, on="file_id", how="semi")
    write_hints(context.connection, hints(settled))
    write_rules(context.connection, context.waivers)
    write_outcome(
        context.connection, row, stop.results, context.accepted, prepared.broken
    )
    sign(context.connection, load.load_id)
    _commit(context)
    context.observer.load_ends(row)
    return row


def _account_of(context: LoadContext) -> dict[str, Any]:
    """The load's counts, from the account that the rules have seen."""
    cursor = context.connection.execute(
        "select * exclude (load_id, run_id) from current_load"
    )
    names = [column[0] for column in cursor.description or []]
    return dict(zip(names, cursor.fetchone() or (), strict=True))


def _load_row(
    context: LoadContext,
    load: Load,
    status: str,
    counts: dict[str, Any],
    reason: str | None = None,
) -> LoadRow:
    return LoadRow(
        load_id=load.load_id,
        run_id=context.run_id,
        trigger=context.trigger,
        status=status,
        status_reason=reason,
        started_at=load.started_at,
        finished_at=datetime.now(UTC),
        code_version=context.code_version,
        model_version=context.known.result().names.model_version,
        accepted_rules=sorted(context.accepted),
        step_seconds=load.step_seconds,
        **counts,
    )


def _begin(context: LoadContext) -> None:
    """Begin a transaction; a dry run is one whole transaction, begun before."""
    if not context.is_dry_run:
        context.connection.execute("begin")


def _begin_again(context: LoadContext) -> None:
    """Undo a merge of a dry run, and the batches before it with it.

    DuckDB has no savepoints. What those batches gave has been counted.
    """
    if context.is_dry_run:
        context.connection.rollback()
        context.connection.execute("begin")


def _commit(context: LoadContext) -> None:
    if not context.is_dry_run:
        context.connection.execute("commit")


def _rollback(context: LoadContext) -> None:
    if not context.is_dry_run:
        with contextlib.suppress(duckdb.TransactionException):  # none was begun
            context.connection.rollback()
