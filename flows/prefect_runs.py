"""Runs on a Prefect server: closes those of dead processes, forgets old ones.

Importing this module imports Prefect; `flows.lazy_engine` sets its environment first.
"""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    FlowRunFilter,
    FlowRunFilterDeploymentId,
    FlowRunFilterEndTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
    FlowRunFilterTags,
)
from prefect.client.schemas.objects import StateType
from prefect.client.schemas.sorting import FlowRunSort
from prefect.states import Crashed

from warehouse.lock import is_held

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path
    from uuid import UUID

    from prefect.client.orchestration import SyncPrefectClient
    from prefect.client.schemas.objects import FlowRun

#: The state of a run whose process died.
INTERRUPTED = "Interrupted"
#: Prefect's own limit of one answer; with one slot there is one run, or none.
_MOST_RUNS = 200
_STARTED = (StateType.RUNNING, StateType.CANCELLING)
_AT_WORK = (StateType.PENDING, *_STARTED)
_DONE = (StateType.COMPLETED, StateType.FAILED, StateType.CRASHED)


def folder_tag(data: Path) -> str:
    """By what runs of one data folder of one machine are told from others'."""
    return f"{socket.gethostname()}:{data.resolve()}"


def close_runs_of_deployment(deployment_id: UUID, *, but: FlowRun | None = None) -> int:
    """Close runs of a deployment that were at work when their process died.

    Args:
        deployment_id: one that lets one run at a time be at work.
        but: the run that is at work now, and has the one slot: what else is said to
            have started before it is dead. None if none is.

    Returns:
        How many were closed.
    """
    states = _STARTED if but else _AT_WORK
    with get_client(sync_client=True) as client:
        found = _read(
            client, _in_states(states), DeploymentFilterId(any_=[deployment_id])
        )
        dead = [run for run in found if but is None or _is_before(run, but)]
        _close(client, dead)
    return len(dead)


def close_runs_by_hand(data: Path, *, but: UUID | None = None) -> int:
    """Close flow runs of `qoima run` on this folder whose process died.

    Such a run is at work only while it holds the warehouse.

    Args:
        data: the data folder.
        but: our own, which holds the warehouse; None if we hold nothing.

    Returns:
        How many were closed.
    """
    if but is None and is_held(data):
        return 0
    with get_client(sync_client=True) as client:
        wanted = _in_states(_AT_WORK)
        wanted.deployment_id = FlowRunFilterDeploymentId(is_null_=True)
        wanted.tags = FlowRunFilterTags(all_=[folder_tag(data)])
        dead = [run for run in _read(client, wanted) if run.id != but]
        _close(client, dead)
    return len(dead)


def mark_run(run_id: UUID, data: Path) -> None:
    """Let a flow run of `qoima run` be known for this folder's."""
    with get_client(sync_client=True) as client:
        client.update_flow_run(run_id, tags=[folder_tag(data)])


def forget_old_runs(deployment_id: UUID, keep: int) -> int:
    """Forget the oldest runs of a deployment that have ended.

    Args:
        deployment_id: the deployment.
        keep: how many; of those that were cancelled, which under a fast schedule
            are most and did nothing, a tenth as many.

    Returns:
        How many were forgotten.
    """
    with get_client(sync_client=True) as client:
        return _forget(client, deployment_id, _DONE, keep) + _forget(
            client, deployment_id, (StateType.CANCELLED,), max(1, keep // 10)
        )


def _forget(
    client: SyncPrefectClient,
    deployment_id: UUID,
    types: Collection[StateType],
    keep: int,
) -> int:
    forgotten = 0
    wanted = _in_states(types)
    wanted.deployment_id = FlowRunFilterDeploymentId(any_=[deployment_id])
    kept = client.read_flow_runs(
        flow_run_filter=wanted, sort=FlowRunSort.END_TIME_DESC, limit=1, offset=keep
    )
    if not kept or kept[0].end_time is None:
        return 0
    wanted.end_time = FlowRunFilterEndTime(before_=kept[0].end_time)
    body = {"flow_runs": wanted.model_dump(mode="json")}
    # The client's list of routes has not got this one, its server has.
    route: Any = "/flow_runs/bulk_delete"
    while True:
        answer = client.request("POST", route, json=body)
        count = len(answer.json()["deleted"])
        forgotten += count
        if not count:
            return forgotten


def _in_states(types: Collection[StateType]) -> FlowRunFilter:
    return FlowRunFilter(
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=list(types)))
    )


def _read(
    client: SyncPrefectClient,
    wanted: FlowRunFilter,
    deployment: DeploymentFilterId | None = None,
) -> list[FlowRun]:
    return client.read_flow_runs(
        flow_run_filter=wanted,
        deployment_filter=DeploymentFilter(id=deployment) if deployment else None,
        # Without these two the client sends nulls, which the server refuses.
        sort=FlowRunSort.ID_DESC,
        limit=_MOST_RUNS,
    )


def _close(client: SyncPrefectClient, dead: list[FlowRun]) -> None:
    for run in dead:
        client.set_flow_run_state(
            run.id,
            Crashed(
                name=INTERRUPTED,
                message="Its process ended before the run did. The next run takes what "
                "it left.",
            ),
            force=True,
        )


def _is_before(run: FlowRun, other: FlowRun) -> bool:
    if run.id == other.id or run.start_time is None:
        return False
    return other.start_time is None or run.start_time < other.start_time
