"""``qoima doctor``."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING

import typer

from flows.settings import load_settings

if TYPE_CHECKING:
    from pathlib import Path

_WIDTH = 26


def doctor_command(data: Path | None, *, as_json: bool) -> int:
    """Print what was found, the worst first; returns the exit code."""
    from flows.doctor import LEVELS, examine

    findings = examine(load_settings(data=data))
    if as_json:
        typer.echo(json.dumps([asdict(one) for one in findings], ensure_ascii=False))
    else:
        for found in findings:
            typer.echo(f"{found.level:<8} {found.what:<{_WIDTH}} {found.text}")
            if found.remedy:
                typer.echo(f"{'':<8} {'':<{_WIDTH}} → {found.remedy}")
        counts = Counter(found.level for found in findings)
        typer.echo(", ".join(f"{counts[level]} {level}" for level in LEVELS))
    return int(any(found.level == "problem" for found in findings))
