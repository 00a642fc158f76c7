"""``qoima fix``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import typer

from flows.errors import UserError
from flows.settings import load_settings
from transforms.fixes import KINDS, QUOTE_KINDS, SCOPES

if TYPE_CHECKING:
    from pathlib import Path

_SPAN = re.compile(r"(\d+)-(\d+)")


def fix_command(  # noqa: PLR0913, PLR0917 - the command's options
    kind: str,
    article: str,
    span: str,
    right: str | None,
    reason: str,
    data: Path | None,
    *,
    in_title: bool,
    everywhere: bool,
    is_dry_run: bool,
) -> int:
    """Write a fix down and apply it; returns the exit code."""
    from flows.fix import Fix, apply, find, state

    settings = load_settings(data=data)
    found = find(
        settings,
        Fix(
            _kind(kind, right),
            article,
            *_span(span),
            in_title=in_title,
            right=(right or "").strip() or None,
            scope=SCOPES[everywhere],
            reason=reason,
        ),
    )
    typer.echo(f"{found.fix.article}\n  {found.shown}")
    typer.echo(f"  {kind}: {found.now or 'nobody'} -> {found.fix.right or 'nobody'}")
    if is_dry_run:
        typer.echo("dry run: nothing was written.")
        return 0
    done = apply(settings, found)
    for message in [*done.notes, *done.messages]:
        typer.echo(f"  {message}")
    if done.status != "succeeded":
        typer.echo("  The row stands in fixes.csv, but the reprocess was blocked.")
        return 1
    if state(settings, found) == "no_place":
        typer.echo("  Nothing was there to fix: the row is told as fix_has_no_place.")
    typer.echo("fixed: the row is in fixes.csv, and the reports show it.")
    return 0


def _kind(kind: str, right: str | None) -> str:
    name = kind.replace("-", "_")
    if name not in KINDS:
        message = f"no kind {kind!r} of fix. There are: {', '.join(KINDS)}."
        raise UserError(message)
    if name == "entity" and not (right or "").strip():
        message = "--to: say whom or what it is."
        raise UserError(message)
    if name in {"not_a_mention", QUOTE_KINDS[0]} and right:
        message = f"--to: {kind} takes the row away and names nobody."
        raise UserError(message)
    return name


def _span(span: str) -> tuple[int, int]:
    match = _SPAN.fullmatch(span.strip())
    if not match:
        message = f"{span!r} is no place like 120-145 (start_char-end_char)."
        raise UserError(message)
    return int(match[1]), int(match[2])
