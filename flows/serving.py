"""The process below `qoima up` that starts a pass whenever one is due.

Importing this module imports Prefect; `flows.lazy_engine` sets its environment first.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import httpx
from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import GlobalConcurrencyLimitUpdate
from prefect.exceptions import PrefectException
from prefect.runner import Runner
from prefect.schedules import Cron
from prefect.types.entrypoint import EntrypointType

from flows.deployment import DESCRIPTION, ONE_AT_A_TIME, scheduled_pass
from flows.prefect_runs import (
    close_runs_by_hand,
    close_runs_of_deployment,
    forget_old_runs,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from flows.settings import Settings

DEPLOYMENT_NAME = "schedule"
#: How often old runs are forgotten.
_FORGET_SECONDS = 60.0


class _Runner(Runner):
    """Prefect's runner, which on SIGTERM forgets to await its own end.

    Attributes:
        end: ends it in order: runs at work are stopped and the schedule is paused.
    """

    end: Callable[[], object]

    def handle_sigterm(self, *_arguments: Any, **_options: Any) -> None:
        """End in order."""
        asyncio.get_running_loop().call_soon_threadsafe(self.end)


async def serve(settings: Settings, on_ready: Callable[[], None]) -> None:
    """Register the deployment and start its runs as they come due, until stopped.

    Args:
        settings: the schedule.
        on_ready: called once the server knows the schedule.
    """
    runner = _Runner(name=DEPLOYMENT_NAME, pause_on_shutdown=True)
    deployment_id = await runner.aadd_flow(
        scheduled_pass,
        name=DEPLOYMENT_NAME,
        schedule=Cron(settings.schedule_cron, timezone=settings.schedule_zone),
        paused=False,
        concurrency_limit=ONE_AT_A_TIME,
        description=DESCRIPTION,
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    await asyncio.to_thread(close_runs_of_deployment, deployment_id)
    await asyncio.to_thread(close_runs_by_hand, settings.data)
    await _free_slot(deployment_id)
    work = asyncio.ensure_future(runner.start())
    runner.end = work.cancel
    forgetting = asyncio.create_task(_forget(deployment_id, settings))
    on_ready()
    with suppress(asyncio.CancelledError):
        await work
    forgetting.cancel()


async def _free_slot(deployment_id: UUID) -> None:
    """Free the one slot.

    The server remembers that a run holds it, but not, once it was started again, when
    that claim ends: every further run would be cancelled.
    """
    async with get_client() as client:
        deployment = await client.read_deployment(deployment_id)
        limit = deployment.global_concurrency_limit
        if limit is not None:
            await client.update_global_concurrency_limit(
                limit.name, GlobalConcurrencyLimitUpdate(active_slots=0)
            )


async def _forget(deployment_id: UUID, settings: Settings) -> None:
    """Every minute, forget more runs than are kept: a schedule may be a fast one."""
    while True:
        await asyncio.sleep(_FORGET_SECONDS)
        try:
            await asyncio.to_thread(
                forget_old_runs, deployment_id, settings.keep_prefect_runs
            )
        except (httpx.HTTPError, PrefectException) as error:  # a minute later again
            logging.getLogger(__name__).warning("runs were not forgotten: %s", error)
