"""``qoima reprocess``."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING

import typer

from flows.errors import UserError
from flows.output import OutputError, write_text
from flows.run import WAREHOUSE
from flows.settings import load_settings
from flows.terminal import observer_for_terminal
from flows.watch import watching
from warehouse.catalog import has_warehouse

if TYPE_CHECKING:
    from pathlib import Path

    from flows.output import Format
    from flows.reprocess import Reprocessed, Wanted
    from flows.settings import Settings

#: Figures of a report that are shown to people.
_SHOWN = 10


@dataclass(frozen=True)
class Asked:
    """The options of the command.

    Attributes:
        step: what may be behind.
        since: only articles from this day on.
        until: only articles to this day.
        source: only this outlet.
        is_forced: what is up to date, too.
    """

    step: str
    since: str | None
    until: str | None
    source: str | None
    is_forced: bool

    def checked(self) -> Wanted:
        """What they ask for.

        Raises:
            UserError: no such step, or no day.
        """
        from flows.reprocess import STEPS, Wanted
        from warehouse.behind import Scope

        if self.step not in STEPS:
            message = f"--step: no step {self.step!r}. There are: {', '.join(STEPS)}."
            raise UserError(message)
        since, until = _day("since", self.since), _day("until", self.until)
        return Wanted(self.step, Scope(since, until, self.source, self.is_forced))


def reprocess_command(asked: Asked, data: Path | None, *, as_json: bool) -> int:
    """Read again what is behind and say how much it was; returns the exit code."""
    from flows.reprocess import reprocess

    wanted = asked.checked()
    scope = wanted.scope
    settings = _settings(data)
    with watching(settings, observer_for_terminal(), is_dry_run=False) as observer:
        done = reprocess(
            settings,
            step=wanted.step,
            since=scope.since,
            until=scope.until,
            source=scope.source,
            is_forced=scope.is_forced,
            observer=observer,
        )
        account = f"{done.articles} of {done.behind} article versions read again"
        observer.noted("reprocess", [f"run {done.run_id} {done.status}: {account}"])
    if as_json:
        typer.echo(json.dumps(asdict(done), ensure_ascii=False))
    else:
        _tell(done)
    return 1 if done.status == "blocked" else 0


def preview_command(  # noqa: PLR0913 - the command's options
    asked: Asked,
    data: Path | None,
    form: Format,
    out: Path | None,
    *,
    limit: int | None,
    sample: int | None,
    as_json: bool = False,
) -> int:
    """Show which figures of reports a reprocess would change."""
    from flows.reprocessing import shown
    from flows.reprocessing.preview import preview

    if form not in {"table", "csv", "json"}:
        message = f"a dry run is shown as table, csv or json, not as {form}."
        raise OutputError(message)
    with observer_for_terminal() as observer:
        found = preview(
            _settings(data),
            asked.checked(),
            sample=sample,
            tell=lambda line: print(line, file=sys.stderr),  # noqa: T201 - for people
            observer=observer,
        )
    if as_json or form == "json":
        text = shown.as_json(found, limit, is_one_line=as_json)
    elif form == "csv":
        text = shown.as_rows(found, limit)
    else:
        text = shown.as_text(found, _SHOWN if limit is None else limit)
    if out is None:
        sys.stdout.write(text)
    else:
        write_text(out, text)
    return 0


def _tell(done: Reprocessed) -> None:
    typer.echo(
        f"reprocess {done.run_id}: {done.status}; {done.articles} of "
        f"{done.behind} article versions read again."
    )
    notes = list(done.notes)
    if done.refused:
        notes.append(
            f"{done.refused} records that were loaded are refused now: see "
            "`qoima quarantine list`."
        )
    if done.without_raw:
        notes.append(
            f"{done.without_raw} article versions stay as they are: a step that reads "
            "raw bytes has changed, and the raw zone has theirs no longer."
        )
    for message in [*notes, *done.messages]:
        typer.echo(f"  {message}")


def _settings(data: Path | None) -> Settings:
    settings = load_settings(data=data)
    if not has_warehouse(settings.data / WAREHOUSE):
        message = f"{settings.data}: there is no warehouse. Run `qoima run` first."
        raise UserError(message)
    return settings


def _day(option: str, text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"--{option}: {text!r} is no day like 2026-01-31."
        raise UserError(message) from None
