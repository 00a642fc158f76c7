"""A backup as one file: the folder, packed as it is into a tar archive."""

from __future__ import annotations

import os
import tarfile
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from flows.backup import BackedUp, back_up
from warehouse.manifest import MANIFEST, BackupError
from warehouse.publish import sync_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.settings import Settings

SUFFIX = ".tar"


def is_file_name(path: Path) -> bool:
    """Whether a path asks for one file instead of a folder."""
    return path.suffix == SUFFIX


def back_up_to_file(settings: Settings, file: Path, workspace: Path) -> BackedUp:
    """Make a backup and pack it; the file appears whole, over the one before.

    Args:
        settings: the workspace's.
        file: where to.
        workspace: the folder with ``qoima.toml``.

    Raises:
        UserError, BackupError, WarehouseBusyError: as `flows.backup.back_up`.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=file.parent, prefix=".backup-") as name:
        done = back_up(settings, Path(name), workspace)
        stored = [one.stored for one in done.manifest.files.values()]
        part = file.with_name(f"{file.name}.part")
        try:
            with part.open("wb") as target:
                with tarfile.open(fileobj=target, mode="w") as archive:
                    for member in (MANIFEST, *stored):
                        archive.add(Path(name) / member, member)
                target.flush()
                os.fsync(target.fileno())
            part.replace(file)
        finally:
            part.unlink(missing_ok=True)
    sync_folder(file.parent)
    return BackedUp(file, done.manifest, done.copied)


@contextmanager
def unpacked(backup: Path, near: Path) -> Iterator[Path]:
    """The folder of a backup; that of a file is unpacked for as long as it is used.

    Args:
        backup: a folder or a file.
        near: on the disk that has room for it.

    Raises:
        BackupError: the file is cut short or no archive.
    """
    if not backup.is_file():
        yield backup
        return
    near.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=near, prefix=".backup-") as name:
        try:
            with tarfile.open(backup) as archive:
                archive.extractall(name, filter="data")
        except (tarfile.TarError, EOFError) as error:
            message = f"{backup}: it is cut short or no backup ({error})."
            raise BackupError(message) from error
        try:
            yield Path(name)
        except BackupError as error:
            message = str(error).replace(name, str(backup))
            raise BackupError(message) from error
