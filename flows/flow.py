"""The Prefect flow: the same steps as plain calls make, as tasks of a flow run.

Importing this module imports Prefect (over a second), so only what works with a
server does. Results are neither stored nor cached: frames are large, and the
warehouse is the result.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.run import Engine, RunRequest, run_pass

if TYPE_CHECKING:
    from collections.abc import Callable

    from flows.observer import Observer
    from flows.summary import RunSummary

FLOW_NAME = "qoima-pass"


class TaskEngine(Engine):
    """Runs each step as a Prefect task of the flow run it is called in."""

    def execute(self, work: Callable[[], None]) -> None:
        """Run the work of a pass as a flow run of its own."""
        named = flow(name=FLOW_NAME, persist_result=False, validate_parameters=False)
        named(_run_work)(work)

    def call(self, name: str, step: Callable[..., Any], *arguments: Any) -> Any:
        """Run one step as a task."""
        as_task = task(name=name, cache_policy=NO_CACHE, persist_result=False)
        return as_task(step)(*arguments)


def run_as_flow(request: RunRequest, observer: Observer | None = None) -> RunSummary:
    """Make a pass whose work, if there is any, is a flow run on the server."""
    return run_pass(request, observer, TaskEngine())


def _run_work(work: Callable[[], None]) -> None:
    work()
