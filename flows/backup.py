"""Backing up a workspace, and checking a backup."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from typing import TYPE_CHECKING

import duckdb

from flows.errors import UserError
from flows.place import BACK_UP_A_LAKE, needs_file
from flows.run import WAREHOUSE, new_id
from flows.settings import CONFIG_FILE
from warehouse.backup import copy_sources, is_ours, write_manifest
from warehouse.catalog import open_as_is
from warehouse.lock import writer_lock
from warehouse.manifest import (
    WAREHOUSE_FILE,
    BackupError,
    Manifest,
    read_birth,
    read_manifest,
    verify_files,
    verify_tables,
)
from warehouse.marker import MARKER
from warehouse.raw import RAW_FOLDER
from warehouse.restore import finish_swap

if TYPE_CHECKING:
    from pathlib import Path

    from flows.settings import Settings

#: Where a backup goes if nobody says: beside the data folder.
BACKUP = "backup"
SEEDS = "seeds"
#: What DuckDB keeps beside the warehouse until it is written into it.
LOG = f"{WAREHOUSE}.wal"


@dataclass(frozen=True)
class BackedUp:
    """A backup that was made.

    Attributes:
        copied: files that it did not have from the backup before.
    """

    folder: Path
    manifest: Manifest
    copied: int


def back_up(settings: Settings, folder: Path, workspace: Path) -> BackedUp:
    """Copy warehouse, raw zone, reference tables and settings, with a manifest.

    Readers are not disturbed; runs are kept out while files are copied.

    Args:
        settings: the workspace's.
        folder: where to; a backup of the same warehouse is brought up to date.
        workspace: the folder with ``qoima.toml``.

    Raises:
        UserError: there is no warehouse, or the folder is another thing's.
        BackupError: the warehouse cannot be read to its end.
        WarehouseBusyError: a run holds the warehouse, or another backup the folder.
    """
    needs_file(settings, "backup", BACK_UP_A_LAKE)
    data, now = settings.data, datetime.now(UTC)
    if not (data / WAREHOUSE).exists():
        message = f"{data}: there is no warehouse. Run `qoima run` first."
        raise UserError(message)
    backup_id = new_id(now)
    before = _prepare(folder)
    with writer_lock(folder, run_id=f"backup {backup_id}", now=now):
        with writer_lock(data, run_id=f"backup {backup_id}", now=now):
            finish_swap(data)
            _settle_log(data)
            _refuse_another(folder, before, data / WAREHOUSE)
            sources = _sources(settings, workspace)
            copied = copy_sources(folder, sources, backup_id, before)
        try:
            manifest = write_manifest(
                folder,
                copied,
                backup_id=backup_id,
                code_version=metadata.version("qoima"),
                now=now,
            )
        except duckdb.Error as error:
            words = str(error).splitlines()[0]
            message = (
                f"{data / WAREHOUSE}: a backup of it would be of no use: {words}. "
                "The backup before, if any, is as it was."
            )
            raise BackupError(message) from error
    return BackedUp(folder, manifest, len(copied.stored))


def check(folder: Path) -> Manifest:
    """Verify a backup: each file by its hash, each table by its sum.

    Raises:
        BackupError: it is not as it was written; the message names the file.
    """
    manifest = read_manifest(folder)
    verify_files(folder, manifest)
    warehouse = folder / manifest.files[WAREHOUSE_FILE].stored
    for name, _, is_equal in verify_tables(warehouse, folder, manifest):
        if not is_equal:
            message = f"{warehouse}: table {name} is not as the manifest has it."
            raise BackupError(message)
    return manifest


def _prepare(folder: Path) -> Manifest | None:
    """Make the folder, or take it up where it is a backup's."""
    folder.mkdir(parents=True, exist_ok=True)
    if not is_ours(folder):
        message = (
            f"{folder}: there are other files in it. Name a folder that is empty, new "
            "or a backup's."
        )
        raise UserError(message)
    try:
        return read_manifest(folder)
    except BackupError:  # none yet, or cut off: all is copied anew
        return None


def _settle_log(data: Path) -> None:
    """Bring what a killed run has left in the log into the file."""
    if (data / LOG).exists():
        with closing(open_as_is(data / WAREHOUSE, read_only=False)) as connection:
            connection.execute("checkpoint")


def _refuse_another(folder: Path, before: Manifest | None, warehouse: Path) -> None:
    """One folder keeps one warehouse: another one's backup is not to be lost."""
    with closing(open_as_is(warehouse)) as connection:
        try:
            born_at = read_birth(connection)
        except duckdb.CatalogException:
            message = f"{warehouse}: this DuckDB file is not a Qoima warehouse."
            raise UserError(message) from None
    if before is not None and before.born_at != born_at:
        message = (
            f"{folder}: it is the backup of another warehouse (made {before.born_at}, "
            f"this one {born_at}). Name another folder."
        )
        raise UserError(message)


def _sources(settings: Settings, workspace: Path) -> dict[str, Path]:
    data = settings.data
    sources = {WAREHOUSE_FILE: data / WAREHOUSE}
    raw = sorted((data / RAW_FOLDER).glob("*.parquet"))
    sources |= {f"{RAW_FOLDER}/{path.name}": path for path in raw}
    if (data / MARKER).exists():  # of a run that was cut off: the next one ends it
        sources[MARKER] = data / MARKER
    if (workspace / CONFIG_FILE).exists():
        sources[CONFIG_FILE] = workspace / CONFIG_FILE
    tables = sorted(settings.seeds.glob("*.csv")) if settings.seeds else []
    return sources | {f"{SEEDS}/{path.name}": path for path in tables}
