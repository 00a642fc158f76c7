"""``qoima run``."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import duckdb
import typer

from flows.errors import UserError
from flows.landing import Root
from flows.notify import run_and_tell
from flows.row_counts import count_rows
from flows.run import LANDING, WAREHOUSE, RunRequest
from flows.settings import load_settings
from flows.terminal import Talk, observer_for_terminal
from flows.trouble import explain_trouble
from warehouse.catalog import WarehouseError
from warehouse.damage import explain_damage, is_damage
from warehouse.lock import WarehouseBusyError

if TYPE_CHECKING:
    from pathlib import Path

    from flows.lazy_engine import LazyPrefectEngine
    from flows.settings import Settings
    from flows.summary import RunSummary


def run_command(  # noqa: PLR0913 - the command's options
    paths: list[Path],
    data: Path | None,
    accept: list[str],
    *,
    is_dry_run: bool,
    as_json: bool,
    talk: Talk = "auto",
) -> int:
    """Make one pass and print its account; returns the exit code."""
    settings = load_settings(data=data)
    request = RunRequest(
        data=settings.data,
        roots=tuple(as_root(path) for path in paths or [settings.data / LANDING]),
        settings=settings,
        accepted=known_rules(accept),
        is_dry_run=is_dry_run,
    )
    return perform(request, as_json=as_json, talk=talk)


def perform(request: RunRequest, *, as_json: bool, talk: Talk = "auto") -> int:
    """Run a pass, report it, and give its exit code."""
    engine = engine_for(request.settings)
    before = count_rows(request.data) if engine else {}
    try:
        summary = run_and_tell(request, observer_for_terminal(talk), engine)
    except Exception as error:
        code = say_failure(error, request.data)
        if code is None:
            raise
        return code
    if engine:
        engine.leave(request, summary, before)
    kind = "dry run" if request.is_dry_run else "run"
    report(summary, request.data, kind=kind, as_json=as_json)
    return summary.exit_code


def say_failure(error: Exception, data: Path) -> int | None:
    """Say in one line why a run failed; its exit code, None if it says so itself."""
    if isinstance(error, UserError | WarehouseError | WarehouseBusyError):
        return None
    trouble = explain_trouble(error, data)
    if not (trouble or isinstance(error, RuntimeError | OSError | duckdb.Error)):
        return None
    if trouble:
        words = trouble
    elif is_damage(error):
        words = explain_damage(data / WAREHOUSE, error, is_published=False)
    else:
        told = " ".join(str(error).split())
        words = f"the run failed, its data were not changed: {told}"
    typer.echo(f"qoima: {words}", err=True)
    return 1


def report(summary: RunSummary, data: Path, *, kind: str, as_json: bool) -> None:
    """Print the account of a run."""
    if as_json:
        sys.stdout.write(json.dumps(summary.as_dict(), ensure_ascii=False) + "\n")
    else:
        _print_summary(summary, data, kind)


def as_root(path: Path) -> Root:
    """What to read: a folder, or one file of its folder.

    Raises:
        UserError: there is nothing of that name.
    """
    if path.is_dir():
        return Root(path)
    if path.exists():
        return Root(path.parent, only=path.name)
    message = f"{path}: no such file or folder."
    if path.name == LANDING:
        message += " Make it with `qoima init`, or name what to read: qoima run PATH."
    raise UserError(message)


def known_rules(accept: list[str]) -> frozenset[str]:
    """Names of rules that may fail.

    Raises:
        UserError: no rule has one of the names.
    """
    if not accept:
        return frozenset()
    from checks.rules import RULES

    for rule_id in accept:
        if rule_id not in RULES:
            known = ", ".join(sorted(RULES))
            message = f"--accept: no rule {rule_id!r}. There are: {known}."
            raise UserError(message)
    return frozenset(accept)


def engine_for(settings: Settings) -> LazyPrefectEngine | None:
    """Tasks of a Prefect server where one answers, else plain calls."""
    from flows.server import running_server

    url = running_server(settings)
    if url is None:
        return None
    from flows.lazy_engine import LazyPrefectEngine

    return LazyPrefectEngine(url, settings.data)


def _print_summary(summary: RunSummary, data: Path, kind: str) -> None:
    is_kept = kind != "dry run"
    files = (
        f"{summary.files_seen} seen = {summary.files_loaded} loaded"
        f" + {summary.files_unchanged} unchanged"
        f" + {summary.files_duplicate} duplicate"
        f" + {summary.files_quarantined} quarantined"
        f" + {summary.files_pending} pending + {summary.files_held} held"
    )
    articles = (
        f"{summary.records_read} read = {summary.articles_loaded} loaded"
        f" + {summary.articles_unchanged} unchanged"
        f" + {summary.articles_rejected} rejected"
    )
    lines = [
        f"{kind} {summary.run_id}: {summary.status} in {summary.seconds:.1f} s",
        f"  files     {files}",
        f"  articles  {articles}",
    ]
    lines += [f"  {message}" for message in [*summary.notes, *summary.messages]]
    if summary.messages and is_kept:
        lines.append("  Which rows and what to do: qoima checks")
    if (summary.files_quarantined or summary.articles_rejected) and is_kept:
        lines.append("  What was rejected: qoima quarantine list")
    if not summary.files_seen:
        lines.append(f"  Nothing there yet. Put article files into {data / LANDING}.")
    sys.stdout.write("\n".join(lines) + "\n")
