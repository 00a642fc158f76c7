"""``qoima tidy``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from flows.errors import UserError
from flows.run import WAREHOUSE
from flows.settings import load_settings
from warehouse.catalog import has_warehouse

if TYPE_CHECKING:
    from pathlib import Path


def tidy_command(data: Path | None, *, is_dry_run: bool) -> None:
    """Let old things go and say what went."""
    from flows.tidy import tidy

    settings = load_settings(data=data)
    if not has_warehouse(settings.data / WAREHOUSE):
        message = f"{settings.data}: there is no warehouse. Run `qoima run` first."
        raise UserError(message)
    done = tidy(settings, is_dry_run=is_dry_run)
    if not done.gone:
        typer.echo("Nothing is older than the settings keep it.")
        return
    typer.echo("dry run: this would go" if is_dry_run else "let go")
    for line in done.gone:
        typer.echo(f"  {line}")
