"""Writes the star schema as Parquet files with a manifest, changed parts only."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from warehouse.export_parts import (
    ExportTable,
    find_parts,
    prepare_months,
    select_parts,
    star_tables,
    write_part,
)
from warehouse.migrate import read_version
from warehouse.publish import sync_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

MANIFEST = "manifest.json"
#: Raised where the layout or the manifest changes.
FORMAT = "qoima-export-1"
_PARTS = ".part"
_FILE = "data.parquet"
#: Sorting goes to disk beyond this, whatever the machine has.
_MEMORY = "1GB"


class ExportError(Exception):
    """The folder cannot be exported to; the message says why."""


@dataclass(frozen=True)
class Exported:
    """What an export did."""

    tables: int
    rows: int
    bytes: int
    written: int
    unchanged: int
    deleted: int


def export(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    *,
    now: datetime,
    code_version: str,
) -> Exported:
    """Write the star schema below a folder: `TABLE/month=YYYY-MM/data.parquet`.

    Tables that are not cut are one file, `TABLE/data.parquet`. Parts whose rows are
    as the manifest of the last export has them are left alone. New files are written
    aside, renamed into place one after the other, then those of parts that there are
    no more are deleted, and the manifest is replaced last.

    Args:
        connection: the published warehouse, free to write files.
        folder: where to; made if absent. Else an earlier export, or empty.
        now: time to write down, UTC.
        code_version: Qoima's version.

    Raises:
        ExportError: the folder holds something else, or another export writes to it.
    """
    _refuse_foreign(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with _scratch(folder) as scratch:
        connection.execute(f"set memory_limit = '{_MEMORY}'")
        quoted = str(scratch / "sort").replace("'", "''")
        connection.execute(f"set temp_directory = '{quoted}'")
        before = read_manifest(folder)
        manifest = _head(connection, code_version)
        known = _known_files(folder, before, manifest)
        moves: dict[Path, Path] = {}
        prepare_months(connection)
        manifest["tables"] = [
            _export_table(connection, table, scratch, known, moves)
            for table in star_tables(connection)
        ]
        for source, target in moves.items():
            (folder / target).parent.mkdir(parents=True, exist_ok=True)
            source.replace(folder / target)
        deleted = _delete_others(folder, before, manifest)
        if moves or deleted or _without_time(before) != manifest:
            _write_manifest(folder, scratch, manifest | {"made_at": now.isoformat()})
    files = [file for table in manifest["tables"] for file in table["files"]]
    return Exported(
        tables=len(manifest["tables"]),
        rows=sum(file["rows"] for file in files),
        bytes=sum(file["bytes"] for file in files),
        written=len(moves),
        unchanged=len(files) - len(moves),
        deleted=deleted,
    )


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of the export in a folder; empty where there is none of ours."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    is_ours = isinstance(manifest, dict) and manifest.get("format") == FORMAT
    return manifest if is_ours else {}


def _head(connection: duckdb.DuckDBPyConnection, code_version: str) -> dict[str, Any]:
    row = connection.execute(
        """
        select load_id
        from dim_load
        where status = 'succeeded'
        order by finished_at desc, load_id desc
        limit 1
        """
    ).fetchone()
    return {
        "format": FORMAT,
        "qoima_version": code_version,
        "duckdb_version": duckdb.__version__,
        "schema_version": read_version(connection),
        "load_id": row[0] if row else None,
    }


def _export_table(
    connection: duckdb.DuckDBPyConnection,
    table: ExportTable,
    scratch: Path,
    known: dict[str, dict[str, Any]],
    moves: dict[Path, Path],
) -> dict[str, Any]:
    """Write what has changed of a table aside; its entry in the manifest."""
    files = []
    changed: list[dict[str, Any]] = []
    for part in find_parts(connection, table):
        place = Path(table.name, f"month={part.month}" if part.month else "", _FILE)
        file: dict[str, Any] = {
            "path": place.as_posix(),
            "month": part.month,
            "rows": part.rows,
            "fingerprint": part.fingerprint,
        }
        old = known.get(file["path"])
        if old and old["fingerprint"] == part.fingerprint and old["rows"] == part.rows:
            file = old
        else:
            changed.append(file)
        files.append(file)
    if changed:
        select_parts(connection, table, [file["month"] for file in changed])
    for file in changed:
        aside = scratch / f"{table.name}-{file['month']}.parquet"
        written = write_part(connection, table, file["month"], aside)
        if written != file["rows"]:  # the file is read in one state, so never
            message = f"{file['path']}: {written} rows written of {file['rows']}."
            raise RuntimeError(message)
        file["bytes"], file["sha256"] = _seal(aside)
        moves[aside] = Path(file["path"])
    connection.execute("drop table if exists selected")
    return {
        "name": table.name,
        "rows": sum(file["rows"] for file in files),
        "bytes": sum(file["bytes"] for file in files),
        "cut_by": table.cut_by,
        "columns": [
            {"name": name, "type": kind} for name, kind in table.columns.items()
        ],
        "files": files,
    }


def _known_files(
    folder: Path, before: dict[str, Any], head: dict[str, Any]
) -> dict[str, dict[str, Any]]:
    """Files of the last export that may be kept: as long as what wrote them is."""
    same = ("format", "duckdb_version", "schema_version")
    if any(before.get(name) != head[name] for name in same):
        return {}
    return {
        file["path"]: file
        for table in before["tables"]
        for file in table["files"]
        if _size(folder / file["path"]) == file["bytes"]
    }


def _delete_others(
    folder: Path, before: dict[str, Any], manifest: dict[str, Any]
) -> int:
    """Delete files of parts that there are no more, also of an export cut off."""
    tables = {table["name"] for table in manifest["tables"]}
    tables |= {table["name"] for table in before.get("tables", [])}
    kept = {
        folder / file["path"] for table in manifest["tables"] for file in table["files"]
    }
    deleted = 0
    for table in sorted(tables):
        for pattern in (_FILE, f"month=*/{_FILE}"):
            for path in sorted((folder / table).glob(pattern)):
                if path not in kept:
                    path.unlink()
                    deleted += 1
                    if path.parent.name != table:
                        _remove_if_empty(path.parent)
        _remove_if_empty(folder / table)
    return deleted


def _write_manifest(folder: Path, scratch: Path, manifest: dict[str, Any]) -> None:
    aside = scratch / MANIFEST
    text = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
    aside.write_text(text, encoding="utf-8")
    _seal(aside)
    aside.replace(folder / MANIFEST)
    sync_folder(folder)


def _without_time(manifest: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in manifest.items() if name != "made_at"}


def _seal(path: Path) -> tuple[int, str]:
    """Flush a file to disk; its size and SHA-256."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
        return path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest()


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None


def _remove_if_empty(folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def _refuse_foreign(folder: Path) -> None:
    if folder.is_dir():
        names = {entry.name for entry in folder.iterdir()}
        if not names or _PARTS in names or read_manifest(folder):
            return
        message = (
            f"{folder}: the folder holds something else. Name an empty one, a new "
            "one, or that of an earlier export."
        )
        raise ExportError(message)
    if folder.exists():
        message = f"{folder}: this is a file. Name a folder."
        raise ExportError(message)


@contextmanager
def _scratch(folder: Path) -> Iterator[Path]:
    """A place for unfinished files on the same disk, held by one export at a time."""
    scratch = folder / _PARTS
    scratch.mkdir(exist_ok=True)
    descriptor = os.open(scratch, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            message = f"{folder}: another export is writing to it."
            raise ExportError(message) from error
        for entry in scratch.iterdir():  # of an export that was cut off
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
        yield scratch
        shutil.rmtree(scratch)
    finally:
        os.close(descriptor)
