"""A rule that could not run is an error everywhere: neither passed nor failed."""

import io
import json
from contextlib import redirect_stdout

import duckdb
import pytest
from typer.testing import CliRunner

from checks.process import CheckProcess
from checks.rule import Severity, table_rule
from checks.tables import run_table_rules
from flows.cli import app
from flows.reprocess import reprocess
from tests.flows.workspace import record
from warehouse.query import ask, load_reports

#: It plans and then fails on the first row, as an overflow would.
ERRING = table_rule(
    "fact_article",
    "erring",
    "nothing",
    "select error('out of order') from fact_article",
    severity=Severity.INFO,
)


def run_with_erring(connection):
    return [*run_table_rules(connection), *run_table_rules(connection, [ERRING])]


def results(workspace):
    """What `qoima checks` and the reports say of the last load."""
    listed = CliRunner().invoke(
        app, ["checks", "--data", str(workspace.data), "--format", "json"]
    )
    reports = {}
    with duckdb.connect(str(workspace.data / "reports.duckdb")) as connection:
        for name in ("load_health", "quality_over_time"):
            sql = load_reports()[name].sql
            answer = ask(connection, sql, {"since": None, "until": None})
            reports[name] = [
                dict(zip(answer.columns, row, strict=True)) for row in answer.rows
            ]
    return json.loads(listed.stdout), reports


def test_a_checking_process_that_dies_is_an_error_of_its_rules_everywhere(workspace):
    workspace.put("a.json", record())
    with CheckProcess() as process:
        process._child.kill()
        workspace.checker = process
        summary = workspace.load()

    assert summary.status == "blocked"
    listed, reports = results(workspace)
    assert {row["result"] for row in listed} == {"error"}
    (load,) = reports["load_health"]
    assert (load["failed_critical"], load["failed_other"]) == (0, 0)
    assert load["not_run"] == load["rules"] == len(listed)
    for row in reports["quality_over_time"]:
        assert (row["is_passed"], row["failed_count"]) == (False, 0)
        assert "ended with code -9" in row["error"]


def test_an_erring_rule_on_tables_blocks_a_load_and_is_told_as_an_error(
    workspace, monkeypatch
):
    monkeypatch.setattr("flows.load.run_table_rules", run_with_erring)
    workspace.put("a.json", record())

    summary = workspace.load(accepted=frozenset({"erring"}))

    assert summary.status == "blocked"
    assert any("erring: could not be checked" in line for line in summary.messages)
    assert workspace.one("select count(*) from fact_article") == 0
    listed, reports = results(workspace)
    assert [row["result"] for row in listed if row["rule_id"] == "erring"] == ["error"]
    assert reports["load_health"][0]["not_run"] == 1
    (row,) = [row for row in reports["quality_over_time"] if row["rule_id"] == "erring"]
    assert "out of order" in row["error"]


@pytest.fixture
def loaded(workspace):
    workspace.put("a.json", record())
    assert workspace.load().status == "succeeded"
    return workspace


def test_an_audit_tells_an_error_and_does_not_end_well(loaded, monkeypatch):
    monkeypatch.setattr("checks.tables.run_table_rules", run_with_erring)
    told = CliRunner().invoke(
        app, ["checks", "--full", "--data", str(loaded.data), "--format", "json"]
    )

    assert told.exit_code == 1
    rows = json.loads(told.stdout)
    assert [r["result"] for r in rows if r["rule_id"] == "erring"] == ["error"]
    assert {r["result"] for r in rows if r["rule_id"] != "erring"} == {"passed"}
    assert "erring: could not be checked" in told.stderr


def test_a_reprocess_is_blocked_by_an_error(loaded, monkeypatch):
    monkeypatch.setattr("flows.reprocessing.parts.COPIES_VERSION", "0")
    monkeypatch.setattr("flows.reprocessing.loads.run_table_rules", run_with_erring)
    with redirect_stdout(io.StringIO()):
        done = reprocess(loaded.request().settings, step="copies")

    assert done.status == "blocked"
    assert loaded.one("select error from fact_check where rule_id = 'erring'")
