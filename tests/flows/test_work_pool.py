"""A deployment in a work pool: a server, a pool and a worker that are not ours.

The tests share one server, so they run in the order of this file.
"""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from flows.server import ServerRecord, answers
from tests.conftest import ROOT
from tests.flows.test_recovery import INTERRUPTED, holder, kill, put, state_of
from tests.flows.test_schedule import Schedule, wait_for

pytestmark = [
    pytest.mark.server,
    pytest.mark.slow,
]
PREFECT = Path(sys.executable).with_name("prefect")
POOL, PORT = "desk", "4391"
API = f"http://127.0.0.1:{PORT}/api"


class Team(Schedule):
    """A workspace whose passes are made by a worker of the team."""

    def __init__(self, folder):
        super().__init__(folder)
        (folder / "qoima.toml").write_text("settle_seconds = 0\nseeds = 'seeds'\n")
        (folder / "seeds").mkdir()

    @property
    def known(self):
        return ServerRecord(API, "", 0, 0, 0, "", "")

    @property
    def environment(self):
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("QOIMA_", "PREFECT_"))
        }
        return kept | {
            "HOME": str(self.home),
            "PREFECT_HOME": str(self.home / ".prefect"),
            "PREFECT_API_URL": API,
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "DO_NOT_TRACK": "1",
            "PYTHONPATH": str(ROOT),
        }

    def deploy(self, *arguments):
        return subprocess.run(
            [sys.executable, "-m", "flows.cli", "deploy", *arguments],
            env=self.environment,
            cwd=self.home.parent,
            capture_output=True,
            text=True,
            check=False,
        )

    @contextmanager
    def prefect(self, *arguments):
        """A command of Prefect that goes on, with its children."""
        with (self.home / f"{arguments[0]}.log").open("ab") as log:
            process = subprocess.Popen(
                [PREFECT, *arguments],
                env=self.environment,
                cwd=self.home,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        with process:
            try:
                yield process
            finally:
                if process.poll() is None:
                    os.killpg(process.pid, signal.SIGTERM)
                try:
                    process.wait(30)
                except subprocess.TimeoutExpired:
                    os.killpg(process.pid, signal.SIGKILL)

    def worker(self):
        return self.prefect("worker", "start", "--pool", POOL)


@pytest.fixture(scope="module")
def team(tmp_path_factory):
    team = Team(tmp_path_factory.mktemp("team"))
    with team.prefect("server", "start", "--port", PORT):
        wait_for(lambda: answers(API), 90)
        yield team


def test_a_pool_that_is_not_there_is_said_in_words(team):
    refused = team.deploy("--pool", POOL)
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
    assert f"prefect work-pool create --type process {POOL}" in refused.stderr


def test_a_worker_makes_passes_by_schedule_and_by_hand(team):
    team.post("/work_pools/", name=POOL, type="process")
    put(team, "1")
    said = team.deploy("--pool", POOL, "--cron", "* * * * *")
    assert said.returncode == 0, said.stderr
    assert "qoima-pass/schedule is in the work pool desk" in said.stdout
    with team.worker():
        wait_for(lambda: team.ask("select 1 from dim_load"), 150)
        assert team.ask("select trigger, status from dim_load") == [
            ("schedule", "succeeded")
        ]
        put(team, "2")
        state, page = team.by_hand()
        assert state["type"] == "COMPLETED"
    assert page.startswith("# Run ")
    assert team.ask("select count(*) from fact_article") == [(2,)]
    keys = {artifact["key"] for artifact in team.post("/artifacts/filter")}
    assert keys == {"qoima-pass", "qoima-checks", "qoima-tables"}


def test_a_run_that_died_with_its_worker_is_closed_by_the_next(team):
    assert team.deploy("--pool", POOL, "--cron", "0 0 1 1 *").returncode == 0
    put(team, "3")
    with team.worker() as worker:
        run_id = team.begin()
        pid = wait_for(lambda: holder(team), 120)
        kill(worker.pid, pid)
    assert state_of(team, run_id)[0] == "RUNNING"
    # The slot is free again once the server sees that nobody renews the claim on it.
    (limit,) = team.post("/v2/concurrency_limits/filter")
    assert limit["active_slots"] == 1
    with team.worker():
        state, _ = wait_for(lambda: completed(team), 420)
    assert state["type"] == "COMPLETED"
    assert state_of(team, run_id) == ("CRASHED", "Interrupted")
    assert team.ask(INTERRUPTED) == [("manual",)]


def completed(team):
    time.sleep(10)
    state = team.end_of(team.begin())
    return (state, None) if state["type"] == "COMPLETED" else None
