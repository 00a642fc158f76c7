"""Restoring a workspace from a backup."""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import duckdb

from flows.backup import LOG, SEEDS
from flows.errors import UserError
from flows.place import BACK_UP_A_LAKE, needs_file
from flows.run import REPORTS, STAGE, WAREHOUSE, new_id
from flows.settings import CONFIG_FILE
from flows.site import build_after_run, site_is_there
from warehouse.catalog import WarehouseError, open_as_is
from warehouse.lock import writer_lock
from warehouse.manifest import Manifest, read_manifest, verify_files
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

#: What a restore replaces, and what keeps it from one that was not told to replace.
_REPLACED = (WAREHOUSE, LOG, REPORTS, RAW_FOLDER, STAGE)
_WOULD_BE_LOST = (WAREHOUSE, LOG, REPORTS, RAW_FOLDER)
_SHOWN_IDS = 5


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
    needs_file(settings, "restore", BACK_UP_A_LAKE)
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
