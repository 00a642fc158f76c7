"""The Prefect flow: the same steps as plain calls make, as tasks of a flow run.

Importing this module imports Prefect (over a second), so only what works with a
server does. Results are neither stored nor cached: frames are large, and the
warehouse is the result.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.context import FlowRunContext

from flows.prefect_runs import close_runs_by_hand, mark_run
from flows.run import Engine

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from uuid import UUID

    from prefect.client.schemas.objects import State


FLOW_NAME = "qoima-pass"

#: Steps that only read or write whole files. What failed there for the disk's or the
#: network's sake may go well a moment later, and doing it again does no harm. The
#: others stand inside a transaction, or would fail on the same data again.
RETRIED_STEPS = frozenset({"pick up", "raw", "publish"})
_RETRY_DELAYS = [1.0, 3.0]


class StepEngine(Engine):
    """Runs each step as a Prefect task of the flow run it is called in."""

    makes_tasks = True

    def call(self, name: str, step: Callable[..., Any], *arguments: Any) -> Any:
        """Run one step as a task."""
        delays = _RETRY_DELAYS if name in RETRIED_STEPS else []
        as_task = task(
            name=name,
            cache_policy=NO_CACHE,
            persist_result=False,
            retries=len(delays),
            retry_delay_seconds=delays or None,
            retry_condition_fn=_failed_for_the_system,
        )
        return as_task(step)(*arguments)


class TaskEngine(StepEngine):
    """Makes the work of a pass a flow run of its own.

    Attributes:
        run_id: the flow run, once it has begun.
    """

    def __init__(self, data: Path) -> None:
        """Remember the data folder, whose runs are closed if their process died."""
        self._data = data
        self.run_id: UUID | None = None

    def execute(self, work: Callable[[], None]) -> None:
        """Run the work of a pass as a flow run of its own."""
        named = flow(name=FLOW_NAME, persist_result=False, validate_parameters=False)
        named(self._run_work)(work)

    def _run_work(self, work: Callable[[], None]) -> None:
        context = FlowRunContext.get()
        if context and context.flow_run:
            self.run_id = context.flow_run.id
            mark_run(self.run_id, self._data)
            close_runs_by_hand(self._data, but=self.run_id)
        work()


def _failed_for_the_system(_task: Any, _task_run: Any, state: State[Any]) -> bool:
    """Whether a step failed for the operating system's sake, not for the data's."""
    try:
        state.result()
    except OSError:
        return True
    except Exception:  # noqa: BLE001 - any other failure, whatever it is
        return False
    return False
