"""``qoima forget``."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import typer

from flows.errors import UserError
from flows.run import WAREHOUSE, new_id
from flows.settings import load_settings
from warehouse.catalog import has_warehouse

if TYPE_CHECKING:
    from pathlib import Path


def forget_command(article: str, reason: str, data: Path | None) -> None:
    """Remove an article and say where its files still lie."""
    from flows.forget import forget

    settings = load_settings(data=data)
    if not has_warehouse(settings.data / WAREHOUSE):
        message = f"{settings.data}: there is no warehouse. Run `qoima run` first."
        raise UserError(message)
    run_id = new_id(datetime.now(UTC))
    done = forget(settings, article, reason=reason, run_id=run_id)
    typer.echo(
        f"forgotten: article {done.article_id}, {done.versions} versions; "
        f"cut out of the raw copies of {len(done.paths)} inputs."
    )
    typer.echo("Backups made before hold it still: make them anew (qoima backup).")
    typer.echo("Inputs that may still lie in a landing folder or its archive:")
    for path in done.paths:
        typer.echo(f"  {path}")
