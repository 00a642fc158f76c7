"""One folder of articles: passes over it are killed, one ends, and is judged."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.conftest import ROOT
from tests.crash.fork import in_fork
from tests.crash.passes import Way, is_change, make_pass, noted_pass
from tests.crash.state import find_troubles

_COMMAND = "from flows.cli import app; app()"
_TRIES = 6
_DAYS_AGO = 2 * 86400


@dataclass(frozen=True)
class Job:
    """What is done to one folder.

    Attributes:
        number: names the folder.
        way: how passes are made.
        targets: steps at which passes kill themselves, one after the other.
        moments: how many passes are killed at random moments.
        is_command: the killed passes are `python -c … run`, imports and all.
        seed: of the moments.
    """

    number: int
    way: Way
    targets: tuple[tuple[str, int], ...] = ()
    moments: int = 0
    is_command: bool = False
    seed: str = ""


@dataclass
class Outcome:
    """What became of it.

    Attributes:
        killed_at: the step of each kill.
        troubles: what was wrong in the end; nothing if all is as it should be.
        seconds: of the pass that came to its end, with the looks at its result.
    """

    job: Job
    killed_at: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    seconds: float = 0.0


def do(job: Job, work: Path, seconds: float) -> Outcome:
    """Kill passes as the job says, then make one to the end, and look.

    Args:
        job: what to do.
        work: the folder of the harness, with `pile` and `reference`.
        seconds: how long an undisturbed pass takes.
    """
    data = work / f"data-{job.number}"
    fill(data, work / "pile", job.way)
    outcome = Outcome(job)
    for target in job.targets:
        outcome.killed_at += _kill_at(data, job.way, target)
    luck = random.Random(job.seed)  # noqa: S311 - repeatable, not secret
    for _ in range(job.moments):
        kill = _kill_command if job.is_command else _kill_sometime
        outcome.killed_at += kill(data, job.way, luck, seconds)
    ended = in_fork(
        finish, data, job.way, work / "reference", work / "pile", answer=_beside(data)
    )
    outcome.seconds = ended.seconds
    outcome.troubles = ended.value if ended.value is not None else [ended.error]
    if not outcome.killed_at and (job.targets or job.moments):
        outcome.troubles.append("no pass was killed")
    if not outcome.troubles:
        shutil.rmtree(data)
    return outcome


def fill(data: Path, pile: Path, way: Way) -> None:
    """Lay out a data folder in which tidying is due."""
    shutil.copytree(pile, data / "landing")
    if way.is_clearing:
        stamp = data / "stage" / "tidied"
        stamp.parent.mkdir()
        stamp.touch()
        then = time.time() - _DAYS_AGO
        os.utime(stamp, (then, then))


def finish(data: Path, way: Way, reference: Path, pile: Path) -> list[str]:
    """Make a pass to its end and one more, which has nothing to do; what is wrong."""
    summary = make_pass(data, way)
    troubles = [] if summary.is_balanced else [f"the account is open: {summary}"]
    if summary.status != "succeeded":
        troubles.append(f"the pass {summary.status}: {summary.messages}")
    troubles += [line for line in summary.messages if line.startswith("the site")]
    troubles += find_troubles(data, reference, pile)
    published = (data / "reports.duckdb").stat().st_mtime_ns
    if make_pass(data, way).load_ids:
        troubles.append("another pass found something to load")
    if (data / "reports.duckdb").stat().st_mtime_ns != published:
        troubles.append("another pass found something to publish")
    return troubles


def _kill_at(data: Path, way: Way, target: tuple[str, int]) -> list[str]:
    steps = data.with_suffix(".steps")
    ended = in_fork(noted_pass, data, way, steps, target, answer=_beside(data))
    return [target[0]] if ended.was_killed else []


def _kill_sometime(
    data: Path, way: Way, luck: random.Random, seconds: float
) -> list[str]:
    """Kill a pass at a moment; an earlier one where it had ended before."""
    steps = data.with_suffix(".steps")
    for attempt in range(_TRIES):
        ended = in_fork(
            noted_pass,
            data,
            way,
            steps,
            answer=_beside(data),
            kill_after=luck.uniform(0, seconds * 0.6**attempt),
        )
        if ended.was_killed:
            names = steps.read_text().splitlines() if steps.exists() else []
            return [_step_of(names)]
        if ended.error:
            return [f"failed: {ended.error}"]
        if attempt == _TRIES - 1 or (data / "reports.duckdb").exists():
            shutil.rmtree(data)
            fill(data, data.parent / "pile", way)
    return []


def _kill_command(
    data: Path, way: Way, luck: random.Random, seconds: float
) -> list[str]:
    settings = way.settings(data)
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("QOIMA_")
    } | {
        "PYTHONPATH": str(ROOT),
        "QOIMA_SITE": "true",
        "QOIMA_SETTLE_SECONDS": "0",
        "QOIMA_LOAD_MAX_FILES": str(settings.load_max_files),
        "QOIMA_LANDING_AFTER": settings.landing_after,
    }
    for attempt in range(_TRIES):
        with subprocess.Popen(
            [sys.executable, "-c", _COMMAND, "run", "--data", str(data)],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as run:
            time.sleep(luck.uniform(0, seconds * 0.6**attempt))
            run.kill()
        if run.returncode == -signal.SIGKILL:
            return ["(the whole command)"]
        shutil.rmtree(data)
        fill(data, data.parent / "pile", way)
    return []


def _step_of(names: list[str]) -> str:
    """The step that a pass was at, by what it wrote down."""
    steps = [name for name in names if not is_change(name)]
    return steps[-1] if steps else "start"


def _beside(data: Path) -> Path:
    return data.with_suffix(".answer")
