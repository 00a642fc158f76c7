"""Backing up a workspace, checking a backup, and restoring it."""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import metadata
from typing import TYPE_CHECKING

import duckdb

from flows.errors import UserError
from flows.run import REPORTS, STAGE, WAREHOUSE, new_id
from flows.settings import CONFIG_FILE
from flows.site import build_after_run, site_is_there
from warehouse.backup import (
    WAREHOUSE_FILE,
    BackupError,
    Manifest,
    copy_sources,
    is_ours,
    read_birth,
    read_manifest,
    verify_files,
    verify_tables,
    write_manifest,
)
from warehouse.catalog import WarehouseError, open_as_is
from warehouse.lock import writer_lock
from warehouse.marker import MARKER
from warehouse.publish import sync_folder
from warehouse.raw import RAW_FOLDER
from warehouse.restore import (
    ASIDE,
    JOURNAL,
    STAGING,
    begin_swap,
    build,
    drop_unfinished,
    finish_swap,
    prove,
)

if TYPE_CHECKING:
    from pathlib import Path

    from flows.settings import Settings

#: Where a backup goes if nobody says: beside the data folder.
BACKUP = "backup"
SEEDS = "seeds"
#: What a restore replaces, and what keeps it from one that was not told to replace.
_LOG = f"{WAREHOUSE}.wal"
_REPLACED = (WAREHOUSE, _LOG, REPORTS, RAW_FOLDER, STAGE)
_WOULD_BE_LOST = (WAREHOUSE, _LOG, REPORTS, RAW_FOLDER)
_SHOWN_IDS = 5


@dataclass(frozen=True)
class BackedUp:
    """A backup that was made.

    Attributes:
        copied: files that it did not have from the backup before.
    """

    folder: Path
    manifest: Manifest
    copied: int


@dataclass
class Restored:
    """What a restore has put in place.

    Attributes:
        tables: each with its rows and whether it equals the backup's.
        aside: where what was there before is kept; null if nothing was.
        notes: what else is to be known.
    """

    data: Path
    manifest: Manifest
    tables: list[tuple[str, int, bool]]
    aside: Path | None = None
    notes: list[str] = field(default_factory=list)


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


def restore(settings: Settings, folder: Path, *, is_replacing: bool) -> Restored:
    """Put a backup's warehouse and raw zone into the data folder, and publish it.

    Landing folder, archive and Prefect's history stay as they are.

    Args:
        settings: the workspace to restore into.
        folder: the backup's.
        is_replacing: whether a warehouse that is there may be put aside.

    Raises:
        BackupError: the backup is not as it was written; nothing was changed.
        UserError: there is a warehouse already; nothing was changed.
        WarehouseBusyError: a run holds the warehouse.
    """
    data, now = settings.data, datetime.now(UTC)
    manifest = read_manifest(folder)
    verify_files(folder, manifest)
    data.mkdir(parents=True, exist_ok=True)
    run_id = new_id(now)
    with writer_lock(data, run_id=f"restore {run_id}", now=now):
        finish_swap(data)
        drop_unfinished(data)
        _refuse_filled(data, is_replacing=is_replacing)
        forgotten = _forgotten(data / WAREHOUSE)
        staging, aside = data / f"{STAGING}{run_id}", data / f"{ASIDE}{run_id}"
        staging.mkdir()
        try:
            build(folder, manifest, staging, REPORTS)
            tables = prove(folder, manifest, staging / WAREHOUSE)
            begin_swap(data, staging, aside, _REPLACED)
        finally:
            if not (data / JOURNAL).exists():
                shutil.rmtree(staging, ignore_errors=True)
        finish_swap(data)
        done = Restored(data, manifest, tables, aside if aside.exists() else None)
        done.notes += _still_held(data / WAREHOUSE, forgotten)
        if site_is_there(settings) and (trouble := build_after_run(settings)):
            done.notes.append(trouble)
    return done


def restore_workspace(folder: Path, workspace: Path, seeds: Path | None) -> list[str]:
    """Put back settings and reference tables where there are none.

    Args:
        folder: the backup's; its files were verified.
        workspace: the folder with ``qoima.toml``.
        seeds: its folder of reference tables.

    Returns:
        A line for each that is there and differs, which stays as it is.
    """
    notes: list[str] = []
    manifest = read_manifest(folder)
    for name, file in manifest.files.items():
        if name == CONFIG_FILE:
            target = workspace / CONFIG_FILE
        elif name.startswith(f"{SEEDS}/") and seeds is not None:
            target = seeds / name.removeprefix(f"{SEEDS}/")
        else:
            continue
        content = (folder / file.stored).read_bytes()
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            sync_folder(target.parent)
        elif target.read_bytes() != content:
            notes.append(f"{target} stays as it is; {folder / file.stored} differs.")
    return notes


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
    if (data / _LOG).exists():
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


def _refuse_filled(data: Path, *, is_replacing: bool) -> None:
    there = [name for name in _WOULD_BE_LOST if _is_filled(data / name)]
    if there and not is_replacing:
        message = (
            f"{data}: there is a warehouse already ({', '.join(there)}). Name another "
            "folder with --data, or add --replace, which puts it aside."
        )
        raise UserError(message)


def _is_filled(path: Path) -> bool:
    return any(path.iterdir()) if path.is_dir() else path.exists()


def _forgotten(warehouse: Path) -> set[int]:
    """Articles that a warehouse has forgotten; none where it does not say."""
    if not warehouse.exists():
        return set()
    try:
        with closing(open_as_is(warehouse)) as connection:
            rows = connection.execute(
                "select article_id from forgotten_article"
            ).fetchall()
    except (WarehouseError, duckdb.Error):  # it is replaced because it is damaged
        return set()
    return {row[0] for row in rows}


def _still_held(warehouse: Path, forgotten: set[int]) -> list[str]:
    """A line on articles that were forgotten after the backup was made."""
    if not forgotten:
        return []
    with closing(open_as_is(warehouse)) as connection:
        rows = connection.execute(
            "select distinct article_id from fact_article "
            "where list_contains($ids::bigint [], article_id) order by article_id",
            {"ids": sorted(forgotten)},
        ).fetchall()
    if not rows:
        return []
    shown = ", ".join(str(row[0]) for row in rows[:_SHOWN_IDS])
    more = " …" if len(rows) > _SHOWN_IDS else ""
    note = (
        f"{len(rows)} articles were forgotten since and are back: {shown}{more}. "
        "Forget them again: qoima forget ARTICLE_ID --reason …"
    )
    return [note]
