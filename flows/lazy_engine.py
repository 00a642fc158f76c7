"""An engine that imports Prefect only when there is work to show on its server."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from flows.run import Engine

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class LazyPrefectEngine(Engine):
    """Plain until the pass has work, then tasks of a flow run."""

    def __init__(self, api_url: str, data: Path) -> None:
        """Remember the server; nothing is imported yet."""
        self._api_url = api_url
        self._data = data
        self._engine: Engine | None = None

    def execute(self, work: Callable[[], None]) -> None:
        """Run the work of a pass as a flow run."""
        set_prefect_environment(self._api_url, self._data)
        from flows.flow import TaskEngine

        self._engine = TaskEngine()
        self._engine.execute(work)
        self._engine = None

    def call(self, name: str, step: Callable[..., Any], *arguments: Any) -> Any:
        """Run one step, as a task while a flow run is on."""
        engine = self._engine or Engine()
        return engine.call(name, step, *arguments)


def set_prefect_environment(api_url: str, data: Path) -> None:
    """Tell Prefect, before it is imported, where to work and to keep to itself.

    Its state lies under the data folder; it sends nothing home.
    """
    os.environ.update(prefect_environment(data) | {"PREFECT_API_URL": api_url})


def prefect_environment(data: Path) -> dict[str, str]:
    """Variables for Prefect, for this process or a child."""
    return {
        "PREFECT_HOME": str((data / "prefect").resolve()),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_CLI_PROMPT": "false",
        "PREFECT_LOGGING_LEVEL": "WARNING",
    }
