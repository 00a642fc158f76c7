"""`qoima up` and `down` with a real server, a real schedule and real passes.

The tests share one server, so they run in the order of this file.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from flows.server import SERVER_FILE, read_record
from tests.flows.test_cli import QOIMA
from tests.flows.workspace import BODY, article, record
from warehouse.lock import writer_lock

pytestmark = [
    pytest.mark.server,
    pytest.mark.slow,
]

TITLE = "Су қоймасы <b>ашылды</b>"
FLOW = "qoima-pass"
ENDED = {"COMPLETED", "FAILED", "CANCELLED", "CRASHED"}

#: A step that fails twice for the system's sake, and one that fails for the data's.
BLOCK = """
import sys
from pathlib import Path
from flows.lazy_engine import set_prefect_environment
set_prefect_environment(sys.argv[1], Path(sys.argv[2]))
from prefect.blocks.notifications import CustomWebhookNotificationBlock
from flows.notify_block import notify_block

CustomWebhookNotificationBlock(
    name="desk", url=sys.argv[3], json_data={"title": "{{subject}}", "text": "{{body}}"}
).save("desk")
for name in ("desk", "gone"):
    print(notify_block(f"custom-webhook/{name}", "A load is blocked", "what to do"))
"""
RETRIES = """
import sys
from pathlib import Path
from flows.lazy_engine import set_prefect_environment
set_prefect_environment(sys.argv[1], Path(sys.argv[2]))
from prefect import flow
from flows.flow import StepEngine

tries = []

def step(error):
    tries.append(error)
    if len(tries) < 3:
        raise error
    return "well"

@flow(persist_result=False)
def work():
    engine = StepEngine()
    print(engine.call("publish", step, OSError(5, "Input/output error")), len(tries))
    for name, error in (("publish", ValueError("data")), ("load", OSError(5, "disk"))):
        tries.clear()
        try:
            engine.call(name, step, error)
        except type(error):
            print(name, len(tries))

work()
"""


class Schedule:
    """A data folder with its server."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        self.landing = self.data / "landing"
        self.landing.mkdir(parents=True)
        self.home = folder / "home"
        self.home.mkdir()

    def qoima(self, *arguments, check=True):
        environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("QOIMA_", "PREFECT_"))
        }
        return subprocess.run(
            [QOIMA, *arguments, "--data", self.data],
            env=environment | {"HOME": str(self.home), "QOIMA_SETTLE_SECONDS": "0"},
            cwd=self.home.parent,
            capture_output=True,
            text=True,
            check=check,
        )

    def up(self, *arguments, check=True):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = str(probe.getsockname()[1])
        return self.qoima("up", "--detach", "--port", port, *arguments, check=check)

    @property
    def known(self):
        return read_record(self.data)

    def get(self, path):
        return answer_to(self.known.api_url + path)

    def post(self, path, **body):
        request = urllib.request.Request(  # noqa: S310 - our own server on loopback
            self.known.api_url + path,
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        return answer_to(request)

    def begin(self, **parameters):
        """Start a run by hand, as the pages do; returns its id."""
        deployment = self.get("/deployments/name/qoima-pass/schedule")
        path = f"/deployments/{deployment['id']}/create_flow_run"
        return self.post(path, parameters=parameters)["id"]

    def end_of(self, run_id):
        for _ in range(300):
            state = self.get(f"/flow_runs/{run_id}")["state"]
            if state["type"] in ENDED:
                return state
            time.sleep(0.2)
        raise AssertionError(state)

    def by_hand(self, **parameters):
        """The end of a run by hand; again, while the minute's own is at work."""
        for _ in range(12):
            run_id = self.begin(**parameters)
            state = self.end_of(run_id)
            if state["type"] != "CANCELLED":
                return state, self.page_of(run_id)
            time.sleep(3)
        raise AssertionError(state)

    def page_of(self, run_id):
        pages = self.post(
            "/artifacts/filter",
            artifacts={
                "flow_run_id": {"any_": [run_id]},
                "key": {"any_": [FLOW]},
            },
        )
        return pages[0]["data"] if pages else None

    def ask(self, sql):
        if not (self.data / "reports.duckdb").exists():
            return []
        path = str(self.data / "reports.duckdb")
        with duckdb.connect(path, read_only=True) as connection:
            return connection.execute(sql).fetchall()


def answer_to(request):
    """The answer; a busy server is asked again, as Prefect's own client does."""
    for is_last in (False, False, False, True):
        try:
            with urllib.request.urlopen(request) as answer:  # noqa: S310 - our own server on loopback
                return json.load(answer)
        except urllib.error.HTTPError as refused:
            if is_last or refused.code < 500:
                raise
            refused.close()
        time.sleep(1)
    raise AssertionError(request)


def is_alive(pid):
    with suppress(ProcessLookupError):
        os.kill(pid, 0)
        status = Path(f"/proc/{pid}/stat")
        return not status.exists() or ") Z " not in status.read_text()
    return False


def wait_for(what, seconds):
    until = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < until, f"not within {seconds} s"
        time.sleep(0.3)
    return found


@pytest.fixture(scope="module")
def schedule(tmp_path_factory):
    schedule = Schedule(tmp_path_factory.mktemp("schedule"))
    (schedule.landing / "a.txt").write_text(article(TITLE))
    said = schedule.up("--cron", "* * * * *").stdout
    assert said.startswith(f"Ready: {schedule.known.ui_url}\n")
    yield schedule
    schedule.qoima("down")


def test_a_run_by_hand_takes_parameters(schedule, tmp_path):
    (tmp_path / "b.txt").write_text(article("Жаңа мектеп салынды"))
    dry, page = schedule.by_hand(paths=[str(tmp_path)], dry_run=True)
    assert dry["message"] == "1 files seen: 1 loaded; 1 articles read: 1 loaded."
    assert page.startswith("# Dry run ")
    by_title = """
        select trigger from dim_load join fact_article using (load_id)
        where title = 'Жаңа мектеп салынды'
    """
    assert schedule.ask(by_title) == []
    state, _ = schedule.by_hand(paths=[str(tmp_path)])
    assert state["type"] == "COMPLETED"
    assert schedule.ask(by_title) == [("manual",)]


def test_a_wrong_parameter_is_refused_in_words(schedule):
    with pytest.raises(urllib.error.HTTPError) as refused:
        schedule.begin(accept=["no_such_rule"])
    with refused.value as answer:
        assert "no_such_rule" in answer.read().decode()
    state, page = schedule.by_hand(paths=["/no/such/folder"])
    assert state["name"] == "Failed"
    assert state["message"] == "/no/such/folder: no such file or folder."
    assert page is None


def test_a_step_is_tried_again_only_where_that_can_help(schedule):
    ended = subprocess.run(
        [sys.executable, "-c", RETRIES, schedule.known.api_url, schedule.data],
        env=os.environ | {"HOME": str(schedule.home)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ended.stdout.splitlines() == ["well 3", "publish 1", "load 1"]


def test_a_notification_block_of_the_server_tells_what_it_is_given(schedule, desk):
    ended = subprocess.run(
        [sys.executable, "-c", BLOCK, schedule.known.api_url, schedule.data, desk.url],
        env=os.environ | {"HOME": str(schedule.home)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ended.stdout.splitlines()[-2:] == [
        "None",
        "custom-webhook/gone (ValueError)",
    ]
    assert desk.messages == [{"title": "A load is blocked", "text": "what to do"}]


def test_a_second_up_is_refused(schedule):
    refused = schedule.up(check=False)
    assert refused.returncode == 3
    assert refused.stderr.count("\n") == 1
    assert schedule.known.ui_url in refused.stderr


def test_everything_lies_under_the_data_folder_and_nothing_is_sent_home(schedule):
    settings = schedule.get("/admin/settings")
    assert settings["home"] == str(schedule.data / "prefect")
    assert settings["server"]["analytics_enabled"] is False
    assert settings["server"]["ui"]["show_promotional_content"] is False
    assert settings["server"]["api"]["host"] == "127.0.0.1"
    assert (schedule.data / "prefect" / "prefect.db").exists()
    assert (schedule.data / "prefect" / "ui").is_dir()
    assert list(schedule.home.iterdir()) == []
    for name in ("server", "schedule"):
        environment = Path(f"/proc/{getattr(schedule.known, f'{name}_pid')}/environ")
        if environment.exists():
            assert b"DO_NOT_TRACK=1" in environment.read_bytes()


def test_pages_of_other_sites_may_not_call_the_server(schedule):
    request = urllib.request.Request(  # noqa: S310 - our own server on loopback
        schedule.known.api_url + "/flow_runs/filter",
        method="OPTIONS",
        headers={
            "Origin": "https://elsewhere.example",
            "Access-Control-Request-Method": "POST",
        },
    )
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request)  # noqa: S310 - likewise
    with refused.value as answer:
        assert answer.headers["Access-Control-Allow-Origin"] is None


def test_a_scheduled_run_comes_by_itself_and_its_rows_are_there(schedule):
    rows = wait_for(
        lambda: schedule.ask(
            "select title, status, articles_loaded "
            "from dim_load join fact_article using (load_id) "
            "where trigger = 'schedule'"
        ),
        75,
    )
    assert rows == [(TITLE, "succeeded", 1)]


def test_the_run_says_its_counts_and_leaves_a_page_without_the_text(schedule):
    run = wait_for(
        lambda: [
            run
            for run in schedule.post("/flow_runs/filter")
            if run["auto_scheduled"] and "1 loaded" in (run["state"]["message"] or "")
        ],
        20,
    )[-1]
    assert run["state"]["message"] == (
        "1 files seen: 1 loaded; 1 articles read: 1 loaded."
    )
    page = schedule.page_of(run["id"])
    assert "| loaded | 1 | 1 |" in page
    assert "## Failed checks" in page
    assert "outlet\\_found | warning | 1 | 1 |" in page
    assert TITLE not in page
    assert BODY[:30] not in page


def test_a_run_that_finds_the_warehouse_held_is_skipped(schedule):
    with writer_lock(schedule.data, run_id="another", now=datetime.now(UTC)):
        state, _ = schedule.by_hand()
    assert (state["type"], state["name"]) == ("COMPLETED", "Skipped")
    assert "held by run another" in state["message"]


def test_runs_that_wait_together_become_one(schedule):
    states = [schedule.end_of(run_id) for run_id in [schedule.begin() for _ in "123"]]
    assert [state["type"] for state in states].count("COMPLETED") <= 1
    assert {state["type"] for state in states} <= {"COMPLETED", "CANCELLED"}


def test_qoima_run_makes_its_steps_tasks_on_that_server(schedule):
    def runs_of_ours():
        passes = schedule.post("/flow_runs/filter", flows={"name": {"any_": [FLOW]}})
        return [run for run in passes if run["deployment_id"] is None]

    for number in range(3):  # the minute's own run may come in between
        name = f"Көпір жөнделді {number}"
        (schedule.landing / f"c{number}.txt").write_text(article(name))
        ended = schedule.qoima("run", "--json", check=False)
        if ended.returncode == 0 and json.loads(ended.stdout)["articles_loaded"]:
            break
    (run,) = runs_of_ours()
    assert run["state_type"] == "COMPLETED"
    tasks = schedule.post("/task_runs/filter", flow_runs={"id": {"any_": [run["id"]]}})
    names = {task["name"].rsplit("-", 1)[0] for task in tasks}
    assert names >= {"pick up", "raw", "prepare", "load"}
    assert {task["state_type"] for task in tasks} == {"COMPLETED"}
    schedule.qoima("run", check=False)
    assert len(runs_of_ours()) == 1, "nothing new makes no flow run"


def test_a_blocked_load_makes_the_run_failed_with_the_reason(schedule, tmp_path):
    for number in range(30):
        title = f"Су қоймасы ашылды {number}"
        line = record(title=title, date="2025-01-01")
        (tmp_path / f"{number}.json").write_text(line)
    state, page = schedule.by_hand(paths=[str(tmp_path)])
    assert state["type"] == "FAILED"
    assert state["message"].startswith("A load was blocked by ")
    assert "batch_not_on_one_new_year" in state["message"]
    assert "30 held" in state["message"]
    assert "batch\\_not\\_on\\_one\\_new\\_year | critical |" in page


def test_after_a_crash_nothing_stays_and_the_schedule_starts_again(schedule):
    before = schedule.known
    os.kill(before.pid, signal.SIGKILL)
    children = (before.server_pid, before.schedule_pid)
    wait_for(lambda: not any(map(is_alive, children)), 30)
    assert (schedule.data / SERVER_FILE).exists()
    assert "Ready" in schedule.up().stdout
    assert schedule.known.cron == "*/15 * * * *"
    limits = schedule.post("/v2/concurrency_limits/filter")
    assert [limit["active_slots"] for limit in limits] == [0]


def test_down_stops_both_and_may_be_said_twice(schedule):
    before = schedule.known
    assert schedule.qoima("down").stdout == "Stopped.\n"
    pids = (before.pid, before.server_pid, before.schedule_pid)
    wait_for(lambda: not any(map(is_alive, pids)), 5)
    assert not (schedule.data / SERVER_FILE).exists()
    assert "Nothing is up" in schedule.qoima("down").stdout


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [("--cron", "every minute", "schedule_cron"), ("--port", "0", "--port")],
)
def test_a_wrong_option_is_one_line(tmp_path, option, value, said):
    refused = Schedule(tmp_path).qoima("up", option, value, check=False)
    assert refused.returncode == 2
    assert refused.stderr.count("\n") == 1
    assert said in refused.stderr


def test_up_wants_a_landing_folder(tmp_path):
    schedule = Schedule(tmp_path)
    schedule.landing.rmdir()
    refused = schedule.qoima("up", check=False)
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
    assert "qoima init" in refused.stderr
