"""An engine that imports Prefect only when there is work to show on its server."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from flows.event_log import LOGGER
from flows.run import Engine
from flows.server import HOME
from flows.settings import wants_traces

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from uuid import UUID

    from flows.run import RunRequest
    from flows.summary import RunSummary

#: How often the server looks for what is too old, at the slowest.
_VACUUM_SECONDS = 3600


class LazyPrefectEngine(Engine):
    """Plain until the pass has work, then tasks of a flow run."""

    def __init__(self, api_url: str, data: Path) -> None:
        """Remember the server; nothing is imported yet."""
        self._api_url = api_url
        self._data = data
        self._engine: Engine | None = None
        self._run_id: UUID | None = None

    def execute(self, work: Callable[[], None]) -> None:
        """Run the work of a pass as a flow run."""
        set_prefect_environment(self._api_url, self._data)
        from flows.flow import TaskEngine

        engine = TaskEngine(self._data)
        self._engine, self.makes_tasks = engine, True
        engine.execute(work)
        self._run_id = engine.run_id
        self._engine, self.makes_tasks = None, False

    def call(self, name: str, step: Callable[..., Any], *arguments: Any) -> Any:
        """Run one step, as a task while a flow run is on."""
        engine = self._engine or Engine()
        return engine.call(name, step, *arguments)

    def leave(
        self, request: RunRequest, summary: RunSummary, before: dict[str, int]
    ) -> None:
        """Leave what the pass did on the server, if it made a flow run there.

        The load stands, whatever the server says: what goes wrong is a note.
        """
        if self._run_id is None:
            return
        from httpx import HTTPError
        from prefect.exceptions import PrefectException

        from flows.leave import leave_artifacts

        try:
            leave_artifacts(self._run_id, request, summary, before)
        except (HTTPError, PrefectException) as error:
            summary.notes.append(f"the Prefect server kept no account: {error}")


def set_prefect_environment(api_url: str, data: Path) -> None:
    """Tell Prefect, before it is imported, where to work and to keep to itself.

    Its state lies under the data folder; it sends nothing home.
    """
    os.environ.update(prefect_environment(data) | {"PREFECT_API_URL": api_url})


def prefect_environment(data: Path) -> dict[str, str]:
    """Variables for Prefect, for this process or a child."""
    return {
        "PREFECT_HOME": str((data / HOME).resolve()),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_CLI_PROMPT": "false",
        "PREFECT_LOGGING_LEVEL": "WARNING",
        # What is told within a flow run goes to the server, and nothing else.
        "PREFECT_LOGGING_EXTRA_LOGGERS": LOGGER,
        "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
        # Prefect makes spans of flow and task runs only if told so; it needs no cloud.
        "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": str(wants_traces()).lower(),
    }


def server_environment(
    data: Path, ui_url: str, *, keep_days: int, keep_events_seconds: int
) -> dict[str, str]:
    """Variables for a server of our own.

    Its database and its copy of the pages lie under the data folder; pages of other
    sites that are open in the same browser may not call it; flow runs are forgotten
    after so many days, events after so many seconds.
    """
    vacuum = min(_VACUUM_SECONDS, max(60, keep_events_seconds // 2))
    by_name = ui_url.replace("127.0.0.1", "localhost")
    return prefect_environment(data) | {
        "PREFECT_SERVER_UI_API_URL": f"{ui_url}/api",
        "PREFECT_SERVER_UI_STATIC_DIRECTORY": str((data / HOME / "ui").resolve()),
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS": f"{ui_url},{by_name}",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "true",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(keep_days * 86_400),
        "PREFECT_SERVER_SERVICES_DB_VACUUM_LOOP_SECONDS": str(vacuum),
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ORPHAN_CLEANUP_LOOP_SECONDS": str(vacuum),
        "PREFECT_SERVER_EVENTS_RETENTION_PERIOD": f"PT{keep_events_seconds}S",
    }
