"""Tells new inputs from known ones, by their content."""

from __future__ import annotations

from typing import Any

import polars as pl

#: What the pass knows of an input before anything is made of its bytes.
#: ``content`` is null where the bytes could not be read; ``reason_code`` says why.
INPUT_SCHEMA: dict[str, Any] = {
    "file_id": pl.Int64,
    "path": pl.String,
    "format": pl.String,
    "content_hash": pl.String,
    "size_bytes": pl.Int64,
    "modified_at": pl.Datetime("us", "UTC"),
    "arrived_at": pl.Datetime("us", "UTC"),
    "content": pl.Binary,
    "reason_code": pl.String,
    "detail": pl.String,
    "root_id": pl.Int64,
    "modified_ns": pl.Int64,
    "changed_ns": pl.Int64,
}

#: What the warehouse knows of files with these contents.
KNOWN_SCHEMA: dict[str, Any] = {
    "file_id": pl.Int64,
    "content_hash": pl.String,
    "status": pl.String,
    "raw_file": pl.String,
    "seen_at": pl.Datetime("us", "UTC"),
    "arrived_at": pl.Datetime("us", "UTC"),
}


def judge_inputs(inputs: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Say what is to be done with each input.

    An input is *known* if its path and content were decided on before, unless it was
    held then; a *duplicate* if another path has the same bytes, loaded before or
    earlier in this batch for the same reader; *refused* if its bytes could not be
    read; a file whose bytes stand in the batch under another reader too is left for
    *later*, when it is known what became of the first; else *new*.

    Args:
        inputs: the columns of `INPUT_SCHEMA`, in the order of their paths.
        known: the columns of `KNOWN_SCHEMA`, for the contents and ids of the inputs.

    Returns:
        The same rows with ``judgement`` (known, duplicate, refused, later, new),
        ``duplicate_of`` (file_id of the file that has the bytes), ``raw_file`` (where
        the bytes are kept already), and first_seen_at and arrived_at as first seen.
    """
    mine = known.select(
        "file_id",
        pl.col("status").alias("known_status"),
        pl.col("raw_file").alias("known_raw_file"),
        pl.col("seen_at").alias("first_seen_at"),
        pl.col("arrived_at").alias("first_arrived_at"),
    )
    kept = _first_of(known.filter(pl.col("raw_file").is_not_null()), "raw_file")
    loaded = _first_of(known.filter(pl.col("status") == "loaded"), "file_id")
    twin = pl.col("file_id").first().over("content_hash", "format", order_by="position")
    # Refused without its bytes (it was too large), which are there now.
    was_unread = (
        (pl.col("known_status") == "quarantined")
        & pl.col("known_raw_file").is_null()
        & pl.col("content").is_not_null()
    ).fill_null(value=False)
    is_decided = (pl.col("known_status").fill_null("held") != "held") & ~was_unread
    first_reader = (
        pl.col("format").drop_nulls().first().over("content_hash", order_by="position")
    )
    return (
        inputs.with_row_index("position")
        .join(mine, on="file_id", how="left", maintain_order="left")
        .join(kept, on="content_hash", how="left", maintain_order="left")
        .join(
            loaded.rename({"file_id": "loaded_id"}),
            on="content_hash",
            how="left",
            maintain_order="left",
        )
        .with_columns(twin.alias("twin_id"), first_reader.alias("first_reader"))
        .with_columns(
            pl.when(is_decided)
            .then(pl.lit("known"))
            .when(pl.col("reason_code").is_not_null())
            .then(pl.lit("refused"))
            .when(
                pl.col("loaded_id").is_not_null()
                | (pl.col("twin_id") != pl.col("file_id"))
            )
            .then(pl.lit("duplicate"))
            .when(pl.col("format") != pl.col("first_reader"))
            .then(pl.lit("later"))
            .otherwise(pl.lit("new"))
            .alias("judgement"),
            pl.coalesce("first_arrived_at", "arrived_at").alias("arrived_at"),
        )
        .with_columns(
            pl.when(pl.col("judgement") == "duplicate")
            .then(pl.coalesce("loaded_id", "twin_id"))
            .alias("duplicate_of")
        )
        .drop(
            "position",
            "known_raw_file",
            "first_arrived_at",
            "twin_id",
            "first_reader",
            "loaded_id",
            "known_status",
        )
    )


def _first_of(known: pl.DataFrame, column: str) -> pl.DataFrame:
    return (
        known.sort("arrived_at", "file_id")
        .group_by("content_hash", maintain_order=True)
        .agg(pl.col(column).first())
    )
