"""`make bench`: how fast a first load is, step by step, and what later passes cost.

Figures drift with the machine; the ratio to a plain script of the same run holds.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from checks.process import CheckProcess
from flows.landing import Root
from flows.run import RunRequest, run_pass
from flows.settings import Settings
from tests.benchmarks.generate import write_articles

#: The share of a run that checking may take.
MOST_OF_A_RUN = 0.25
QOIMA = Path(sys.executable).with_name("qoima")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=20_000)
    count = parser.parse_args().articles
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data = folder / "data"
        landing = data / "landing"
        print(f"{count} articles of about 450 words")
        write_articles(landing, count)
        size = sum(path.stat().st_size for path in landing.rglob("*.txt"))
        print(f"  {size / count / 1000:.1f} KB each, {size / 1e6:.0f} MB in all\n")
        plain = time_plain_script(landing, folder / "plain.duckdb")
        print(
            f"plain pandas script      {plain:7.2f} s  {count / plain:7.0f} articles/s"
        )
        time_first_load(data, landing, count, plain)
        time_nothing_new(data, count)
        time_few_new(data, count)
        time_ten_starts(data)
        compare_archive(folder, count // 10)
        compare_memory(folder, landing, count)


def time_plain_script(landing: Path, target: Path) -> float:
    """Read, split off the header, insert into one table: nothing else."""
    begun = time.perf_counter()
    rows = []
    for path in sorted(landing.rglob("*.txt")):
        header, _, text = path.read_text(encoding="utf-8").partition("\n")
        rows.append(
            {
                "path": str(path),
                "title": header[17:],
                "published_date": date.fromisoformat(header[6:16]),
                "text": text.strip(),
            }
        )
    articles = pd.DataFrame(rows)
    articles["word_count"] = articles["text"].str.count(r"\w+")
    with duckdb.connect(str(target)) as connection:
        connection.execute("create table article as select * from articles")
    return time.perf_counter() - begun


def time_first_load(data: Path, landing: Path, count: int, plain: float) -> None:
    """Load everything into an empty warehouse, with all checks."""
    clock, processor = time.perf_counter(), time.process_time()
    with CheckProcess() as checker:
        summary = run_pass(
            RunRequest(
                data=data,
                roots=(Root(landing),),
                settings=Settings(data=data),
                checker=checker,
            )
        )
    seconds = time.perf_counter() - clock
    used = time.process_time() - processor
    if (summary.status, summary.articles_loaded) != ("succeeded", count):
        print(summary)
        sys.exit("the load did not succeed")
    steps = summary.step_seconds
    publishing = steps.pop("publish")
    print(
        f"first load, published    {seconds:7.2f} s  {count / seconds:7.0f} articles/s"
    )
    print(f"  processor time         {used:7.2f} s  {count / used:7.0f} articles/s")
    print(f"  against the plain script: {plain / seconds:.2f} of its pace")
    for step, spent in [*steps.items(), ("publish", publishing)]:
        print(
            f"    {step:<20} {spent:7.2f} s  {count / max(spent, 1e-9):7.0f} articles/s"
        )
    print(f"  {tell_checking(steps, seconds, checker.waited_seconds)}")
    rest = seconds - sum(steps.values()) - publishing
    print(f"    {'between the steps':<20} {rest:7.2f} s")
    warehouse = data / "warehouse.duckdb"
    print(f"  warehouse {warehouse.stat().st_size / 1e6:.0f} MB\n")


def tell_checking(steps: dict[str, float], seconds: float, waited: float) -> str:
    """What checking took of a whole run: of batches, the split, and of tables."""
    checking = steps.get("check", 0) + steps.get("check tables", 0)
    return (
        f"checking {checking:.2f} s, {checking / seconds:.0%} of the run (goal: at "
        f"most {MOST_OF_A_RUN:.0%}); of it {waited:.2f} s waiting for the import of "
        "Great Expectations"
    )


def time_nothing_new(data: Path, count: int) -> None:
    """The whole command, interpreter included, with every file known."""
    spent = []
    for _ in range(7):
        begun = time.perf_counter()
        subprocess.run([QOIMA, "run", "--data", data], check=True, capture_output=True)
        spent.append(time.perf_counter() - begun)
    print(
        f"nothing new at {count} known files: median {statistics.median(spent):.2f} s, "
        f"best {min(spent):.2f} s (goal: under 1 s)"
    )


def time_few_new(data: Path, count: int, few: int = 100) -> None:
    """A pass over many known files and a few new ones: the whole command."""
    write_articles(data / "landing", few, first=count)
    seconds, summary = run_command(data)
    steps = summary["step_seconds"]
    publishing = steps.pop("publish")
    print(
        f"{few} new at {count} known files: {seconds:.2f} s, of it {publishing:.2f} s "
        f"publishing and {sum(steps.values()):.2f} s in the steps; the rest is "
        "imports, discovery and waiting for Great Expectations"
    )
    print("    " + ", ".join(f"{step} {spent:.2f}" for step, spent in steps.items()))


def time_ten_starts(data: Path) -> None:
    """Ten commands at once on one warehouse with something new."""
    write_articles(data / "landing", 100, first=900_000)
    begun = time.perf_counter()
    runs = [
        subprocess.Popen(
            [QOIMA, "run", "--data", data],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(10)
    ]
    ended: dict[int, float] = {}
    while len(ended) < len(runs):
        for number, run in enumerate(runs):
            if number not in ended and run.poll() is not None:
                ended[number] = time.perf_counter() - begun
        time.sleep(0.01)
    refused = [ended[number] for number, run in enumerate(runs) if run.returncode == 3]
    print(
        f"ten starts at once: {len(refused)} refused, the last after "
        f"{max(refused):.2f} s (goal: 9 within 5 s)"
    )


def compare_archive(folder: Path, count: int) -> None:
    """The same articles as files and as one zip archive."""
    landing = folder / "plain" / "landing"
    write_articles(landing, count)
    packed = folder / "packed" / "landing"
    packed.mkdir(parents=True)
    with zipfile.ZipFile(packed / "all.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(landing.rglob("*.txt")):
            archive.write(path, path.relative_to(landing))
    for name in ("plain", "packed"):
        seconds, summary = run_command(folder / name)
        spent = summary["step_seconds"]["pick up"]
        print(
            f"{count} articles, {name}: {seconds:.2f} s, of it {spent:.2f} s for "
            f"their bytes, {summary['articles_loaded']} loaded"
        )


def compare_memory(folder: Path, landing: Path, count: int) -> None:
    """Peak memory of the largest process, at a tenth of the files and at all."""
    small = folder / "small" / "landing"
    write_articles(small, count // 10)
    peaks = []
    for source in (small, landing):
        data = folder / f"memory-{len(peaks)}"
        code = (
            "import resource, subprocess, sys; "
            "subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL); "
            "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
        )
        ended = subprocess.run(
            [sys.executable, "-c", code, QOIMA, "run", source, "--data", data],
            check=True,
            capture_output=True,
            text=True,
        )
        peaks.append(int(ended.stdout) / 1000)
    print(
        f"peak memory: {peaks[0]:.0f} MB at {count // 10} files, "
        f"{peaks[1]:.0f} MB at {count} files"
    )


def run_command(data: Path) -> tuple[float, dict[str, Any]]:
    """Seconds and summary of `qoima run`."""
    begun = time.perf_counter()
    ended = subprocess.run(
        [QOIMA, "run", "--data", data, "--json"],
        check=True,
        capture_output=True,
        text=True,
    )
    return time.perf_counter() - begun, json.loads(ended.stdout)


if __name__ == "__main__":
    main()
