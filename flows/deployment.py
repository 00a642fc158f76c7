"""A whole pass as a flow, which deployments start: of `qoima up`, and in work pools.

Importing this module imports Prefect; `flows.lazy_engine` sets its environment first.
Annotations are evaluated here, because Prefect makes the parameters' schema of them.
"""

from pathlib import Path
from typing import Annotated, Any

from prefect import flow
from prefect.artifacts import create_markdown_artifact
from prefect.client.schemas.objects import (
    ConcurrencyLimitConfig,
    ConcurrencyLimitStrategy,
    State,
)
from prefect.context import FlowRunContext
from prefect.states import Completed, Failed
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
