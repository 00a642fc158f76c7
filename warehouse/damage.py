"""Tells a damaged or lost warehouse file from a new one, and what helps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

from warehouse.schema_state import WarehouseError

if TYPE_CHECKING:
    from pathlib import Path

REPORTS = "reports.duckdb"
#: What DuckDB says of a file that was cut short, overwritten or never its own.
_DAMAGED = (
    "not a valid DuckDB database file",
    "Could not read enough bytes",
    "Corrupt database file",
    "Failed to load metadata",
    "Serialization Error",
)
_BACK_FROM_BACKUP = "`qoima restore BACKUP --replace` puts a backup in its place."
_BACK_FROM_REPORTS = (
    "Without a backup, copy reports.duckdb to warehouse.duckdb: it is the whole "
    "warehouse as it was published last, and `qoima run` goes on from there."
)


def refuse_lost(path: Path) -> None:
    """Refuse to begin anew where a warehouse has been: its file is lost, not new.

    Raises:
        WarehouseError: the writer's file is not there, but what was made of it is.
    """
    from warehouse.raw import RAW_FOLDER  # noqa: PLC0415 - Polars, seldom wanted here

    folder = path.parent
    made_of_it = [folder / REPORTS, path.with_name(f"{path.name}.wal")]
    made_of_it += sorted((folder / RAW_FOLDER).glob("*.parquet"))[:1]
    there = [str(one) for one in made_of_it if one.exists()]
    if not there:
        return
    how = _BACK_FROM_BACKUP
    if (folder / REPORTS).exists():
        how += f" {_BACK_FROM_REPORTS}"
    message = (
        f"{path}: the warehouse is gone, but {' and '.join(there)} of it are there, so "
        f"no empty one is made. {how} To begin anew, name another folder with --data."
    )
    raise WarehouseError(message)


def is_open_elsewhere(error: BaseException) -> bool:
    """Whether another process has the file open, so that DuckDB keeps out of it."""
    return "Could not set lock" in str(error)


def is_damage(error: BaseException) -> bool:
    """Whether DuckDB says that a file's bytes are not as it has written them."""
    return isinstance(error, duckdb.Error) and any(
        words in str(error) for words in _DAMAGED
    )


def explain_damage(
    path: Path | None, error: BaseException, *, is_published: bool
) -> str:
    """One line on a file that DuckDB cannot read, with what to do."""
    how = (
        "Remove it and run `qoima run`, which publishes it anew; where the warehouse "
        "is damaged too, `qoima restore BACKUP --replace` puts a backup in its place."
        if is_published
        else _BACK_FROM_BACKUP
    )
    if not is_published and path is not None and path.with_name(REPORTS).exists():
        how += f" {_BACK_FROM_REPORTS}"
    first_line = str(error).splitlines()[0]
    place = path or "the warehouse or its published copy"
    return f"{place}: the file is damaged or no warehouse ({first_line}). {how}"
