"""Puts a backup in the place of a data folder's warehouse and raw zone.

All is built in a folder beside, and proved there, before the first rename. A note of
the renames is laid down before them: where they are cut off, the next run ends them.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from warehouse.manifest import BackupError, verify_file, verify_tables
from warehouse.publish import copy_file, publish, sync_folder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from warehouse.manifest import Manifest

#: The note of the renames, below the data folder.
JOURNAL = "restore.json"
#: The folder in which a restore is built, and the one that keeps what was there before.
STAGING, ASIDE = ".restore-", "before-restore-"
_DATA_PARTS = ("raw", "stage", "warehouse.")
_NEEDED = 1.1


def build(folder: Path, manifest: Manifest, staging: Path, reports: str) -> None:
    """Copy a backup's data, check the copies, and publish them, all beside.

    Args:
        folder: the backup's; its files were verified.
        manifest: the backup's.
        staging: an empty folder, on the disk of the data folder.
        reports: name of the published file.

    Raises:
        BackupError: the disk is too small, or a copy is not what the manifest says.
    """
    ours = {
        name: file
        for name, file in manifest.files.items()
        if PurePosixPath(name).parts[0].startswith(_DATA_PARTS)
    }
    warehouse = ours["warehouse.duckdb"]
    needed = int(_NEEDED * (sum(f.size for f in ours.values()) + warehouse.size))
    free = shutil.disk_usage(staging).free
    if free < needed:
        message = (
            f"{staging.parent}: {free / 1e6:,.0f} MB are free, a restore needs "
            f"{needed / 1e6:,.0f} MB. Make room, or name another folder with --data."
        )
        raise BackupError(message)
    for name, file in ours.items():
        target = staging / name
        target.parent.mkdir(parents=True, exist_ok=True)
        copy_file(folder / file.stored, target)
        verify_file(target, file)
        os.utime(target, ns=(file.modified_ns, file.modified_ns))
    publish(staging / "warehouse.duckdb", staging / reports)


def prove(
    folder: Path, manifest: Manifest, warehouse: Path
) -> list[tuple[str, int, bool]]:
    """The tables of a restored warehouse, each with its rows and that it is equal.

    Raises:
        BackupError: a table is not as it was backed up.
    """
    compared = verify_tables(warehouse, folder, manifest)
    unequal = [name for name, _, is_equal in compared if not is_equal]
    if unequal:
        message = (
            f"{warehouse}: not as it was backed up: {', '.join(unequal)}. "
            "Nothing was restored."
        )
        raise BackupError(message)
    return compared


def begin_swap(data: Path, staging: Path, aside: Path, leaving: Sequence[str]) -> None:
    """Note which renames make the folder that was built the data.

    Args:
        data: the data folder, whose lock is held.
        staging: the folder that was built.
        aside: where to keep what is replaced.
        leaving: names that are put aside even where the backup has none of them, such
            as the log of a warehouse, which must not meet another one.
    """
    arriving = sorted(entry.name for entry in staging.iterdir())
    note = {
        "staging": staging.name,
        "aside": aside.name,
        "leaving": [name for name in leaving if name not in arriving],
        "arriving": arriving,
    }
    part = data / f"{JOURNAL}.part"
    with part.open("w") as file:
        json.dump(note, file)
        file.flush()
        os.fsync(file.fileno())
    part.replace(data / JOURNAL)
    sync_folder(data)


def finish_swap(data: Path) -> bool:
    """Make the renames that are noted, or those that are left of them.

    Args:
        data: the data folder, whose lock is held.

    Returns:
        Whether there was anything to do.
    """
    try:
        note = json.loads((data / JOURNAL).read_text())
    except FileNotFoundError:
        return False
    staging, aside = data / note["staging"], data / note["aside"]
    for name in note["leaving"]:
        _put_aside(data / name, aside)
    for name in note["arriving"]:
        if (staging / name).exists():
            _put_aside(data / name, aside)
            (staging / name).rename(data / name)
    sync_folder(data)
    shutil.rmtree(staging, ignore_errors=True)
    (data / JOURNAL).unlink()
    return True


def drop_unfinished(data: Path) -> None:
    """Remove what restores have built that ended before their first rename."""
    for staging in data.glob(f"{STAGING}*"):
        shutil.rmtree(staging, ignore_errors=True)


def _put_aside(path: Path, aside: Path) -> None:
    if path.exists():
        aside.mkdir(exist_ok=True)
        path.rename(aside / path.name)
