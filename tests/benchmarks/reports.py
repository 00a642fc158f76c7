"""`make bench`: how long each report takes, and what publishing costs.

Both are measured on made-up fact rows (`fact_rows`). Processor time is told beside the
clock, divided by the threads: it is the fairer figure on a machine with other work.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from tests.benchmarks.fact_rows import make_warehouse
from warehouse.publish import publish
from warehouse.query import Report, load_reports, run_report

if TYPE_CHECKING:
    from collections.abc import Mapping

GOAL = 0.2
#: The first run of a report is not counted.
_TIMES = 5


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=200_000)
    parser.add_argument("--warehouse", type=Path, help="one that was made before")
    parser.add_argument("--only", nargs="*", help="these reports alone")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        if not given.warehouse:
            time_publishing(Path(name), given.articles // 10)
            time_publishing(Path(name), given.articles)
        path = given.warehouse or Path(name) / f"{given.articles}.duckdb"
        time_reports(path, given.only)


def time_publishing(folder: Path, articles: int) -> None:
    """Make a warehouse of so many articles in the folder, and publish it."""
    path = folder / f"{articles}.duckdb"
    begun = time.perf_counter()
    make_warehouse(path, articles)
    made = time.perf_counter() - begun
    spent = []
    for _ in range(_TIMES):
        begun = time.perf_counter()
        publish(path, folder / "reports.duckdb")
        spent.append(time.perf_counter() - begun)
    (folder / "reports.duckdb").unlink()
    print(
        f"publishing {articles} articles, {path.stat().st_size / 1e6:.0f} MB: median "
        f"{statistics.median(spent):.2f} s (made in {made:.0f} s)"
    )


def time_reports(path: Path, only: list[str] | None) -> None:
    """Every report over all time, and over the newest 28 days."""
    threads = os.cpu_count() or 1
    print(f"{'report':<22} {'all: clock':>12} {'processor':>10}", end="")
    print(f" {'28 days':>9} {'processor':>10}   ms, medians of {_TIMES}")
    slow = []
    with duckdb.connect(str(path), read_only=True) as connection:
        newest = connection.execute(
            "select max(published_date) from fact_article"
        ).fetchone()
        since = newest[0] - timedelta(days=27) if newest else None
        for name, report in load_reports().items():
            if only and name not in only:
                continue
            clock, used = _time(connection, report, {}, threads)
            if "since" in report.parameters:
                month = _time(connection, report, {"since": since}, threads)
            else:
                month = clock, used
            mark = "" if max(used, month[1]) < GOAL else "  over"
            slow += [name] if mark else []
            figures = (clock, used, *month)
            shown = [f"{figure * 1000:10.0f}" for figure in figures]
            print(f"{name:<24}{' '.join(shown)}{mark}", flush=True)
    print(f"over {GOAL * 1000:.0f} ms of processor time: {', '.join(slow) or 'none'}")


def _time(
    connection: duckdb.DuckDBPyConnection,
    report: Report,
    values: Mapping[str, Any],
    threads: int,
) -> tuple[float, float]:
    run_report(connection, report.name, values)
    clock, used = [], []
    for _ in range(_TIMES):
        begun, spent = time.perf_counter(), time.process_time()
        run_report(connection, report.name, values)
        used.append((time.process_time() - spent) / threads)
        clock.append(time.perf_counter() - begun)
    return statistics.median(clock), statistics.median(used)


if __name__ == "__main__":
    main()
