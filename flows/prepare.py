"""Prepares a batch: read, made into articles, checked; nothing is written yet."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import polars as pl

from checks.record_rules import RECORD_RULES
from checks.split import CRITICAL_RULES, split_records
from flows.amendments import correct_batch, detail_rows
from flows.forget import redact_raw
from transforms.articles import ReadOutcome, rejection, rejection_frame
from transforms.enrichment import Enriched, nothing_enriched
from transforms.fixes import FIXES
from transforms.measure import measure_records
from transforms.rejected import describe_values
from warehouse.forget import forgotten_among
from warehouse.load import known_versions

if TYPE_CHECKING:
    from checks.results import CheckResult
    from flows.context import Load, LoadContext
    from flows.parts import Understood


#: Columns of records that broke a rule.
BROKEN: dict[str, Any] = {
    "file_id": pl.Int64,
    "record_no": pl.Int32,
    "rule_id": pl.String,
}


@dataclass(frozen=True)
class Prepared:
    """A batch that has been read, made into articles and checked.

    What was read out of articles that are not loaded does no harm. ``signatures`` are
    rows by table, ``amended`` what corrections and fixes add, by table, ``fixes`` the
    rows of fixes.csv that mean these articles; ``broken`` the
    records that broke a record rule of any severity: file_id, record_no, rule_id.
    """

    judged: pl.DataFrame
    articles: pl.DataFrame
    records: pl.DataFrame
    sentences: pl.DataFrame
    rejections: pl.DataFrame
    encodings: pl.DataFrame
    record_counts: pl.DataFrame
    results: list[CheckResult]
    enriched: Enriched = field(default_factory=nothing_enriched)
    signatures: dict[str, pl.DataFrame] = field(default_factory=dict)
    amended: dict[str, pl.DataFrame] = field(default_factory=dict)
    fixes: pl.DataFrame = field(default_factory=pl.DataFrame)
    broken: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=BROKEN))


def prepare(context: LoadContext, load: Load, judged: pl.DataFrame) -> Prepared:
    """Read, make articles and check them, while the checker works beside."""
    new = judged.filter(pl.col("judgement") == "new")
    load.counts["files"] = judged.height
    outcome, made, faults = context.work.make(
        new,
        lambda step: load.step(step, context.observer),
        context.observer.file_done,
    )
    articles = made.with_row_index("row_id").cast({"row_id": pl.Int32})
    load.counts |= {"records": outcome.records.height, "articles": articles.height}
    fixes = context.amendments.meant(context.connection, articles, FIXES)
    corrected, corrections = correct_batch(
        context.amendments, context.connection, articles
    )
    articles = corrected.articles
    context.observer.articles_done(articles.height)
    forgotten = _refuse_forgotten(context, articles, new)
    wanted = articles.join(forgotten, on=["file_id", "record_no"], how="anti")
    # Before the check, so that the checker has time to start; rows of the few articles
    # that it refuses are not loaded.
    found = _understand(context, load, wanted, fixes)
    with load.step("check", context.observer):
        failures, broken, results = _check_records(context, load, wanted, new, outcome)
    judged, outcome = _share_refusals(judged, outcome)
    refused = _refused_inputs(judged)
    rejections = pl.concat(
        [outcome.rejections, rejection_frame(faults), failures, forgotten, refused]
    )
    accepted = wanted.join(failures, on=["file_id", "record_no"], how="anti")
    return Prepared(
        judged=judged,
        articles=accepted,
        records=wanted.select("file_id", "record_no", "article_id", "record_hash"),
        sentences=_of(accepted, found.sentences),
        rejections=rejections,
        encodings=outcome.encodings,
        record_counts=_count_records(outcome, accepted),
        results=results,
        enriched=found.enriched,
        signatures={
            table: _of(accepted, rows) for table, rows in found.signatures.items()
        },
        amended=detail_rows(corrected, corrections, fixes, load.load_id),
        fixes=fixes,
        broken=broken,
    )


def read_again(context: LoadContext, load: Load, prepared: Prepared) -> Prepared:
    """The batch with what its articles alone say, after some were taken out of it."""
    found = _understand(context, load, prepared.articles, prepared.fixes)
    return replace(prepared, enriched=found.enriched)


def _of(articles: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows that belong to these articles, in their order."""
    return rows.join(articles, on="row_id", how="semi", maintain_order="left")


def _understand(
    context: LoadContext, load: Load, articles: pl.DataFrame, fixes: pl.DataFrame
) -> Understood:
    """Read the articles that the warehouse has not got in this very version."""
    known = known_versions(context.connection, articles)
    is_new = ~pl.col("row_id").is_in(known["row_id"].implode())
    return context.work.understand(
        articles.with_columns(is_new=is_new),
        fixes,
        lambda step: load.step(step, context.observer),
    )


def _refuse_forgotten(
    context: LoadContext, articles: pl.DataFrame, inputs: pl.DataFrame
) -> pl.DataFrame:
    """Rejections of articles that are kept out; their bytes leave the raw zone too."""
    banned = forgotten_among(context.connection, articles["article_id"])
    found = articles.filter(pl.col("article_id").is_in(banned))
    if found.is_empty():
        return rejection_frame([])
    if not context.is_dry_run:
        redact_raw(
            context.data,
            found.select("file_id", "record_no").join(
                inputs.select("file_id", "path", "content_hash", "raw_file"),
                on="file_id",
            ),
            context.field_names,
        )
    return rejection_frame(
        rejection(file_id, record_no, "check", "forgotten", "")
        for file_id, record_no in found.select("file_id", "record_no").iter_rows()
    )


def _check_records(
    context: LoadContext,
    load: Load,
    articles: pl.DataFrame,
    files: pl.DataFrame,
    outcome: ReadOutcome,
) -> tuple[pl.DataFrame, pl.DataFrame, list[CheckResult]]:
    """Rejections by critical record rules, what broke any, all results of the batch."""
    if articles.is_empty():
        return rejection_frame([]), pl.DataFrame(schema=BROKEN), []
    codes = context.references.outlets["source_code"].unique()
    narrow = measure_records(
        articles,
        files.join(outcome.encodings, on="file_id", how="left"),
        known_sources=[code for code in codes if code != "unknown"],
    )
    batch = context.scratch / f"{load.load_id}.parquet"
    narrow.write_parquet(batch)
    try:
        broken = split_records(context.connection, batch, rules=RECORD_RULES)
        results = context.waivers.waive_in_batch(
            context.checker.run(batch), context.connection, batch
        )
    finally:
        batch.unlink()
    predicates = {rule.rule_id: rule.predicate or "" for rule in CRITICAL_RULES}
    measured = context.waivers.counted(
        broken.filter(pl.col("rule_id").is_in(list(predicates))), narrow
    ).join(narrow, on=["file_id", "record_no"], maintain_order="left")
    failures = rejection_frame(
        rejection(
            row["file_id"],
            row["record_no"],
            "check",
            row["rule_id"],
            describe_values(row, predicates[row["rule_id"]]),
        )
        for row in measured.iter_rows(named=True)
    )
    return failures, broken, results


def _share_refusals(
    judged: pl.DataFrame, outcome: ReadOutcome
) -> tuple[pl.DataFrame, ReadOutcome]:
    """A copy of an input that is refused as a whole is refused with it.

    It would be if it came alone; as a duplicate it would repeat what is not there.
    """
    whole = outcome.rejections.filter(pl.col("record_no").is_null())
    twins = (
        judged.filter(pl.col("judgement") == "duplicate")
        .select("file_id", "duplicate_of")
        .join(
            whole.drop("file_id").with_columns(duplicate_of=whole["file_id"]),
            on="duplicate_of",
            maintain_order="left",
        )
    )
    if twins.is_empty():
        return judged, outcome
    shared = rejection_frame(
        rejection(row["file_id"], None, row["stage"], row["reason_code"], row["detail"])
        for row in twins.iter_rows(named=True)
    )
    is_twin = pl.col("file_id").is_in(twins["file_id"].to_list())
    return (
        judged.with_columns(
            pl.when(is_twin)
            .then(pl.lit("new"))
            .otherwise("judgement")
            .alias("judgement"),
            pl.when(~is_twin).then("duplicate_of").alias("duplicate_of"),
        ),
        replace(outcome, rejections=pl.concat([outcome.rejections, shared])),
    )


def _refused_inputs(judged: pl.DataFrame) -> pl.DataFrame:
    refused = judged.filter(pl.col("judgement") == "refused")
    return rejection_frame(
        rejection(row["file_id"], None, "pickup", row["reason_code"], row["detail"])
        for row in refused.select("file_id", "reason_code", "detail").to_dicts()
    )


def _count_records(outcome: ReadOutcome, accepted: pl.DataFrame) -> pl.DataFrame:
    """file_id, record_count (read, faulty ones included), accepted_count."""
    faulty = outcome.rejections.filter(pl.col("record_no").is_not_null())
    every = pl.concat(
        [
            outcome.records.select("file_id", "record_no"),
            faulty.select("file_id", "record_no"),
        ]
    )
    return (
        every.group_by("file_id", maintain_order=True)
        .agg(pl.len().cast(pl.Int32).alias("record_count"))
        .join(
            accepted.group_by("file_id").agg(
                pl.len().cast(pl.Int32).alias("accepted_count")
            ),
            on="file_id",
            how="left",
        )
        .with_columns(pl.col("accepted_count").fill_null(0))
    )


def refused_only(judged: pl.DataFrame) -> Prepared:
    """What is known of a batch whose load failed before it was prepared."""
    counts = {"file_id": pl.Int64, "record_count": pl.Int32, "accepted_count": pl.Int32}
    return Prepared(
        judged=judged,
        articles=pl.DataFrame(),
        records=pl.DataFrame(),
        sentences=pl.DataFrame(),
        rejections=_refused_inputs(judged),
        encodings=pl.DataFrame(schema={"file_id": pl.Int64, "encoding": pl.String}),
        record_counts=pl.DataFrame(schema=counts),
        results=[],
    )
