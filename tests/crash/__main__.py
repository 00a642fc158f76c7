"""`make crash`: kills passes at every step and at random moments, and looks after."""

from __future__ import annotations

import argparse
import os
import pickle
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.crash.jobs import Job, Outcome

_ARTICLES = 200
#: Of so many moments one kills the whole command, and one the second pass as well.
_COMMAND_EVERY, _TWICE_EVERY = 10, 4


def main() -> None:
    options = _options()
    os.environ |= {"GX_ANALYTICS_ENABLED": "false", "OPENBLAS_NUM_THREADS": "1"}
    begun = time.monotonic()
    work = Path(tempfile.mkdtemp(prefix="crash-", dir=options.work)).resolve()
    steps, seconds = _references(work, options.articles)
    jobs: list[Job] = []
    if options.steps:
        jobs += _step_jobs(steps)
    jobs += _moment_jobs(len(jobs), options.moments, options.seed)
    outcomes = list(_do_all(jobs, work, seconds, options.jobs))
    _tell(outcomes, time.monotonic() - begun)
    if any(outcome.troubles for outcome in outcomes):
        sys.exit(f"what was left lies in {work}")
    import shutil

    shutil.rmtree(work)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.crash", description=__doc__)
    parser.add_argument("--articles", type=int, default=_ARTICLES)
    parser.add_argument("--moments", type=int, default=200)
    parser.add_argument(
        "--steps",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="kill at every named step too",
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2, help="so many at a time")
    parser.add_argument("--work", type=Path, help="where the folders are made")
    return parser.parse_args()


def _references(work: Path, articles: int) -> tuple[dict[bool, list[str]], float]:
    """Undisturbed passes of both ways; their steps, and how long one takes."""
    from tests.crash.fork import in_fork
    from tests.crash.jobs import fill, finish
    from tests.crash.passes import Way, noted_pass
    from tests.crash.pile import write_pile

    files = write_pile(work / "pile", articles)
    steps: dict[bool, list[str]] = {}
    seconds = 0.0
    for is_clearing, name in ((False, "reference"), (True, "clearing")):
        data, way = work / name, Way(is_clearing)
        fill(data, work / "pile", way)
        noted = work / f"{name}.steps"
        ended = in_fork(noted_pass, data, way, noted, answer=work / "answer")
        if ended.error or ended.value.status != "succeeded":
            sys.exit(f"an undisturbed pass failed: {ended.value} {ended.error}")
        steps[is_clearing] = noted.read_text().splitlines()
        seconds = max(seconds, ended.seconds)
        seen = in_fork(
            finish, data, way, work / "reference", work / "pile", answer=work / "answer"
        )
        if seen.error or seen.value:
            sys.exit(f"undisturbed passes differ: {seen.value} {seen.error}")
    summary = ended.value
    print(
        f"{files} files, {summary.articles_loaded} articles in "
        f"{len(summary.load_ids)} loads; an undisturbed pass takes {seconds:.1f} s",
        flush=True,
    )
    return steps, seconds


def _step_jobs(steps: dict[bool, list[str]]) -> list[Job]:
    """A kill at the first and at the last passing of each step and change of a file."""
    from tests.crash.jobs import Job
    from tests.crash.passes import Way, is_change

    targets: list[tuple[bool, str, int]] = []
    done: set[str] = set()
    for is_clearing in (True, False):
        counts = Counter(steps[is_clearing])
        for step, count in counts.items():
            if step not in done:
                targets += [(is_clearing, step, nth) for nth in sorted({1, count})]
        done |= set(counts)
    # The steps of the run first, then the changes of files.
    targets.sort(key=lambda one: is_change(one[1]))
    return [
        Job(number, Way(is_clearing), targets=((step, nth),))
        for number, (is_clearing, step, nth) in enumerate(targets)
    ]


def _moment_jobs(first: int, moments: int, seed: int) -> list[Job]:
    from tests.crash.jobs import Job
    from tests.crash.passes import Way

    jobs: list[Job] = []
    left = moments
    while left:
        number = len(jobs)
        count = min(left, 2 if number % _TWICE_EVERY == 0 else 1)
        jobs.append(
            Job(
                first + number,
                Way(is_clearing=number % 2 == 1),
                moments=count,
                is_command=number % _COMMAND_EVERY == _COMMAND_EVERY - 1,
                seed=f"{seed}-{number}",
            )
        )
        left -= count
    return jobs


def _do_all(
    jobs: list[Job], work: Path, seconds: float, at_once: int
) -> Iterator[Outcome]:
    """Do the jobs in forks of this process, so many at a time."""
    from tests.crash.jobs import do

    waiting, running, done = list(reversed(jobs)), {}, 0
    while waiting or running:
        while waiting and len(running) < at_once:
            job = waiting.pop()
            answer = work / f"outcome-{job.number}"
            child = os.fork()
            if child == 0:
                try:
                    answer.write_bytes(pickle.dumps(do(job, work, seconds)))
                finally:
                    os._exit(0)
            running[child] = answer
        child, _ = os.wait()
        outcome: Outcome = pickle.loads(running.pop(child).read_bytes())  # noqa: S301 - our own child's
        done += 1
        if outcome.troubles:
            print(f"DIFFERS {outcome.job} killed at {outcome.killed_at}:", flush=True)
            print("\n".join(f"  {line}" for line in outcome.troubles), flush=True)
        if done % 10 == 0:
            print(f"  {done} of {len(jobs)} folders done", flush=True)
        yield outcome


def _tell(outcomes: Iterable[Outcome], seconds: float) -> None:
    outcomes = list(outcomes)
    for name, chosen in (
        ("at named steps", [one for one in outcomes if one.job.targets]),
        ("at random moments", [one for one in outcomes if one.job.moments]),
    ):
        kills = Counter(step for one in chosen for step in one.killed_at)
        wrong = sum(bool(one.troubles) for one in chosen)
        twice = sum(len(one.killed_at) > 1 for one in chosen)
        print(
            f"{kills.total()} kills {name}, {len(chosen)} folders ({twice} of them cut "
            f"off twice): {wrong} differed from the undisturbed pass"
        )
        for step, count in kills.most_common():
            print(f"  {count:4d}  {step}")
    print(f"in {seconds / 60:.1f} minutes")


if __name__ == "__main__":
    main()
