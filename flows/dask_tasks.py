"""Parts as tasks of the Prefect flow run that is on, by Prefect's Dask task runner.

Importing this module imports Prefect and Dask.
"""

from __future__ import annotations

import contextvars
import ipaddress
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.context import FlowRunContext, get_settings_context
from prefect.settings import PREFECT_API_URL
from prefect_dask.task_runners import DaskTaskRunner

from flows.dask_worker import perform
from flows.flow import FLOW_NAME

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from distributed import Future

    from flows.dask_cluster import Send


def is_seen_by_workers(*, is_local: bool) -> bool:
    """Whether workers can tell the server of their tasks.

    Those of other machines cannot reach a server on loopback.
    """
    if FlowRunContext.get() is None:
        return False
    host = urlsplit(PREFECT_API_URL.value() or "").hostname
    if host is None:
        return False
    if is_local:
        return True
    try:
        return not ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host != "localhost"


@contextmanager
def task_submitter(address: str, security: Any) -> Iterator[tuple[Any, Send]]:
    """A client of the scheduler, and what sends parts by it as tasks of the run."""
    runner = DaskTaskRunner(address=address, client_kwargs={"security": security})
    with runner:

        def submit(
            name: str, payload: bytes, shared: Future[Any]
        ) -> tuple[Future[Any], Callable[[], bytes]]:
            step: Any = task(name=name, cache_policy=NO_CACHE, persist_result=False)(
                perform
            )
            arguments = {"payload": payload, "shared": shared}
            future = _outside(lambda: runner.submit(step, arguments))
            return future.wrapped_future, future.result

        yield runner.client, submit


def _outside(submit: Callable[[], Any]) -> Any:
    """Submit a task of the flow run, without what that run holds in its hands.

    Prefect sends workers the flow, the task that submits, and the arguments of both:
    an open warehouse among them, which does not travel. So what they get is a flow run
    of the same id with an empty flow, and no task.
    """
    here = FlowRunContext.get()
    if here is None:
        message = "Parts were to be tasks of a flow run, and none is on."
        raise RuntimeError(message)
    run = here.model_copy(update={"flow": _empty, "parameters": {}})
    settings = get_settings_context().model_copy()

    def within() -> Any:
        with settings, run:
            return submit()

    return contextvars.Context().run(within)


def _nothing() -> None:
    """The flow that workers see."""


_empty = flow(name=FLOW_NAME, persist_result=False)(_nothing)
