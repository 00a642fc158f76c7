"""``qoima export``."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from importlib import metadata
from typing import TYPE_CHECKING

import typer

from flows.errors import UserError
from flows.run import REPORTS
from flows.settings import load_settings
from warehouse.catalog import open_reports
from warehouse.export import ExportError, export

if TYPE_CHECKING:
    from pathlib import Path

EXPORT = "export"


def export_command(folder: Path | None, data: Path | None) -> None:
    """Write the published star schema as Parquet, and say how much was new."""
    settings = load_settings(data=data)
    folder = folder or settings.data / EXPORT
    with closing(open_reports(settings.data / REPORTS, is_shut=False)) as connection:
        try:
            done = export(
                connection,
                folder,
                now=datetime.now(UTC),
                code_version=metadata.version("qoima"),
            )
        except ExportError as error:
            raise UserError(str(error)) from None
    typer.echo(
        f"{folder}: {done.tables} tables, {done.rows:,} rows, "
        f"{done.bytes / 1e6:.1f} MB; {done.written} files written, "
        f"{done.unchanged} unchanged, {done.deleted} deleted."
    )
