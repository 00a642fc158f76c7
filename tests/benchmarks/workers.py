"""What the workers of a Dask cluster take off a run, and what sending parts costs.

Processor time, step by step, of the run, of the scheduler and of the workers: other
work on the machine stretches the clock, and leaves that alone.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from checks.process import CheckProcess
from flows.dask_connect import connect
from flows.landing import Root
from flows.observer import Observer
from flows.run import RunRequest, run_pass
from flows.settings import Settings
from tests.benchmarks.generate import write_articles

if TYPE_CHECKING:
    from collections.abc import Iterator

DASK = Path(sys.executable).with_name("dask")
#: Steps that workers take over, as they are called here and there.
TAKEN = {
    *("read", "parse", "sentences", "names", "quotes", "amounts", "dates", "topics"),
    *("events", "signatures", "enrich"),
}


class Clock(Observer):
    """Processor seconds of this process by step."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()
        self._step, self._since = "start", time.process_time()

    def at(self, step: str) -> None:
        now = time.process_time()
        self.spent[self._step] += now - self._since
        self._step, self._since = step, now


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=3000)
    count = parser.parse_args().articles
    with tempfile.TemporaryDirectory() as name, CheckProcess() as checker:
        folder = Path(name)
        write_articles(folder / "few", 50, first=count)
        write_articles(folder / "landing", count)
        here, local = load(folder, checker, count, "local")
        everything = sum(local.values())
        taken = sum(local[step] for step in TAKEN)
        rest = everything - taken
        print(f"{count} articles, in this process: {here:.1f} s by the clock")
        tell("steps that workers can take over", taken, count)
        tell("the rest: raw zone, checks, load, publish", rest, count)
        for workers in (1, 2):
            tell_cluster(folder, checker, count, workers, rest)


def tell_cluster(
    folder: Path, checker: CheckProcess, count: int, workers: int, rest: float
) -> None:
    """One load with a cluster, whose processes have been used before."""
    with cluster(folder, workers) as address:
        load(folder, checker, 50, f"warm{workers}", address, "few")
        before, shipper = used(address), 0.0
        seconds, spent = load(folder, checker, count, f"dask{workers}", address)
        after = used(address)
        work = after["workers"] - before["workers"]
        scheduler = after["scheduler"] - before["scheduler"]
        shipper = sum(spent[step] for step in TAKEN)
        print(f"\n{workers} workers: {seconds:.1f} s by the clock")
        tell("the workers", work, count)
        tell("the run: cutting, sending, putting together", shipper, count)
        tell("the scheduler", scheduler, count)
        tell("the rest of the run", sum(spent.values()) - shipper, count)
        print(f"  memory of a worker {after['memory'] / 1e6:.0f} MB at its peak")
        print(
            f"  one run keeps {work / (rest + shipper):.1f} workers busy: more of "
            "them wait for it"
        )


def tell(what: str, seconds: float, count: int) -> None:
    print(f"  {what:<46} {seconds:7.2f} s  {seconds / count * 1000:6.2f} ms an article")


def load(  # noqa: PLR0913, PLR0917 - a benchmark's
    folder: Path,
    checker: CheckProcess,
    count: int,
    name: str,
    address: str | None = None,
    landing: str = "landing",
) -> tuple[float, Counter[str]]:
    """Seconds by the clock, and this process's own by step."""
    clock = Clock()
    options = {"engine": "dask", "dask_address": address} if address else {}
    begun = time.perf_counter()
    settings = Settings(data=folder / name, settle_seconds=0, **options)
    roots = (Root(folder / landing),)
    summary = run_pass(
        RunRequest(folder / name, roots, settings, checker=checker), clock
    )
    clock.at("end")
    if (summary.status, summary.articles_loaded) != ("succeeded", count):
        sys.exit(f"the load did not succeed: {summary}")
    return time.perf_counter() - begun, clock.spent


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[str]:
    """A scheduler and its workers, each a process started as docs/scale.md says."""
    told = folder / f"scheduler{workers}.json"
    loopback = ["--host", "127.0.0.1", "--no-dashboard"]
    environment = os.environ | {
        "POLARS_MAX_THREADS": "1",
        "PYTHONPATH": str(Path.cwd()),
    }
    commands = [
        [DASK, "scheduler", *loopback, "--port", "0", "--scheduler-file", told],
        *[[DASK, "worker", "--scheduler-file", told, *loopback, "--nthreads", "1"]]
        * workers,
    ]
    processes = []
    try:
        for command in commands:
            processes.append(
                subprocess.Popen(
                    command,
                    cwd=folder,
                    env=environment,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
            )
            while not told.exists():
                time.sleep(0.1)
        address = json.loads(told.read_text())["address"]
        with connect(address, seconds=60) as client:
            client.wait_for_workers(workers, timeout=120)
        yield address
    finally:
        for process in reversed(processes):
            process.terminate()
        for process in processes:
            process.wait(30)


def used(address: str) -> dict[str, float]:
    """Processor seconds of workers and scheduler so far; a worker's peak memory."""
    import resource

    with connect(address) as client:
        return {
            "workers": sum(client.run(time.process_time).values()),
            "scheduler": client.run_on_scheduler(time.process_time),
            "memory": 1024
            * max(
                usage.ru_maxrss for usage in client.run(resource.getrusage, 0).values()
            ),
        }


if __name__ == "__main__":
    main()
