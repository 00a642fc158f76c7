"""Makes a backup: copies of files with their hashes, and one manifest over all.

The manifest is written last and by a rename. Until then a repeated backup into the same
folder leaves every file that the manifest before it names, so a backup that is cut off
leaves the one before it whole.
"""

from __future__ import annotations

import json
import os
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import duckdb

from warehouse.catalog import open_as_is
from warehouse.manifest import (
    FOLDERS,
    FORMAT,
    MANIFEST,
    OURS,
    WAREHOUSE_FILE,
    Manifest,
    StoredFile,
    digest_of,
    read_birth,
    sha256_of,
    size_of,
    table_sums,
)
from warehouse.migrate import read_version
from warehouse.publish import copy_file, sync_folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path


@dataclass(frozen=True)
class Copied:
    """Files that lie in a backup's folder, not yet in its manifest.

    Attributes:
        stored: name to where the copy lies, and the size and time of what was copied.
        known: name to the entry that the manifest before has of the same file.
    """

    stored: dict[str, tuple[str, int, int]]
    known: dict[str, StoredFile]


def copy_sources(
    folder: Path, sources: Mapping[str, Path], backup_id: str, before: Manifest | None
) -> Copied:
    """Copy what the folder does not have yet; nothing that it has is overwritten.

    Args:
        folder: the backup's.
        sources: name in the backup to the file; nobody writes them meanwhile.
        backup_id: stands in the name of a copy where another one has the plain name.
        before: the manifest of the last backup into the folder.
    """
    copied = Copied({}, {})
    for name, source in sources.items():
        state = source.stat()
        known = before.files.get(name) if before else None
        if (
            known
            and (known.size, known.modified_ns) == (state.st_size, state.st_mtime_ns)
            and size_of(folder / known.stored) == known.size
        ):
            copied.known[name] = known
            continue
        stored = name
        if (folder / stored).exists():
            plain = PurePosixPath(name)
            stored = str(plain.with_name(f"{plain.stem}.{backup_id}{plain.suffix}"))
        target = folder / stored
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(target.name + ".part")
        copy_file(source, part)
        part.replace(target)
        copied.stored[name] = (stored, state.st_size, state.st_mtime_ns)
    return copied


def write_manifest(
    folder: Path,
    copied: Copied,
    *,
    backup_id: str,
    code_version: str,
    now: datetime,
) -> Manifest:
    """Hash the copies, sum up the tables, and make it the backup of the folder.

    Files that only the manifest before it has named are removed after that.

    Args:
        folder: the backup's.
        copied: of `copy_sources`.
        backup_id: names the backup.
        code_version: of this Qoima.
        now: the time, UTC.
    """
    files = copied.known | {
        name: StoredFile(stored, size, sha256_of(folder / stored), modified_ns)
        for name, (stored, size, modified_ns) in copied.stored.items()
    }
    warehouse = folder / files[WAREHOUSE_FILE].stored
    with closing(open_as_is(warehouse)) as connection:
        schema_version, born_at = read_version(connection), read_birth(connection)
    manifest = Manifest(
        backup_id=backup_id,
        made_at=now.isoformat(timespec="seconds"),
        code_version=code_version,
        duckdb_version=duckdb.__version__,
        schema_version=schema_version,
        born_at=born_at,
        tables=table_sums(warehouse),
        files=dict(sorted(files.items())),
    )
    body = asdict(manifest)
    document = {"format": FORMAT, "sha256": digest_of(body)} | body
    part = folder / f"{MANIFEST}.part"
    with part.open("w", encoding="utf-8") as file:
        json.dump(document, file, indent=1, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    part.replace(folder / MANIFEST)
    sync_folder(folder)
    _remove_others(folder, {file.stored for file in files.values()})
    return manifest


def is_ours(folder: Path) -> bool:
    """Whether a folder is empty or holds nothing but what a backup would."""
    return all(entry.name.startswith(OURS) for entry in folder.iterdir())


def _remove_others(folder: Path, kept: set[str]) -> None:
    for name in FOLDERS:
        for path in (folder / name).rglob("*"):
            if path.is_file() and path.relative_to(folder).as_posix() not in kept:
                path.unlink()
    for path in folder.iterdir():
        is_copy = path.is_file() and path.name.startswith(("warehouse.", "qoima."))
        if is_copy and path.name not in kept:
            path.unlink()
