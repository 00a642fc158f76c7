"""``qoima move``."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import typer

from flows.errors import UserError
from flows.place import is_in_lake
from flows.run import WAREHOUSE, new_id
from flows.settings import load_settings
from warehouse.catalog import open_warehouse
from warehouse.lock import writer_lock
from warehouse.move import MoveError, copy_file_into

if TYPE_CHECKING:
    from pathlib import Path


def move_command(data: Path | None) -> None:
    """Copy the folder's warehouse file into the lake of the settings."""
    settings = load_settings(data=data)
    folder, now = settings.data, datetime.now(UTC)
    file = folder / WAREHOUSE
    if not is_in_lake(folder):
        message = "the settings name no lake to move to: warehouse, docs/scale.md."
        raise UserError(message)
    if not file.exists():
        message = f"{file}: there is no warehouse file to move."
        raise UserError(message)
    with (
        writer_lock(folder, run_id=new_id(now), now=now),
        closing(open_warehouse(file, now=now)) as connection,
    ):
        try:
            counts = copy_file_into(connection, file)
        except MoveError as error:
            raise UserError(str(error)) from None
    typer.echo(
        f"{len(counts)} tables, {sum(counts.values()):,} rows are in the lake. "
        f"{file} is as it was; remove it when you are content."
    )
