"""``qoima site``."""

from __future__ import annotations

import sys
import webbrowser
from typing import TYPE_CHECKING

import typer

from flows.settings import has_display, load_settings
from flows.site import SITE, build

if TYPE_CHECKING:
    from pathlib import Path


def site_command(data: Path | None, *, open_nothing: bool) -> None:
    """Build the site, say where it is, and open it where there is a screen."""
    settings = load_settings(data=data)
    built = build(settings)
    first = (settings.data / SITE / "index.html").resolve()
    typer.echo(
        f"{first}\n"
        f"  {built.pages} files: {built.written} new or changed, "
        f"{built.removed} removed, {built.pages - built.written} as they were, "
        f"in {built.seconds:.1f} s"
    )
    if not open_nothing and sys.stdout.isatty() and has_display():
        webbrowser.open(first.as_uri())
