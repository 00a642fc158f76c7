"""The raw zone: bytes as they came, in Parquet, before anything is made of them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

RAW_FOLDER = "raw"

#: One row a content. ``path`` and the times are those under which it first came.
RAW_SCHEMA: dict[str, Any] = {
    "file_id": pl.Int64,
    "path": pl.String,
    "format": pl.String,
    "content_hash": pl.String,
    "size_bytes": pl.Int64,
    "modified_at": pl.Datetime("us", "UTC"),
    "arrived_at": pl.Datetime("us", "UTC"),
    "content": pl.Binary,
}


def write_raw(data: Path, load_id: str, inputs: pl.DataFrame) -> str | None:
    """Keep the bytes of a load's new inputs.

    Args:
        data: the data folder.
        load_id: names the file.
        inputs: the columns of `RAW_SCHEMA`, and maybe more.

    Returns:
        The file's path relative to the data folder; None if there is nothing to keep.
        The file appears whole or not at all.
    """
    if inputs.is_empty():
        return None
    name = f"{RAW_FOLDER}/{load_id}.parquet"
    target = data / name
    target.parent.mkdir(exist_ok=True)
    part = target.with_suffix(".part")
    inputs.select(RAW_SCHEMA.keys()).unique("content_hash", maintain_order=True).cast(
        pl.Schema(RAW_SCHEMA)
    ).write_parquet(part, compression="zstd", compression_level=1, statistics=False)
    with part.open("rb") as written:
        os.fsync(written.fileno())
    part.replace(target)
    return name


def read_raw(
    data: Path, raw_file: str, content_hashes: Collection[str] | None = None
) -> pl.DataFrame:
    """Read contents back from one file of the raw zone.

    Returns:
        The columns of `RAW_SCHEMA`; no rows if the file is gone.
    """
    path = data / raw_file
    if not path.exists():
        return pl.DataFrame(schema=RAW_SCHEMA)
    frame = pl.scan_parquet(path, glob=False)
    if content_hashes is not None:
        frame = frame.filter(pl.col("content_hash").is_in(list(content_hashes)))
    return frame.collect()


def remove_parts(data: Path) -> None:
    """Remove what a killed run left half written."""
    for part in (data / RAW_FOLDER).glob("*.part"):
        part.unlink()
