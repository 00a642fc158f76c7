"""``qoima backup`` and ``qoima restore``."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from flows.backup import BACKUP, back_up, check
from flows.backup_file import back_up_to_file, is_file_name, unpacked
from flows.errors import UserError
from flows.output import as_table
from flows.restore import Restored, restore, restore_workspace
from flows.settings import CONFIG_FILE, load_settings
from warehouse.manifest import BackupError, read_manifest, verify_files
from warehouse.query import Answer

_FAILED = 1


def backup_command(place: Path | None, data: Path | None, *, is_check: bool) -> int:
    """Make a backup, or check one; returns the exit code."""
    settings = load_settings(data=data)
    place = place or _default_folder(settings.data)
    try:
        if is_check:
            with unpacked(place, settings.data.parent) as folder:
                _say_whole(place, folder)
            return 0
        make = back_up_to_file if is_file_name(place) else back_up
        done = make(settings, place, Path())
    except BackupError as error:
        return _say(error)
    manifest = done.manifest
    typer.echo(
        f"{place}: {len(manifest.tables)} tables, {manifest.rows:,} rows; "
        f"{len(manifest.files)} files, {manifest.size / 1e6:,.1f} MB, "
        f"{done.copied} of them new or changed.\n"
        f"  Check it with `qoima backup --check {place}`; "
        f"`qoima restore {place}` brings it back."
    )
    return 0


def restore_command(backup: Path, data: Path | None, *, is_replacing: bool) -> int:
    """Restore a backup and print the proof; returns the exit code."""
    near = data.parent if data else Path()
    try:
        with unpacked(backup, near) as folder:
            done, notes = _restore(folder, data, is_replacing=is_replacing)
    except BackupError as error:
        return _say(error)
    _print_proof(backup, done, notes)
    return 0


def _restore(
    folder: Path, data: Path | None, *, is_replacing: bool
) -> tuple[Restored, list[str]]:
    notes: list[str] = []
    if data is None and not Path(CONFIG_FILE).exists():
        # Its settings say where the data are to lie.
        verify_files(folder, read_manifest(folder))
        notes += restore_workspace(folder, Path(), None)
    settings = load_settings(data=data)
    done = restore(settings, folder, is_replacing=is_replacing)
    if data is None:
        notes += restore_workspace(folder, Path(), settings.seeds)
    return done, notes


def _say_whole(place: Path, folder: Path) -> None:
    manifest = check(folder)
    typer.echo(
        f"{place}: whole. Made {manifest.made_at} by Qoima {manifest.code_version}, "
        f"schema {manifest.schema_version}; {len(manifest.files)} files have their "
        f"SHA-256, {len(manifest.tables)} tables their {manifest.rows:,} rows."
    )


def _print_proof(backup: Path, done: Restored, notes: list[str]) -> None:
    manifest = done.manifest
    answer = Answer(
        ["table", "rows", "equal"], ["VARCHAR", "BIGINT", "BOOLEAN"], list(done.tables)
    )
    sys.stdout.write(as_table(answer))
    typer.echo(
        f"{done.data}: restored from {backup}, made {manifest.made_at} by Qoima "
        f"{manifest.code_version}, and published.\n"
        f"  All {len(done.tables)} tables equal the backup's, {manifest.rows:,} rows; "
        f"every file has its SHA-256."
    )
    if done.aside:
        kept = f"What was there before is kept in {done.aside}: remove it when you no"
        notes = [f"{kept} longer need it.", *notes]
    for note in [*notes, *done.notes]:
        typer.echo(f"  {note}")


def _default_folder(data: Path) -> Path:
    if data.resolve().parent == data.resolve():
        message = "name a folder for the backup."
        raise UserError(message)
    return data.parent / BACKUP


def _say(error: BackupError) -> int:
    typer.echo(f"qoima: {error}", err=True)
    return _FAILED
