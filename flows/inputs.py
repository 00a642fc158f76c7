"""Reads the bytes of inputs, from the landing folder or back from the raw zone."""

from __future__ import annotations

import errno
import hashlib
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from transforms.keys import key
from transforms.pickup import INPUT_SCHEMA
from transforms.readers import format_of
from transforms.records import REASONS
from warehouse.raw import read_raw

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flows.landing import Found

_CHUNK = 1024 * 1024


def read_inputs(
    found: Iterable[Found], root_id: int, max_file_size: int
) -> tuple[pl.DataFrame, list[Found]]:
    """Read the bytes of found files.

    Args:
        found: what discovery listed; one with a reason is not opened.
        root_id: key of the landing root, for the hints.
        max_file_size: bytes; of a larger file only the hash is taken, in pieces.

    Returns:
        The columns of `transforms.pickup.INPUT_SCHEMA`, arrived_at null, and those
        files that changed under the reader's eyes and are left for the next pass.
    """
    rows, changed = [], []
    for entry in found:
        content, digest, reason, detail = _read_one(entry, max_file_size)
        if content is not None and len(content) != entry.size_bytes:
            changed.append(entry)
            continue
        identity = digest or f"{reason} {entry.size_bytes} {entry.modified_ns}"
        rows.append(
            {
                "file_id": key("file", entry.path, identity),
                "path": entry.path,
                "format": format_of(entry.path),
                "content_hash": digest,
                "size_bytes": entry.size_bytes,
                "modified_at": _when(entry.modified_ns),
                "content": content,
                "reason_code": reason,
                "detail": detail,
                "root_id": root_id,
                "modified_ns": entry.modified_ns,
                "changed_ns": entry.changed_ns,
            }
        )
    return pl.DataFrame(rows, schema=INPUT_SCHEMA), changed


def inputs_from_raw(data: Path, files: pl.DataFrame) -> pl.DataFrame:
    """Bring inputs back from the raw zone.

    Args:
        data: the data folder.
        files: file_id, path, format, content_hash, raw_file.

    Returns:
        The columns of `INPUT_SCHEMA`; an input whose raw copy is gone is missing.
    """
    frames = [pl.DataFrame(schema=INPUT_SCHEMA)]
    for (raw_file,), wanted in files.group_by("raw_file", maintain_order=True):
        kept = read_raw(data, str(raw_file), wanted["content_hash"].to_list())
        frames.append(
            wanted.select("file_id", "path", "content_hash").join(
                kept.drop("file_id", "path", "format"), on="content_hash"
            )
        )
    inputs = pl.concat(frames, how="diagonal")
    formats = [format_of(path) for path in inputs["path"]]
    return inputs.with_columns(pl.Series("format", formats, dtype=pl.String))


def order_arrivals(inputs: pl.DataFrame, seen_at: datetime) -> pl.DataFrame:
    """Give each input its place in time.

    Inputs of one pass follow each other by microseconds in the order in which they
    were modified; what arrived earlier keeps its time.
    """
    place = pl.struct("modified_ns", "path").rank("ordinal") - 1
    arrival = pl.lit(seen_at).dt.cast_time_unit("us") + pl.duration(microseconds=place)
    return inputs.with_columns(pl.coalesce("arrived_at", arrival).alias("arrived_at"))


def _read_one(
    entry: Found, max_file_size: int
) -> tuple[bytes | None, str | None, str | None, str]:
    """Content, hash, reason and detail of one file."""
    if entry.reason_code is not None:
        return None, None, entry.reason_code, REASONS[entry.reason_code]
    try:
        if entry.size_bytes > max_file_size:
            detail = f"{entry.size_bytes} bytes; max_file_size is {max_file_size}"
            return None, _stream_hash(entry.location), "too_large", detail
        with Path(entry.location).open("rb", buffering=0) as file:
            content = file.read()
    except OSError as error:
        reason = "vanished" if error.errno == errno.ENOENT else "unreadable"
        return None, None, reason, error.strerror or str(error)
    return content, hashlib.sha256(content).hexdigest(), None, ""


def _stream_hash(location: str) -> str:
    digest = hashlib.sha256()
    with Path(location).open("rb", buffering=0) as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _when(nanoseconds: int) -> datetime:
    return datetime.fromtimestamp(nanoseconds / 1e9, tz=UTC)
