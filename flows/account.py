"""What became of every input: rows of the ledger, and counts that close."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from flows.context import Load
    from flows.prepare import Prepared
    from flows.summary import RunSummary
    from warehouse.audit import LoadRow

#: Counts of a load that the run's summary adds up.
_SUMMED = (
    "files_loaded",
    "files_unchanged",
    "files_duplicate",
    "files_quarantined",
    "files_held",
    "records_read",
    "articles_loaded",
    "articles_unchanged",
    "articles_rejected",
)


def file_rows(prepared: Prepared, load: Load, *, held: bool = False) -> pl.DataFrame:
    """The rows of fact_file of this load's inputs, known ones apart."""
    arrived = pl.col("record_count").fill_null(0)
    loads = pl.col("accepted_count").fill_null(0) > 0
    new = (
        pl.lit("held")
        if held
        else pl.when(loads).then(pl.lit("loaded")).otherwise(pl.lit("quarantined"))
    )
    decided = (
        prepared.judged.filter(pl.col("judgement") != "known")
        .join(prepared.record_counts, on="file_id", how="left", maintain_order="left")
        .join(prepared.encodings, on="file_id", how="left", maintain_order="left")
    )
    if held:
        unreadable = prepared.rejections.filter(pl.col("record_no").is_null())
        new = (
            pl.when(pl.col("file_id").is_in(unreadable["file_id"].to_list()))
            .then(pl.lit("quarantined"))
            .otherwise(new)
        )
    duplicate = (
        pl.when(pl.col("duplicate_of").is_in(decided["file_id"].to_list()) & held)
        .then(pl.lit("held"))
        .otherwise(pl.lit("duplicate"))
    )
    return decided.select(
        "file_id",
        "path",
        "content_hash",
        "size_bytes",
        "format",
        "encoding",
        pl.when(pl.col("judgement") == "refused")
        .then(pl.lit("quarantined"))
        .when(pl.col("judgement") == "duplicate")
        .then(duplicate)
        .otherwise(new)
        .alias("status"),
        arrived.alias("record_count"),
        "duplicate_of",
        "raw_file",
        _naive("modified_at"),
        pl.coalesce("first_seen_at", pl.lit(load.started_at))
        .dt.replace_time_zone(None)
        .alias("seen_at"),
        _naive("arrived_at"),
    )


def hints(judged: pl.DataFrame) -> pl.DataFrame:
    """The hints of a batch; what came from the raw zone has none."""
    return judged.filter(pl.col("root_id").is_not_null()).select(
        "root_id", "path", "size_bytes", "modified_ns", "changed_ns", "file_id"
    )


def count_load(prepared: Prepared, files: pl.DataFrame) -> dict[str, int]:
    """The load's counts of files and records, by the names of dim_load.

    Args:
        prepared: the batch.
        files: its rows of fact_file.
    """
    by_status: dict[str, int] = dict(files["status"].value_counts().iter_rows())
    counts = prepared.record_counts.select("record_count", "accepted_count").sum()
    records, accepted = (int(number) for number in counts.row(0))
    return {
        "files_read": prepared.judged.height,
        "files_loaded": by_status.get("loaded", 0),
        "files_unchanged": int((prepared.judged["judgement"] == "known").sum()),
        "files_duplicate": by_status.get("duplicate", 0),
        "files_quarantined": by_status.get("quarantined", 0),
        "files_held": by_status.get("held", 0),
        "records_read": records,
        "articles_rejected": records - accepted,
    }


def add_to_summary(summary: RunSummary, row: LoadRow) -> None:
    """Add a load's counts and seconds to the run's."""
    for name in _SUMMED:
        setattr(summary, name, getattr(summary, name) + getattr(row, name))
    for step, seconds in row.step_seconds.items():
        total = summary.step_seconds.get(step, 0) + seconds
        summary.step_seconds[step] = round(total, 4)


def _naive(name: str) -> pl.Expr:
    return pl.col(name).dt.replace_time_zone(None)
