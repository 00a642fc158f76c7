"""A whole pass as a flow, which deployments start: of `qoima up`, and in work pools.

Importing this module imports Prefect; `flows.lazy_engine` sets its environment first.
Annotations are evaluated here, because Prefect makes the parameters' schema of them.
"""

from pathlib import Path
from typing import Annotated, Any

from prefect import flow
from prefect.client.schemas.objects import (
    ConcurrencyLimitConfig,
    ConcurrencyLimitStrategy,
    FlowRun,
    State,
)
from prefect.context import FlowRunContext
from prefect.states import Completed, Failed
from pydantic import Field

from checks.rules import RULES
from flows.artifact import sentence
from flows.commands.run import (
    as_root,
    known_rules,
)
from flows.errors import UserError
from flows.findings import Found
from flows.flow import FLOW_NAME, StepEngine
from flows.leave import leave_artifacts
from flows.notify import run_and_tell
from flows.prefect_runs import close_runs_by_hand, close_runs_of_deployment
from flows.row_counts import count_rows
from flows.run import LANDING, RunRequest
from flows.settings import Settings, load_settings
from flows.summary import RunSummary
from warehouse.catalog import WarehouseError
from warehouse.lock import WarehouseBusyError, is_held

DESCRIPTION = (
    "Picks up what is new in the landing folder, loads it and publishes the reports. "
    "One at a time: a run that comes due while another is at work is cancelled, "
    "because the next one takes everything that waits."
)
#: Of runs that became late together, the first takes the slot and with it all that
#: waits; the others find it taken.
ONE_AT_A_TIME = ConcurrencyLimitConfig(
    limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW
)


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
    run = _this_run()
    if not is_held(settings.data):  # else somebody is at work: a sleep may cost a turn
        if run and run.deployment_id:
            close_runs_of_deployment(run.deployment_id, but=run)
        close_runs_by_hand(settings.data)
    before = count_rows(settings.data)
    try:
        request = RunRequest(
            data=settings.data,
            roots=tuple(map(as_root, _paths(settings, paths))),
            settings=settings,
            trigger="schedule" if run and run.auto_scheduled else "manual",
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
    found = leave_artifacts(run.id, request, summary, before) if run else Found()
    return _judge(summary, found)


def _paths(settings: Settings, paths: list[str] | None) -> list[Path]:
    return [Path(path) for path in paths or []] or [settings.data / LANDING]


def _this_run() -> FlowRun | None:
    context = FlowRunContext.get()
    return context.flow_run if context else None


def _judge(summary: RunSummary, found: Found) -> State[Any]:
    """The state in which a run ends."""
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
