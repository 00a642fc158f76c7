"""``qoima site``."""

from __future__ import annotations

import webbrowser
from typing import TYPE_CHECKING

import typer

from flows.settings import load_settings
from flows.site import SITE, build

if TYPE_CHECKING:
    from pathlib import Path


def site_command(data: Path | None, *, in_browser: bool) -> None:
    """Build the site and say where it is."""
    settings = load_settings(data=data)
    built = build(settings)
    first = (settings.data / SITE / "index.html").resolve()
    typer.echo(
        f"{first}\n"
        f"  {built.pages} files: {built.written} new or changed, "
        f"{built.removed} removed, {built.pages - built.written} as they were, "
        f"in {built.seconds:.1f} s"
    )
    if in_browser:
        webbrowser.open(first.as_uri())
