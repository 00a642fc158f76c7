"""Processes that die, machines that sleep: what the schedule makes of it afterwards.

The tests share one server, so they run in the order of this file.
"""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress

import pytest

from flows.server import read_record
from tests.conftest import ROOT
from tests.flows.test_schedule import Schedule, is_alive, wait_for
from tests.flows.workspace import article
from warehouse.lock import read_holder
from warehouse.marker import MARKER

pytestmark = [
    pytest.mark.server,
    pytest.mark.slow,
]
OFTEN, SELDOM = "* * * * * */5", "0 0 1 1 *"
INTERRUPTED = (
    "select trigger from dim_load where status = 'interrupted' order by started_at"
)


@pytest.fixture(scope="module")
def schedule(tmp_path_factory):
    schedule = Schedule(tmp_path_factory.mktemp("recovery"))
    schedule.up("--cron", SELDOM)
    yield schedule
    schedule.qoima("down")


def holder(schedule):
    """The process that is in the middle of a load."""
    if (schedule.data / MARKER).exists():
        return read_holder(schedule.data).get("pid")
    return None


def kill(*pids):
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    wait_for(lambda: not any(map(is_alive, pids)), 20)


def put(schedule, name):
    (schedule.landing / f"{name}.txt").write_text(article(f"Көпір жөнделді {name}"))


def state_of(schedule, run_id):
    state = schedule.get(f"/flow_runs/{run_id}")["state"]
    return state["type"], state["name"]


def test_a_run_whose_process_is_killed_is_crashed_and_the_next_ends_its_work(schedule):
    put(schedule, "1")
    run_id = schedule.begin()
    kill(wait_for(lambda: holder(schedule), 90))
    assert schedule.end_of(run_id)["type"] == "CRASHED"
    state, _ = schedule.by_hand()
    assert state["type"] == "COMPLETED"
    assert schedule.ask(INTERRUPTED) == [("manual",)]
    assert schedule.ask("select count(*) from fact_article") == [(1,)]


def test_what_dies_with_the_machine_is_closed_when_the_schedule_starts(schedule):
    put(schedule, "2")
    run_id = schedule.begin()
    pid = wait_for(lambda: holder(schedule), 90)
    known = read_record(schedule.data)
    kill(known.pid, known.server_pid, known.schedule_pid, pid)
    schedule.up("--cron", SELDOM)
    assert state_of(schedule, run_id) == ("CRASHED", "Interrupted")
    state, _ = schedule.by_hand()
    assert state["type"] == "COMPLETED"
    assert schedule.ask(INTERRUPTED) == [("manual",)] * 2
    assert schedule.ask("select count(*) from fact_article") == [(2,)]


def test_a_killed_qoima_run_is_closed_by_the_next_run(schedule):
    put(schedule, "3")
    environment = {"HOME": str(schedule.home), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "flows.cli", "run", "--data", str(schedule.data)]
    with subprocess.Popen(
        command,
        env=os.environ | environment | {"QOIMA_SETTLE_SECONDS": "0"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        wait_for(lambda: holder(schedule) == process.pid, 90)
        process.kill()
    by_hand = {"flow_runs": {"deployment_id": {"is_null_": True}}}
    (run,) = schedule.post("/flow_runs/filter", **by_hand)
    assert run["state_type"] == "RUNNING"
    state, _ = schedule.by_hand()
    assert state["type"] == "COMPLETED"
    assert state_of(schedule, run["id"]) == ("CRASHED", "Interrupted")
    assert len(schedule.ask(INTERRUPTED)) == 3


def test_after_a_sleep_one_run_takes_all_that_waited(schedule):
    schedule.qoima("down")
    schedule.up("--cron", OFTEN)
    wait_for(lambda: runs(schedule, "COMPLETED"), 60)
    known = read_record(schedule.data)
    asleep = (known.pid, known.server_pid, known.schedule_pid)
    for pid in asleep:
        os.kill(pid, signal.SIGSTOP)
    wait_for(lambda: not read_holder(schedule.data), 60)
    slept = time.time()
    for number in range(4):
        put(schedule, f"asleep {number}")
        time.sleep(5)
    for pid in asleep:
        os.kill(pid, signal.SIGCONT)
    check_one_run_took_all(schedule, slept, "asleep")


def test_after_an_outage_one_run_takes_all_that_waited(schedule):
    known = read_record(schedule.data)
    kill(known.pid, known.server_pid, known.schedule_pid)
    wait_for(lambda: not read_holder(schedule.data), 60)
    out = time.time()
    for number in range(4):
        put(schedule, f"out {number}")
        time.sleep(5)
    schedule.up("--cron", OFTEN)
    check_one_run_took_all(schedule, out, "out")


def check_one_run_took_all(schedule, since, name):
    taken = f"""
        select count(*), count(distinct load_id)
        from fact_article where title like 'Көпір жөнделді {name} %'
    """
    wait_for(lambda: schedule.ask(taken)[0][0], 90)
    assert schedule.ask(taken) == [(4, 1)]
    wait_for(lambda: not late(schedule), 60)
    ended = [run for run in runs(schedule) if began(run) > since]
    assert {run["state_type"] for run in ended} <= {"COMPLETED", "CANCELLED"}


def runs(schedule, *states):
    wanted = states or ("COMPLETED", "FAILED", "CANCELLED", "CRASHED")
    return schedule.post(
        "/flow_runs/filter",
        flow_runs={
            "state": {"type": {"any_": list(wanted)}},
            "deployment_id": {"is_null_": False},
        },
        sort="END_TIME_DESC",
    )


def late(schedule):
    return [run for run in runs(schedule, "SCHEDULED") if run["state_name"] == "Late"]


def began(run):
    from datetime import datetime

    return datetime.fromisoformat(run["expected_start_time"]).timestamp()
