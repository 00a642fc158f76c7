"""``qoima backfill``."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from typing import TYPE_CHECKING

from flows.backfill import Backfill, Progress, backfill
from flows.commands.ask import check_date
from flows.commands.run import as_root, engine_for, known_rules, report, say_failure
from flows.settings import load_settings
from flows.terminal import StepLines, Talk, write_line

if TYPE_CHECKING:
    from pathlib import Path


def backfill_command(  # noqa: PLR0913 - the command's options
    paths: list[Path],
    data: Path | None,
    first: str | None,
    last: str | None,
    accept: list[str],
    *,
    batch_size: int,
    publish_every: int,
    as_json: bool,
    talk: Talk,
) -> int:
    """Load an archive and print the account of all of it; returns the exit code."""
    check_date("from", first)
    check_date("to", last)
    settings = load_settings(data=data)
    asked = Backfill(
        settings=settings,
        roots=tuple(as_root(path) for path in paths),
        first=date.fromisoformat(first) if first else None,
        last=date.fromisoformat(last) if last else None,
        batch_size=batch_size,
        publish_every=publish_every,
        accepted=known_rules(accept),
    )
    is_talking = talk == "verbose" or (talk == "auto" and sys.stderr.isatty())
    try:
        summary = backfill(
            asked,
            StepLines(write_line) if talk == "verbose" else None,
            engine_for(settings),
            on_load=_tell if is_talking else lambda _: None,
        )
    except Exception as error:
        code = say_failure(error, settings.data)
        if code is None:
            raise
        return code
    report(summary, settings.data, kind="backfill", as_json=as_json)
    return summary.exit_code


def _tell(progress: Progress) -> None:
    """One line a load: its days, how far it is, what is left."""
    first, last = progress.days
    share = progress.files / max(progress.of_files, 1)
    left = timedelta(seconds=round(progress.seconds_left))
    write_line(
        f"{first} … {last}  {progress.files:>9,} of {progress.of_files:,} inputs "
        f"{share:>4.0%}  {progress.articles:>9,} articles  about {left} left"
    )
