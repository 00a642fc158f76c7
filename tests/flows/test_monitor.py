"""`qoima status --json`: what a monitor is told, and when it should ring."""

import json
import re
import shutil
from datetime import UTC, datetime, timedelta

import pytest
from typer.testing import CliRunner

from flows.cli import app
from flows.event_log import LOG_FILE
from flows.monitor import watch
from flows.server import SERVER_FILE, ServerRecord, write_record
from flows.settings import Settings
from tests.conftest import ROOT
from warehouse.catalog import open_warehouse
from warehouse.lock import writer_lock
from warehouse.marker import Marker, write_marker

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def copy(samples, tmp_path):
    """A copy of the loaded samples, to change."""
    data = tmp_path / "data"
    shutil.copytree(samples.data, data)
    return data


def codes(data, *, now=None, max_age=None):
    state = watch(Settings(data=data), now or datetime.now(UTC), max_age)
    return [problem["code"] for problem in state["problems"]]


def change(data, sql):
    with open_warehouse(data / "reports.duckdb", now=NOW) as connection:
        connection.execute(sql)


def keys(value, prefix=""):
    """Every key, `a.b` for those inside, `a[].b` for those of rows."""
    for name, inner in value.items():
        yield f"{prefix}{name}"
        if isinstance(inner, dict):
            yield from keys(inner, f"{prefix}{name}.")
        elif isinstance(inner, list) and inner and isinstance(inner[0], dict):
            yield from keys(inner[0], f"{prefix}{name}[].")


def test_a_healthy_workspace_is_one_line_and_exit_code_0(samples):
    ended = CliRunner().invoke(app, ["status", "--json", "--data", str(samples.data)])

    assert ended.exit_code == 0, ended.output
    (line,) = ended.stdout.splitlines()
    state = json.loads(line)
    assert state["is_healthy"]
    assert state["files"] == {"loaded": 46}
    assert state["last_load"]["articles_loaded"] == 54
    assert state["last_load"] == state["last_success"]
    assert state["last_run"]["run_id"] == state["last_load"]["run_id"]
    assert state["last_run"]["status"] == "succeeded"
    assert 0 <= state["last_run"]["age_seconds"] <= state["last_load"]["age_seconds"]
    assert "date_known" in {check["rule_id"] for check in state["failed_checks"]}
    assert state["disk"]["warehouse_bytes"] > 1_000_000
    assert state["disk"]["logs_bytes"] == (samples.data / LOG_FILE).stat().st_size
    assert not state["schedule"]["is_up"]
    baq = next(one for one in state["sources"] if one["source"] == "baq.kz")
    assert baq["articles"] == 7


def test_every_key_is_documented(samples):
    page = (ROOT / "docs/monitoring.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"`([a-z_.\[\]]+)`", page))
    state = watch(Settings(data=samples.data), datetime.now(UTC), None)
    state["running"] = {"run_id": "", "pid": 1, "host": "", "started_at": ""}
    state["problems"] = [{"code": "", "text": ""}]
    state["quarantine"]["reasons"] = [{"stage": "", "reason": "", "open": 1}]
    state["files"] = {}
    missing = [
        key
        for key in keys(state)
        if key not in documented and key.rpartition(".")[2] not in documented
    ]
    assert missing == []


def test_an_empty_folder_is_not_healthy_and_stays_empty(tmp_path):
    ended = CliRunner().invoke(app, ["status", "--json", "--data", str(tmp_path)])

    assert ended.exit_code == 1
    state = json.loads(ended.stdout)
    assert [problem["code"] for problem in state["problems"]] == ["no_warehouse"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("status", ["blocked", "failed", "interrupted"])
def test_a_last_load_that_did_not_succeed_is_a_problem(copy, status):
    change(copy, f"update dim_load set status = '{status}'")
    assert codes(copy) == [f"load_{status}"]


def test_a_run_cut_off_is_a_problem_and_one_at_work_is_not(copy):
    write_marker(copy, Marker("run-1", "load-1", "manual", NOW))
    with writer_lock(copy, run_id="run-1", now=NOW):
        state = watch(Settings(data=copy), NOW, None)
        assert (state["problems"], state["running"]["run_id"]) == ([], "run-1")
    assert codes(copy) == ["run_cut_off"]


def test_a_last_run_that_failed_or_is_overdue_is_a_problem(copy):
    hour = timedelta(hours=1)
    assert codes(copy, max_age=1) == []
    assert codes(copy, now=datetime.now(UTC) + 2 * hour, max_age=1) == ["run_overdue"]
    with (copy / LOG_FILE).open("a") as log:
        event = {"at": "2026-11-22T11:00:00.000Z", "event": "run_ended"}
        log.write(json.dumps(event | {"run_id": "run-2", "status": "failed"}) + "\n")
        log.write('{"event": "run_beg')
    assert codes(copy) == ["run_failed"]


def test_a_schedule_that_ended_without_notice_is_a_problem(copy):
    url = "http://127.0.0.1:9"
    (copy / SERVER_FILE).parent.mkdir()
    record = ServerRecord(url, url, 1, 1, 1, "*/15 * * * *", "Asia/Almaty")
    write_record(copy, record)
    state = watch(Settings(data=copy), NOW, None)
    assert state["problems"][0]["code"] == "schedule_ended"
    assert state["schedule"]["cron"] == "*/15 * * * *"


def test_an_outlet_that_fell_silent_is_a_problem_one_that_was_given_up_is_not(copy):
    (last,) = [
        one["newest_date"]
        for one in watch(Settings(data=copy), NOW, None)["sources"]
        if one["source"] == "baq.kz"
    ]
    since = datetime.fromisoformat(last).replace(tzinfo=UTC)
    # It wrote every day until then.
    change(
        copy,
        "insert into fact_measure by name select 'articles' as measure, source_id, "
        f"date '{last}' - day::integer as measured_date, 1.0 as value, "
        "1 as sample_count, (select any_value(load_id) from dim_load) as load_id "
        "from dim_source cross join range(1, 60) as days (day) "
        "where source_code = 'baq.kz'",
    )
    assert "source_silent" in codes(copy, now=since + timedelta(days=20))
    assert "source_silent" not in codes(copy, now=since + timedelta(days=90))


def test_a_damaged_file_is_told_as_json(copy):
    (copy / "reports.duckdb").write_bytes(b"nothing of a database" * 1000)
    assert len(codes(copy)) == 1
