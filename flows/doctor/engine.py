"""Who reads articles: this process, or the workers of a Dask cluster."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from flows.doctor.finding import Finding
from flows.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.settings import Settings

_SECONDS = 3.0


def findings(settings: Settings) -> Iterator[Finding]:
    """Look whether the engine of the settings can work; nothing is started."""
    if settings.engine == "local":
        yield Finding("ok", "engine", "local: this machine reads the articles")
        return
    if not (find_spec("dask") and find_spec("distributed")):
        yield Finding(
            "problem",
            "engine",
            'engine = "dask", and Dask is not installed',
            'pip install "qoima[scale]", or set engine = "local".',
        )
        return
    if settings.dask_address is None:
        text = f"dask: {settings.dask_workers} workers of its own in each run"
        yield Finding("ok", "engine", text)
        return
    yield _cluster(settings.dask_address)


def _cluster(address: str) -> Finding:
    """Whether the scheduler answers, and its workers are like this machine."""
    from flows.dask_connect import check_workers, connect

    try:
        with connect(address, seconds=_SECONDS) as client:
            count = check_workers(client, address, wait_seconds=_SECONDS)
    except UserError as error:
        return Finding(
            "problem",
            "engine",
            str(error),
            'See "The transforms: Dask" in docs/scale.md.',
        )
    return Finding("ok", "engine", f"dask: {count} workers at {address}, like this one")
