"""``qoima deploy``."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from flows.errors import UserError
from flows.settings import load_settings

if TYPE_CHECKING:
    from flows.settings import Settings

_API_URL = "PREFECT_API_URL"


def deploy_command(
    pool: str, name: str, cron: str | None, data: Path | None, variables: list[str]
) -> None:
    """Register the pass as a deployment in a work pool of the user's own server."""
    settings = load_settings(data=data, schedule_cron=cron)
    given = _parse(variables)
    _choose_server(settings)
    from flows.schedule_rules import check_schedule

    check_schedule(settings)
    from flows.work_pool import deploy

    full_name = deploy(settings, pool, name, given, folder=Path.cwd())
    typer.echo(
        f"{full_name} is in the work pool {pool}.\n"
        f"  a pass is due at {settings.schedule_cron} ({settings.schedule_zone}); "
        f"a worker makes it: prefect worker start --pool {pool}\n"
        f"  by hand: prefect deployment run {full_name}"
    )


def _choose_server(settings: Settings) -> None:
    """The user's own Prefect settings hold; ours name a server where they do not."""
    os.environ.setdefault("DO_NOT_TRACK", "1")
    os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "WARNING")
    if settings.prefect_api_url and _API_URL not in os.environ:
        os.environ[_API_URL] = settings.prefect_api_url


def _parse(variables: list[str]) -> dict[str, Any]:
    """KEY=VALUE as Prefect reads it: a value that is JSON is what that says."""
    given: dict[str, Any] = {}
    for text in variables:
        key, sign, value = text.partition("=")
        if not sign or not key:
            message = f"--job-variable: {text!r} is not KEY=VALUE."
            raise UserError(message)
        try:
            given[key] = json.loads(value)
        except ValueError:
            given[key] = value
    return given
