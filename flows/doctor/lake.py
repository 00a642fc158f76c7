"""The lake, if the settings name one: its catalog, its files, the shared raw zone."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from flows.doctor.finding import Finding
from warehouse.extensions import ExtensionError
from warehouse.lake import connect_reader, has_lake
from warehouse.raw import RAW_FOLDER
from warehouse.turns import LakeError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warehouse.lake import Lake


def lake_findings(lake: Lake, data: Path) -> Iterator[Finding]:
    """Look at what a lake is made of.

    Args:
        lake: where it lies.
        data: the data folder of this machine.
    """
    try:
        is_made = has_lake(lake)
    except ExtensionError as error:
        yield Finding("problem", "lake", str(error), "pip install 'qoima[scale]'")
        return
    except LakeError as error:
        remedy = "Start PostgreSQL, or mend the words in the setting warehouse."
        yield Finding("problem", "lake", str(error), remedy)
        return
    yield Finding("ok", "lake", "its catalog answers")
    if not lake.is_remote:
        yield _folder(Path(lake.files))
    raw = data / RAW_FOLDER
    if not raw.is_symlink():
        text = f"{raw} is this machine's own"
        remedy = "Where several machines load, make it a link to a shared folder."
        yield Finding("note", "raw zone", text, remedy)
    if not is_made:
        yield Finding("note", "warehouse", "none yet", "Make it with `qoima run`.")
        return
    try:
        connect_reader(lake).close()
    except LakeError as error:
        remedy = "Look at lake_path and, for an object store, at s3_…"
        yield Finding("problem", "warehouse", str(error), remedy)


def _folder(files: Path) -> Finding:
    parent = next(path for path in (files, *files.parents) if path.exists())
    if not os.access(parent, os.W_OK):
        text = f"{parent} cannot be written to"
        return Finding("problem", "lake files", text, "Mend its permissions.")
    return Finding("ok", "lake files", f"{files} can be written to")
