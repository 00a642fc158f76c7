"""Dask's scheduler: found or started, and its workers looked at."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from flows import dask_worker
from flows.dask_worker import differences, environment
from flows.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: A scheduler that does not answer within so many seconds is not there.
CONNECT_SECONDS = 10.0


@contextmanager
def connect(
    address: str, security: Any = None, seconds: float | None = None
) -> Iterator[Any]:
    """A client of a scheduler.

    Raises:
        UserError: Dask is not installed, or nobody answers there.
    """
    distributed = import_distributed()
    try:
        client = distributed.Client(
            address,
            security=security,
            timeout=seconds or CONNECT_SECONDS,
            set_as_default=False,
        )
    except (OSError, TimeoutError, ValueError, TypeError) as error:
        words = " ".join(str(error).split())
        message = (
            f"dask_address: no Dask scheduler answers at {address} ({words}). Start it "
            '(dask scheduler), mend the setting, or set engine = "local".'
        )
        raise UserError(message) from None
    with client:
        yield client


def check_workers(client: Any, address: str, wait_seconds: float) -> int:
    """How many workers there are, all like this process.

    Raises:
        UserError: there is none, or one is not like this process.
    """
    try:
        client.wait_for_workers(1, timeout=wait_seconds)
    except TimeoutError:
        message = (
            f"{address}: the Dask scheduler has had no worker for {wait_seconds:g} "
            "seconds. Start some: dask worker."
        )
        raise UserError(message) from None
    found = client.run(dask_worker.environment, on_error="return")
    ours = environment()
    for worker, theirs in sorted(found.items()):
        if isinstance(theirs, OSError):
            continue  # it ended meanwhile; a later one is checked with its first part
        if isinstance(theirs, BaseException):
            unlike = f"it does not run Qoima ({theirs})"
        else:
            unlike = differences(ours, theirs)
        if unlike:
            message = (
                f"the Dask worker {worker} is not like this machine: {unlike}. Install "
                "the same Qoima there, by requirements.lock, and start it again."
            )
            raise UserError(message)
    return len(found)


@contextmanager
def local_cluster(workers: int, scratch: Path) -> Iterator[Any]:
    """A cluster on loopback for the time of a run, behind a certificate of its own.

    Whoever reaches a scheduler can have code run, and others may share this machine.
    """
    distributed = import_distributed()
    with distributed.LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        protocol="tls",
        security=True,
        # Its pages, on loopback too: Dask has no way to leave them out.
        dashboard_address="127.0.0.1:0",
        silence_logs=logging.CRITICAL,
        local_directory=str(scratch),
        # Workers share the cores among themselves.
        env={"POLARS_MAX_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
    ) as cluster:
        yield cluster


def import_distributed() -> Any:
    """Dask's `distributed`, which says less.

    Raises:
        UserError: it is not installed.
    """
    try:
        import dask
        import distributed
    except ImportError:
        message = (
            'engine = "dask" needs Dask: pip install "qoima[scale]", or set '
            'engine = "local".'
        )
        raise UserError(message) from None
    # Parts go through the scheduler, so that no worker's end loses them; how many at
    # once is bounded here.
    dask.config.set(
        {
            "distributed.admin.large-graph-warning-threshold": "1GB",
            # Of workers of our own: nobody looks at what it samples all the time.
            "distributed.worker.profile.enabled": False,
        }
    )
    # What matters of it is told by errors of our own.
    for name in ("distributed", "distributed.client", "distributed.scheduler"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return distributed
