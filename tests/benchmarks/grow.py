"""`make bench`: what a hundred new articles cost a large warehouse, and an empty one.

Ten of the hundred copy articles that the large one knows, five are new versions of
such, the rest is new. Imports are over before the clock starts; publishing, which is
linear, is shown apart. Processor time is what counts: a machine has other work.

python -m tests.benchmarks.grow [--articles N] [--warehouse FILE] [--keep FILE]
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checks.process import CheckProcess
from flows.landing import Root
from flows.run import Engine, RunRequest, run_pass
from flows.settings import Settings
from tests.benchmarks.generate import sample_sentences
from tests.benchmarks.grown import grow, grown_article, write_grown

if TYPE_CHECKING:
    from collections.abc import Callable

    from flows.summary import RunSummary

#: What adding to the large warehouse may cost of adding to the empty one.
GOAL = 1.5
#: Articles that are really loaded; the others repeat them.
BASE = 2_000
_PUBLISHING = ("publish", "site")


class TimedEngine(Engine):
    """Runs the steps as plain calls, and tells the time of publishing apart."""

    def __init__(self) -> None:
        """Nothing has run yet."""
        self.published = 0.0

    def call(self, name: str, step: Callable[..., Any], *arguments: Any) -> Any:
        """Run one step."""
        used = time.process_time()
        result = step(*arguments)
        if name in _PUBLISHING:
            self.published += time.process_time() - used
        return result


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=200_000)
    parser.add_argument("--warehouse", type=Path, help="one that was made before")
    parser.add_argument("--keep", type=Path, help="where to keep the one made")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        print(json.dumps(measure(given.measure)))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        large = given.warehouse or make_large(folder / "large", given.articles)
        if given.keep:
            shutil.copyfile(large, given.keep)
        empty, full = (measure_apart(folder / "data", one) for one in (None, large))
    print_steps(empty, full)
    is_over = full["processor"] > GOAL * empty["processor"]
    print(f"goal: at most {GOAL} times the processor time{' (over)' * is_over}")


def make_large(data: Path, articles: int) -> Path:
    """A warehouse of so many articles in this folder."""
    times = max(articles // BASE, 1)
    with CheckProcess() as checker:
        write_grown(data / "landing", range(articles // times))
        load(data, checker)
    begun = time.perf_counter()
    warehouse = data / "warehouse.duckdb"
    grow(warehouse, times)
    size = warehouse.stat().st_size / 1e6
    spent = time.perf_counter() - begun
    print(f"{articles} articles, {size:.0f} MB, grown in {spent:.0f} s")
    return warehouse


def write_hundred(landing: Path, base: int, part: int = 1) -> None:
    """Write a hundred articles to load after the first ``base``, or a part of them."""
    write_grown(landing / "new", range(base, base + 85 // part))
    for number in range(10 // part):
        known = base - 1 - number
        url = f"https://inform.kz/copy/{number}"
        write_grown(landing / "copies", range(known, known + 1), url=url)
    samples = sample_sentences()
    for known in range(-(-5 // part)):
        text = grown_article(known, samples)["text"] + " Жаңартылды."
        changed = {"text": text, "modified": "2026-03-01T10:00:00+05:00"}
        write_grown(landing / "versions", range(known, known + 1), **changed)


def load(data: Path, checker: CheckProcess, engine: Engine | None = None) -> RunSummary:
    """One pass over the folder's landing zone, which must succeed."""
    settings = Settings(data=data, settle_seconds=0)
    roots = (Root(data / "landing"),)
    summary = run_pass(
        RunRequest(data=data, roots=roots, settings=settings, checker=checker),
        engine=engine,
    )
    if summary.status != "succeeded":
        sys.exit(f"the load did not succeed: {summary}")
    return summary


def measure_apart(data: Path, large: Path | None) -> dict[str, Any]:
    """`measure` in a process of its own, whose memory is its own."""
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir()
    if large:
        shutil.copyfile(large, data / "warehouse.duckdb")
    ended = subprocess.run(
        [sys.executable, "-m", __spec__.name, "--measure", data],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(Path.cwd())},
    )
    return json.loads(ended.stdout.splitlines()[-1])


def measure(data: Path) -> dict[str, Any]:
    """Load the hundred, after a load elsewhere that imports everything."""
    engine = TimedEngine()
    with tempfile.TemporaryDirectory() as name, CheckProcess() as checker:
        write_grown(Path(name) / "landing", range(3))
        load(Path(name), checker)
        write_hundred(data / "landing", BASE)
        begun, used = time.perf_counter(), time.process_time()
        summary = load(data, checker, engine)
        spent, used = time.perf_counter() - begun, time.process_time() - used
    steps = summary.step_seconds
    published = sum(steps.pop(name, 0) for name in _PUBLISHING)
    return {
        "steps": steps,
        "clock": spent - published,
        "processor": used - engine.published,
        "publishing": published,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
        "articles": summary.articles_loaded,
    }


def print_steps(empty: dict[str, Any], full: dict[str, Any]) -> None:
    """The figures of both loads, side by side."""
    print(f"{'100 new articles':<22}{'empty':>8}{'large':>8}{'ratio':>8}")
    lines = [
        ("processor, s", empty["processor"], full["processor"]),
        ("clock, s", empty["clock"], full["clock"]),
        *(
            (f"  {step}", empty["steps"].get(step, 0), spent)
            for step, spent in full["steps"].items()
        ),
        ("publishing, s", empty["publishing"], full["publishing"]),
        ("peak memory, MB", empty["peak"], full["peak"]),
    ]
    for name, one, other in lines:
        print(f"{name:<22}{one:8.2f}{other:8.2f}{other / max(one, 0.001):8.2f}")


if __name__ == "__main__":
    main()
