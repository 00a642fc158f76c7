"""``qoima reprocess``."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

import typer

from flows.errors import UserError
from flows.run import WAREHOUSE
from flows.settings import load_settings
from warehouse.catalog import has_warehouse

if TYPE_CHECKING:
    from pathlib import Path


def reprocess_command(  # noqa: PLR0913 - the command's options
    step: str,
    since: str | None,
    source: str | None,
    data: Path | None,
    *,
    is_dry_run: bool,
    as_json: bool,
) -> int:
    """Read again what is behind and say how much it was; returns the exit code."""
    from flows.reprocess import STEPS, reprocess

    if step not in STEPS:
        message = f"--step: no step {step!r}. There are: {', '.join(STEPS)}."
        raise UserError(message)
    settings = load_settings(data=data)
    if not has_warehouse(settings.data / WAREHOUSE):
        message = f"{settings.data}: there is no warehouse. Run `qoima run` first."
        raise UserError(message)
    done = reprocess(
        settings, step=step, since=_day(since), source=source, is_dry_run=is_dry_run
    )
    if as_json:
        typer.echo(json.dumps(asdict(done), ensure_ascii=False))
    elif is_dry_run:
        typer.echo(f"dry run: {done.behind} article versions are behind.")
    else:
        typer.echo(
            f"reprocess {done.run_id}: {done.status}; {done.articles} of "
            f"{done.behind} article versions read again."
        )
        for message in [*done.notes, *done.messages]:
            typer.echo(f"  {message}")
    return 1 if done.status == "blocked" else 0


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"--since: {text!r} is no day like 2026-01-31."
        raise UserError(message) from None
