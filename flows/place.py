"""Leads a data folder to its warehouse: the file in it, or the lake of the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.errors import UserError
from warehouse.lake import PREFIX, Storage, lake_of
from warehouse.place import keep_in, lake_at

if TYPE_CHECKING:
    from pathlib import Path

    from flows.settings import Settings


BACK_UP_A_LAKE = (
    "Back a lake up by pg_dump of its catalog, then a copy of lake_path and of raw: "
    "docs/scale.md."
)


def place_warehouse(settings: Settings, data: Path) -> None:
    """Say where the warehouse of a data folder is, before anything opens it.

    Raises:
        UserError: a lake is asked for without a place for its files.
    """
    if not settings.warehouse.startswith(PREFIX):
        keep_in(data, None)
        return
    if not settings.lake_path:
        message = (
            "warehouse is a lake: lake_path has to name the folder, or the "
            "s3://bucket/prefix, of its files (docs/scale.md)."
        )
        raise UserError(message)
    secret = settings.s3_secret
    storage = Storage(
        settings.s3_endpoint,
        settings.s3_region,
        settings.s3_key,
        secret.get_secret_value() if secret else None,
    )
    keep_in(data, lake_of(settings.warehouse, settings.lake_path, storage))


def needs_file(settings: Settings, command: str, instead: str) -> None:
    """Refuse a command that works on a warehouse file only.

    Args:
        settings: the workspace.
        command: its name.
        instead: what to do with a lake, a whole sentence.

    Raises:
        UserError: the warehouse is in a lake.
    """
    if settings.warehouse.startswith(PREFIX):
        message = f"{command} works on a warehouse file, this one is a lake. {instead}"
        raise UserError(message)


def is_in_lake(data: Path) -> bool:
    """Whether the warehouse of a data folder is in a lake."""
    return lake_at(data / "warehouse.duckdb") is not None
