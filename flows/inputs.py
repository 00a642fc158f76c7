"""Reads the bytes of inputs, from the landing folder or back from the raw zone."""

from __future__ import annotations

import errno
import hashlib
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from flows.archives import BROKEN, ArchiveReader
from transforms.keys import key
from transforms.pickup import INPUT_SCHEMA
from transforms.readers import format_of
from transforms.records import REASONS
from warehouse.ledger import write_hints
from warehouse.raw import read_raw

if TYPE_CHECKING:
    from collections.abc import Iterable

    import duckdb

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
    archives = ArchiveReader()
    for entry in found:
        content, digest, reason, detail = _read_one(entry, max_file_size, archives)
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
                "modified_at": when(entry.modified_ns),
                "content": content,
                "reason_code": reason,
                "detail": detail,
                "root_id": None if entry.member_no is not None else root_id,
                "modified_ns": entry.modified_ns,
                "changed_ns": entry.changed_ns,
            }
        )
    archives.close()
    return pl.DataFrame(rows, schema=INPUT_SCHEMA), changed


def inputs_from_raw(data: Path, files: pl.DataFrame) -> pl.DataFrame:
    """Bring inputs back from the raw zone.

    Args:
        data: the data folder.
        files: file_id, path, format, content_hash, raw_file.

    Returns:
        The columns of `INPUT_SCHEMA`; an input whose raw copy is gone is missing.
    """
    frames = [pl.DataFrame(schema=INPUT_SCHEMA | {"is_redacted": pl.Boolean})]
    for (raw_file,), wanted in files.group_by("raw_file", maintain_order=True):
        kept = read_raw(data, str(raw_file), wanted["content_hash"].to_list())
        frames.append(
            wanted.select("file_id", "path", "content_hash").join(
                kept.drop("file_id", "path", "format"), on="content_hash"
            )
        )
    inputs = pl.concat(frames, how="diagonal")
    formats = [
        "jsonl" if is_redacted else format_of(path)
        for path, is_redacted in inputs.select("path", "is_redacted").iter_rows()
    ]
    return inputs.select(
        *(name for name in INPUT_SCHEMA if name != "format"),
        pl.Series("format", formats, dtype=pl.String),
    ).select(INPUT_SCHEMA.keys())


def remember_archives(
    connection: duckdb.DuckDBPyConnection, archives: Iterable[Found], root_id: int
) -> None:
    """Write the hints of archives whose members have all been dealt with.

    An archive has no row in fact_file, only its members have.
    """
    hints = pl.DataFrame(
        [
            {
                "root_id": root_id,
                "path": archive.path,
                "size_bytes": archive.size_bytes,
                "modified_ns": archive.modified_ns,
                "changed_ns": archive.changed_ns,
                "file_id": key("archive", archive.path),
            }
            for archive in archives
        ]
    )
    connection.execute("begin")
    write_hints(connection, hints)
    connection.execute("commit")


def order_arrivals(inputs: pl.DataFrame, seen_at: datetime) -> pl.DataFrame:
    """Give each input its place in time.

    Inputs of one pass follow each other by microseconds in the order in which they
    were modified; what arrived earlier keeps its time.
    """
    place = pl.struct("modified_ns", "path").rank("ordinal") - 1
    arrival = pl.lit(seen_at).dt.cast_time_unit("us") + pl.duration(microseconds=place)
    return inputs.with_columns(pl.coalesce("arrived_at", arrival).alias("arrived_at"))


def _read_one(
    entry: Found, max_file_size: int, archives: ArchiveReader
) -> tuple[bytes | None, str | None, str | None, str]:
    """Content, hash, reason and detail of one input."""
    if entry.reason_code is not None:
        return None, None, entry.reason_code, REASONS[entry.reason_code]
    is_member = entry.member_no is not None
    try:
        if entry.size_bytes > max_file_size:
            detail = f"{entry.size_bytes} bytes; max_file_size is {max_file_size}"
            digest = None if is_member else _stream_hash(entry.location)
            return None, digest, "too_large", detail
        content = archives.read(entry) if is_member else _read_file(entry.location)
    except BROKEN as error:
        return None, None, "broken_archive", str(error)
    except NotImplementedError as error:
        return None, None, "unsupported_compression", str(error)
    except OSError as error:
        reason = "vanished" if error.errno == errno.ENOENT else "unreadable"
        return None, None, reason, error.strerror or str(error)
    return content, hashlib.sha256(content).hexdigest(), None, ""


def _read_file(location: str) -> bytes:
    with Path(location).open("rb", buffering=0) as file:
        return file.read()


def _stream_hash(location: str) -> str:
    digest = hashlib.sha256()
    with Path(location).open("rb", buffering=0) as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def when(nanoseconds: int) -> datetime:
    """A file's time as fact_file has it, UTC."""
    return datetime.fromtimestamp(nanoseconds / 1e9, tz=UTC)
