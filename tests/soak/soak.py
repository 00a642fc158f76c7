"""`make soak`: the schedule at its fastest for a hundred passes, while files arrive.

    python -m tests.soak.soak [--passes 100] [--cron "* * * * * */2"] [--folder DIR]

Starts `qoima up` as a user would, lets files come in every way that they come in life
(`tests.soak.arrivals`), and samples the memory of the server and of the schedule and
the size of Prefect's database. At the end every file has to be accounted for, no run
may have failed, and memory and database must not have grown with the passes.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import duckdb

from flows.server import read_record
from tests.conftest import ROOT
from tests.soak.arrivals import Account, Arrivals

EVERY_TWO_SECONDS = "* * * * * */2"
_SAMPLE_SECONDS = 2.0
_LIMITS = {"server": 1.25, "schedule": 1.25, "database": 1.25}
_MEGABYTE = 1_000_000
#: Sizes that are told, from the first to the last.
_POINTS = 20


@dataclass
class Sample:
    """Sizes at one moment, in bytes, and how many passes had been made."""

    seconds: float
    passes: int
    server: int
    schedule: int
    database: int


@dataclass
class Soak:
    """What was seen of it."""

    data: Path
    states: dict[str, str] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    samples: list[Sample] = field(default_factory=list)
    account: Account | None = None
    titles: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def passes(self) -> int:
        """How many came to their end."""
        return sum(state == "Completed" for state in self.states.values())


def main() -> int:
    """Run it and print the figures; 1 if something does not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passes", type=int, default=100)
    parser.add_argument("--cron", default=EVERY_TWO_SECONDS)
    parser.add_argument("--every", type=float, default=1.0, help="seconds a file")
    parser.add_argument("--minutes", type=float, default=180, help="at most")
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = (options.folder or Path(folder)) / "data"
        found = soak(
            data,
            options.passes,
            minutes=options.minutes,
            cron=options.cron,
            every=options.every,
        )
    tell(found)
    return 1 if found.faults else 0


def soak(
    data: Path,
    passes: int,
    *,
    minutes: float,
    cron: str = EVERY_TWO_SECONDS,
    every: float = 1.0,
) -> Soak:
    """Let it run until so many passes are made, and nothing is left to do."""
    until = time.monotonic() + minutes * 60
    landing = data / "landing"
    landing.mkdir(parents=True)
    found = Soak(data)
    _qoima(data, "up", "--detach", "--cron", cron)
    arrivals = Arrivals(landing, every=every)
    arrivals.start()
    try:
        _watch(found, lambda: found.passes >= passes or time.monotonic() > until)
        arrivals.end()
        ended = found.passes
        # One pass may have begun before the last file came, two have seen them all.
        _watch(found, lambda: found.passes >= ended + 3)
    finally:
        _qoima(data, "down")
    _hold_account(found, arrivals)
    _hold_limits(found)
    return found


def tell(found: Soak) -> None:
    """Print the figures."""
    states = Counter(found.states.values())
    listed = ", ".join(f"{count} {state}" for state, count in states.most_common())
    print(f"runs        {len(found.states)} came due: {listed}")
    if found.seconds:
        print(
            f"passes      {median(found.seconds):.1f} s in the middle, "
            f"{max(found.seconds):.1f} s at most"
        )
    if account := found.account:
        ways = ", ".join(f"{count} {way}" for way, count in account.ways.items())
        fates = " + ".join(f"{count} {fate}" for fate, count in account.fates.items())
        print(f"files       {ways}")
        print(f"account     {sum(account.fates.values())} contents = {fates}")
        print(f"            and {account.cut} read while they were being written")
    for name in _LIMITS:
        early, late = _early_and_late(found, name)
        sizes = [getattr(sample, name) for sample in found.samples]
        print(
            f"{name:<11} {early / _MEGABYTE:.0f} MB in the second quarter, "
            f"{late / _MEGABYTE:.0f} MB in the last, {max(sizes) / _MEGABYTE:.0f} MB "
            "at most"
        )
        step = max(1, len(sizes) // _POINTS)
        told = " ".join(f"{size / _MEGABYTE:.0f}" for size in sizes[::step])
        print(f"            {told}")
    print("\n".join(f"FAULT       {fault}" for fault in found.faults) or "all holds")


def _watch(found: Soak, is_done: object) -> None:
    begun = time.monotonic() - (found.samples[-1].seconds if found.samples else 0)
    while not is_done():  # type: ignore[operator]
        time.sleep(_SAMPLE_SECONDS)
        known = read_record(found.data)
        if known is None:
            message = "qoima up has ended"
            raise RuntimeError(message)
        for run in _ended_runs(known.api_url):
            if run["id"] not in found.states and run["state_name"] == "Completed":
                found.seconds.append(run["total_run_time"])
            found.states[run["id"]] = run["state_name"]
        home = found.data / "prefect"
        found.samples.append(
            Sample(
                time.monotonic() - begun,
                found.passes,
                _resident(known.server_pid),
                _resident(known.schedule_pid),
                sum(path.stat().st_size for path in home.glob("prefect.db*")),
            )
        )


def _ended_runs(api_url: str) -> list[dict]:
    wanted = ["COMPLETED", "FAILED", "CANCELLED", "CRASHED"]
    body = {
        "flow_runs": {"state": {"type": {"any_": wanted}}},
        "sort": "EXPECTED_START_TIME_DESC",
        "limit": 200,
    }
    request = urllib.request.Request(  # noqa: S310 - our own server on loopback
        f"{api_url}/flow_runs/filter",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            return json.load(answer)
    except OSError:  # a busy server is asked again
        return []


def _resident(pid: int) -> int:
    """Memory of a process, in bytes."""
    status = Path(f"/proc/{pid}/statm").read_text().split()
    return int(status[1]) * os.sysconf("SC_PAGE_SIZE")


def _qoima(data: Path, *arguments: str) -> None:
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("PREFECT_")
    }
    subprocess.run(
        [sys.executable, "-m", "flows.cli", *arguments, "--data", str(data)],
        env={"QOIMA_SETTLE_SECONDS": "1"} | environment | {"PYTHONPATH": str(ROOT)},
        cwd=data,
        check=True,
    )


def _hold_account(found: Soak, arrivals: Arrivals) -> None:
    with duckdb.connect(str(found.data / "reports.duckdb"), read_only=True) as reports:
        rows = reports.execute("select path, content_hash, status from fact_file")
        found.account = arrivals.account(rows.fetchall())
        current = Counter(
            title
            for (title,) in reports.execute(
                "select title from fact_article where is_current"
            ).fetchall()
        )
        loads = dict(
            reports.execute(
                "select status, count(*) from dim_load group by all"
            ).fetchall()
        )
    account = found.account
    staying = {one.title for one in arrivals.landed if one.title and not one.is_gone}
    found.titles = len(staying)
    found.faults += [f"lost: {path}" for path in account.lost]
    found.faults += [f"not written by us: {path}" for path in account.strange]
    found.faults += [
        f"{current[title]} current articles: {title}"
        for title in sorted(staying)
        if current[title] != 1
    ]
    found.faults += [
        f"{count} loads {status}"
        for status, count in loads.items()
        if status != "succeeded"
    ]


def _hold_limits(found: Soak) -> None:
    for state, count in Counter(found.states.values()).items():
        if state not in {"Completed", "Cancelled", "Skipped"}:
            found.faults.append(f"{count} runs {state}")
    for name, limit in _LIMITS.items():
        early, late = _early_and_late(found, name)
        if late > early * limit:
            found.faults.append(f"{name} grew from {early:,} to {late:,} bytes")


def _early_and_late(found: Soak, name: str) -> tuple[float, float]:
    """The middle of the second quarter and of the last, by passes made."""
    last = found.samples[-1].passes
    quarters: dict[int, list[int]] = {}
    for sample in found.samples:
        quarter = min(3, sample.passes * 4 // max(1, last))
        quarters.setdefault(quarter, []).append(getattr(sample, name))
    middles = [median(values) for _, values in sorted(quarters.items())]
    return middles[min(1, len(middles) - 1)], middles[-1]


if __name__ == "__main__":
    sys.exit(main())
