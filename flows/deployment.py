"""The scheduled deployment: a whole pass as a flow, and the process that serves it.

Importing this module imports Prefect; `flows.lazy_engine` sets its environment first.
Annotations are evaluated here, because Prefect makes the parameters' schema of them.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

from prefect import flow
from prefect.artifacts import create_markdown_artifact
from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import GlobalConcurrencyLimitUpdate
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import (
    ConcurrencyLimitConfig,
    ConcurrencyLimitStrategy,
    State,
    StateType,
)
from prefect.client.schemas.sorting import FlowRunSort
from prefect.context import FlowRunContext
from prefect.runner import Runner
from prefect.schedules import Cron
from prefect.states import Completed, Crashed, Failed
from prefect.types.entrypoint import EntrypointType
from pydantic import Field

from checks.rules import RULES
from flows.artifact import ARTIFACT_KEY, page, sentence
from flows.commands.run import (
    as_root,
    known_rules,
)
from flows.errors import UserError
from flows.findings import Found, findings
from flows.flow import FLOW_NAME, StepEngine
from flows.notify import run_and_tell
from flows.run import LANDING, RunRequest
from flows.settings import Settings, load_settings
from flows.site import SITE
from flows.summary import RunSummary
from warehouse.catalog import WarehouseError
from warehouse.lock import WarehouseBusyError

DEPLOYMENT_NAME = "schedule"
_DESCRIPTION = (
    "Picks up what is new in the landing folder, loads it and publishes the reports. "
    "One at a time: a run that comes due while another is at work is cancelled, "
    "because the next one takes everything that waits."
)
#: Prefect's own limit of one answer; with one slot there is one run, or none.
_MOST_CUT_OFF = 200
_AT_WORK = [StateType.PENDING, StateType.RUNNING, StateType.CANCELLING]


class _Runner(Runner):
    """Prefect's runner, which on SIGTERM forgets to await its own end.

    Attributes:
        end: ends it in order: runs at work are stopped and the schedule is paused.
    """

    end: Callable[[], object]

    def handle_sigterm(self, *_arguments: Any, **_options: Any) -> None:
        """End in order."""
        asyncio.get_running_loop().call_soon_threadsafe(self.end)


_RuleId = Annotated[str, Field(json_schema_extra={"enum": sorted(RULES)})]


@flow(name=FLOW_NAME, persist_result=False)
def scheduled_pass(
    paths: list[str] | None = None,
    accept: list[_RuleId] | None = None,
    *,
    dry_run: bool = False,
) -> State[Any]:
    """Make one pass, from the landing folder to the published reports.

    Args:
        paths: Folders or files to read instead of the landing folder.
        accept: Rules that may fail in this run: a load that they would block goes in.
        dry_run: Do all the work and keep nothing of it.
    """
    settings = load_settings()
    try:
        request = RunRequest(
            data=settings.data,
            roots=tuple(map(as_root, _paths(settings, paths))),
            settings=settings,
            trigger=_trigger(),
            accepted=known_rules(accept or []),
            is_dry_run=dry_run,
        )
        summary = run_and_tell(request, engine=StepEngine())
    except WarehouseBusyError as busy:
        return Completed(
            name="Skipped", message=f"Skipped: {busy} The next run takes what waits."
        )
    except (UserError, WarehouseError) as error:
        return Failed(message=str(error))
    return _conclude(summary, request)


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
        # Of runs that became late together, the first takes the slot and with it all
        # that waits; the others find it taken.
        concurrency_limit=ConcurrencyLimitConfig(
            limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW
        ),
        description=_DESCRIPTION,
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    await _close_cut_off_runs(deployment_id)
    work = asyncio.ensure_future(runner.start())
    runner.end = work.cancel
    on_ready()
    with suppress(asyncio.CancelledError):
        await work


def _paths(settings: Settings, paths: list[str] | None) -> list[Path]:
    return [Path(path) for path in paths or []] or [settings.data / LANDING]


def _trigger() -> str:
    """Whether the schedule started this run, or somebody by hand."""
    context = FlowRunContext.get()
    run = context.flow_run if context else None
    return "schedule" if run and run.auto_scheduled else "manual"


def _conclude(summary: RunSummary, request: RunRequest) -> State[Any]:
    """Leave the account on the server, and judge the run."""
    found = Found()
    if summary.load_ids:
        if not request.is_dry_run:
            found = findings(request.data, summary.load_ids)
        site = request.data / SITE / "index.html"
        create_markdown_artifact(
            key=ARTIFACT_KEY,
            markdown=page(
                summary,
                found,
                site=site.resolve() if site.exists() else None,
                is_dry_run=request.is_dry_run,
            ),
            description="What the pass did, and the checks that failed.",
        )
    account = sentence(summary)
    if summary.status == "succeeded":
        return Completed(message=account)
    stopping = ", ".join(
        check.rule_id
        for check in found.failed
        if not check.could_run or check.severity == "critical"
    )
    why = f" by {stopping}" if stopping else ""
    return Failed(
        message=f"A load was {summary.status}{why}; its files are held. {account}"
    )


async def _close_cut_off_runs(deployment_id: UUID) -> None:
    """Clear away what a crash left open on the server.

    The server remembers that a run holds the one slot, but not, once it was started
    again, when that claim ends: every further run would be cancelled.
    """
    async with get_client() as client:
        for run in await client.read_flow_runs(
            deployment_filter=DeploymentFilter(
                id=DeploymentFilterId(any_=[deployment_id])
            ),
            flow_run_filter=FlowRunFilter(
                state=FlowRunFilterState(type=FlowRunFilterStateType(any_=_AT_WORK))
            ),
            # Without these two the client sends nulls, which the server refuses.
            sort=FlowRunSort.ID_DESC,
            limit=_MOST_CUT_OFF,
        ):
            await client.set_flow_run_state(
                run.id,
                Crashed(message="The schedule ended before the run did."),
                force=True,
            )
        deployment = await client.read_deployment(deployment_id)
        limit = deployment.global_concurrency_limit
        if limit is not None:
            await client.update_global_concurrency_limit(
                limit.name, GlobalConcurrencyLimitUpdate(active_slots=0)
            )
