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
#: A redacted content is no longer as it came: records of forgotten articles were cut
#: out, and the rest are JSON lines. ``content_hash`` stays that of the bytes that came.
RAW_SCHEMA: dict[str, Any] = {
    "file_id": pl.Int64,
    "path": pl.String,
    "format": pl.String,
    "content_hash": pl.String,
    "size_bytes": pl.Int64,
    "modified_at": pl.Datetime("us", "UTC"),
    "arrived_at": pl.Datetime("us", "UTC"),
    "content": pl.Binary,
    "is_redacted": pl.Boolean,
}


def raw_name(load_id: str) -> str:
    """The file of a load in the raw zone, relative to the data folder."""
    return f"{RAW_FOLDER}/{load_id}.parquet"


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
    name = raw_name(load_id)
    target = data / name
    target.parent.mkdir(exist_ok=True)
    fresh = inputs.unique("content_hash", maintain_order=True)
    rows = fresh.with_columns(is_redacted=False).select(RAW_SCHEMA.keys())
    _write(target, rows)
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


def replace_contents(data: Path, raw_file: str, contents: dict[str, bytes]) -> None:
    """Put redacted bytes in the place of contents of one file of the raw zone.

    Args:
        data: the data folder.
        raw_file: the file, relative to it.
        contents: content_hash of the bytes that came, to what is kept of them.
    """
    kept = read_raw(data, raw_file)
    if kept.is_empty():
        return
    changed = pl.col("content_hash").is_in(list(contents))
    replaced = [
        contents.get(digest, content)
        for digest, content in kept.select("content_hash", "content").iter_rows()
    ]
    _write(
        data / raw_file,
        kept.with_columns(
            pl.Series("content", replaced, dtype=pl.Binary),
            (pl.col("is_redacted") | changed).alias("is_redacted"),
        ),
    )


def _write(target: Path, rows: pl.DataFrame) -> None:
    """Write a file that appears whole or not at all."""
    part = target.with_suffix(".part")
    rows.cast(pl.Schema(RAW_SCHEMA)).write_parquet(
        part, compression="zstd", compression_level=1, statistics=False
    )
    with part.open("rb") as written:
        os.fsync(written.fileno())
    part.replace(target)


def remove_parts(data: Path, load_id: str | None = None) -> None:
    """Remove what a killed run left half written.

    Args:
        data: the data folder.
        load_id: the load that was cut off, where other machines write there too.
    """
    for part in (data / RAW_FOLDER).glob(f"{load_id or '*'}.part"):
        part.unlink()


def drop_contents(data: Path, raw_file: str, content_hashes: Collection[str]) -> None:
    """Take contents out of one file of the raw zone; the file goes with the last one.

    Args:
        data: the data folder.
        raw_file: the file, relative to it.
        content_hashes: of the bytes that go.
    """
    path = data / raw_file
    if not path.exists():
        return
    kept = read_raw(data, raw_file).filter(
        ~pl.col("content_hash").is_in(list(content_hashes))
    )
    if kept.is_empty():
        path.unlink()
    else:
        _write(path, kept)
