"""A deployment in a work pool, for teams that run a Prefect server of their own.

Importing this module imports Prefect, as the user has set it up: his profile, address
and key hold here.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import httpx
from prefect.client.orchestration import get_client
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import ObjectNotFound, PrefectHTTPStatusError
from prefect.schedules import Cron
from prefect.settings import PREFECT_API_URL
from prefect.types.entrypoint import EntrypointType

from flows.deployment import DESCRIPTION, ONE_AT_A_TIME, scheduled_pass
from flows.errors import UserError
from flows.settings import ENV_PREFIX

if TYPE_CHECKING:
    from pathlib import Path

    from flows.settings import Settings

#: The one kind of pool whose jobs run on the worker's own machine, beside the data.
_PROCESS = "process"


def deploy(
    settings: Settings,
    pool: str,
    name: str,
    job_variables: dict[str, Any],
    *,
    folder: Path,
) -> str:
    """Register the flow in a work pool; again, it is brought up to date.

    Args:
        settings: the schedule, and the data folder.
        pool: the work pool, which is there.
        name: of the deployment.
        job_variables: as the pool's job template has them; they come first.
        folder: where ``qoima.toml`` lies, on the worker's machine.

    Returns:
        The full name of the deployment.

    Raises:
        UserError: there is no such server or pool.
    """
    kind = _kind_of(pool)
    deployment = RunnerDeployment.from_flow(
        scheduled_pass,
        name=name,
        schedule=Cron(settings.schedule_cron, timezone=settings.schedule_zone),
        paused=False,
        concurrency_limit=ONE_AT_A_TIME,
        description=DESCRIPTION,
        work_pool_name=pool,
        job_variables=_variables(settings, kind, folder) | job_variables,
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    deployment.apply()
    return deployment.full_name


def _kind_of(pool: str) -> str:
    """The kind of a work pool."""
    url = PREFECT_API_URL.value()
    if not url:
        message = (
            "no Prefect server is named: set PREFECT_API_URL, or prefect_api_url in "
            "qoima.toml."
        )
        raise UserError(message)
    try:
        with get_client(sync_client=True) as client:
            return client.read_work_pool(pool).type
    except ObjectNotFound:
        message = (
            f"--pool: {url} has no work pool {pool!r}. Make it: "
            f"prefect work-pool create --type process {pool}"
        )
    except PrefectHTTPStatusError as error:
        message = f"{url} says {error.response.status_code}: {error.response.text}"
    except (httpx.HTTPError, RuntimeError) as error:
        message = f"{url} does not answer: {error}"
    raise UserError(message)


def _variables(settings: Settings, kind: str, folder: Path) -> dict[str, Any]:
    """What a job needs to find the workspace.

    Only the data folder is written down, never a setting that may be secret: the
    worker's environment and ``qoima.toml`` of the folder have those.
    """
    told = {
        f"{ENV_PREFIX}DATA": os.path.abspath(settings.data),  # noqa: PTH100 - links stay
        "DO_NOT_TRACK": "1",
    }
    if kind != _PROCESS:
        return {"env": told}
    return {"env": told, "working_dir": str(folder.resolve())}
