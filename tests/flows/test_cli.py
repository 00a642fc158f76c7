import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from flows.reference_rules import TABLES
from tests.flows.workspace import article, record

QOIMA = Path(sys.executable).with_name("qoima")
COMMANDS = (
    ["run"],
    ["status"],
    ["report"],
    ["sql"],
    ["search"],
    ["init"],
    ["checks"],
    ["export"],
    ["dictionary"],
    ["fix"],
    ["backup"],
    ["restore"],
    ["doctor"],
    ["tidy"],
    ["quarantine", "list"],
    ["quarantine", "show"],
    ["quarantine", "replay"],
    ["quarantine", "dismiss"],
)


def qoima(*arguments, cwd=None, **environment):
    return subprocess.run(
        [QOIMA, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
        env=os.environ | environment,
    )


@pytest.fixture(scope="module")
def loaded(tmp_path_factory, checker):
    from tests.flows.workspace import Workspace

    workspace = Workspace(tmp_path_factory.mktemp("cli") / "data", checker)
    workspace.put("a.txt", article("Су қоймасы ашылды"))
    workspace.put("b.jsonl", record(url="https://baq.kz/1") + '\n{"title": \n')
    workspace.put("c.txt", b"")
    workspace.load()
    return workspace


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_has_help_with_an_example(command):
    ended = qoima(*command, "--help")
    assert ended.returncode == 0
    assert f"Example: qoima {' '.join(command)}" in ended.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["run", "--no-such-option"], "No such option: --no-such-option"),
        (["run", "no/such/folder"], "no/such/folder: no such file or folder"),
        (["run", "--data", "nowhere"], "nowhere/landing: no such file or folder"),
        (["run", ".", "--accept", "no_such_rule"], "no rule 'no_such_rule'"),
        (["frobnicate"], "No such command 'frobnicate'"),
        (["status", "--data", "nowhere"], "Run `qoima run` first"),
        (["report", "no_such_report"], "Run `qoima run` first"),
        (["report", "latest_articles", "--since", "soon"], "no date like 2026-01-31"),
        (["sql"], "Missing argument"),
        (["quarantine", "show", "x"], "should be a valid integer"),
    ],
)
def test_a_users_mistake_is_one_clear_line_and_exit_code_2(tmp_path, arguments, words):
    ended = qoima(*arguments, cwd=tmp_path)
    assert ended.returncode == 2
    assert words in ended.stderr
    assert len(ended.stderr.splitlines()) == 1
    assert ended.stdout == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", [["run", "."], ["run", ".", "--dry-run"]])
@pytest.mark.parametrize("place", ["a-file", "/proc/nowhere"])
def test_a_place_that_cannot_hold_the_data_is_said(tmp_path, command, place):
    (tmp_path / "a-file").write_text("x")
    if place.startswith("/proc") and "--dry-run" in command:
        pytest.skip("a dry run makes no folder")
    ended = qoima(*command, "--data", place, cwd=tmp_path)
    assert ended.returncode == 2, ended.stderr
    assert place in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


def test_a_workspace_where_a_file_stands_is_refused(tmp_path):
    (tmp_path / "a-file").write_text("x")
    ended = qoima("init", "a-file", cwd=tmp_path)
    assert (ended.returncode, len(ended.stderr.splitlines())) == (2, 1)


def test_a_seeds_folder_that_is_not_there_is_said(tmp_path):
    (tmp_path / "qoima.toml").write_text('seeds = "nope"\n')
    (tmp_path / "a.txt").write_text(article("Су қоймасы ашылды"))
    ended = qoima("run", "a.txt", cwd=tmp_path, QOIMA_SETTLE_SECONDS="0")
    assert ended.returncode == 2, ended.stderr
    assert "nope: no such folder" in ended.stderr


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ("settle_seconds = -1", "settle_seconds"),
        ('landing_after = "burn"', "landing_after"),
        ("colour = 1", "unknown setting colour"),
        ("x = [", "qoima.toml"),
    ],
)
def test_a_bad_setting_is_one_clear_line(tmp_path, toml, words):
    (tmp_path / "qoima.toml").write_text(toml)
    ended = qoima("run", ".", cwd=tmp_path)
    assert ended.returncode == 2
    assert words in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


def test_a_bad_variable_is_named(tmp_path):
    ended = qoima("run", ".", cwd=tmp_path, QOIMA_LOAD_MAX_FILES="many")
    assert ended.returncode == 2
    assert "QOIMA_LOAD_MAX_FILES" in ended.stderr


def test_json_is_the_only_thing_on_the_standard_output(tmp_path):
    (tmp_path / "data" / "landing").mkdir(parents=True)
    (tmp_path / "data" / "landing" / "a.txt").write_text(article("Су қоймасы ашылды"))
    ended = qoima("run", "--json", cwd=tmp_path, QOIMA_SETTLE_SECONDS="0")
    assert ended.returncode == 0, ended.stderr
    assert ended.stderr == ""
    (line,) = ended.stdout.splitlines()
    summary = json.loads(line)
    assert summary["articles_loaded"] == 1
    assert {
        "run_id",
        "load_ids",
        "status",
        "files_seen",
        "files_loaded",
        "files_unchanged",
        "files_duplicate",
        "files_quarantined",
        "files_pending",
        "files_held",
        "articles_loaded",
        "articles_unchanged",
        "articles_rejected",
        "seconds",
    } <= summary.keys()


def test_a_path_needs_no_landing_folder(tmp_path):
    (tmp_path / "a.txt").write_text(article("Су қоймасы ашылды"))
    ended = qoima("run", "a.txt", "--data", "new", "--dry-run", cwd=tmp_path)
    assert ended.returncode == 0, ended.stderr
    assert "1 loaded" in ended.stdout
    assert not (tmp_path / "new").exists()


def test_nothing_new_imports_neither_prefect_nor_great_expectations_nor_polars(loaded):
    code = (
        "import sys; from flows.cli import main\n"
        f"sys.argv = ['qoima', 'run', '--data', {str(loaded.data)!r}]\n"
        "try: main()\n"
        "except SystemExit as end: assert end.code == 0\n"
        "heavy = {'prefect', 'great_expectations', 'polars', 'pandas', 'trafilatura'}\n"
        "assert not heavy & sys.modules.keys(), heavy & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


def test_status_shows_loads_ledger_freshness_and_what_waits(loaded):
    loaded.put("late.txt.part", "x")
    try:
        shown = qoima("status", "--data", loaded.data).stdout
    finally:
        (loaded.landing / "late.txt.part").unlink()
    for words in ("succeeded", "quarantined", "baq.kz", "empty_file", "1 still being"):
        assert words in shown


def test_reports_are_listed_and_run_in_every_format(loaded, tmp_path):
    listed = qoima("report").stdout
    for name in (
        "coverage_by_source",
        "latest_articles",
        "load_health",
        "rejected_inputs",
    ):
        assert name in listed
        assert qoima("report", name, "--data", loaded.data).returncode == 0
    report = ("report", "latest_articles", "--data", loaded.data)
    rows = json.loads(qoima(*report, "--format", "json").stdout)
    assert len(rows) == 2
    assert all(isinstance(row["article_id"], str) for row in rows)
    table = list(csv.DictReader(io.StringIO(qoima(*report, "--format", "csv").stdout)))
    assert [row["title"] for row in table] == [row["title"] for row in rows]
    out = tmp_path / "answer.parquet"
    assert qoima(*report, "--format", "parquet", "--out", out).returncode == 0
    assert pl.read_parquet(out).height == 2
    assert "add --out" in qoima(*report, "--format", "parquet").stderr


def test_a_filter_that_a_report_has_not_is_refused(loaded):
    ended = qoima("report", "load_health", "--data", loaded.data, "--source", "baq.kz")
    assert ended.returncode == 2
    assert "no filter ['source']" in ended.stderr


@pytest.mark.parametrize(
    "statement",
    [
        "create table t (i int)",
        "delete from fact_article",
        "copy fact_article to 'stolen.csv'",
        "select * from read_text('/etc/hostname')",
        "attach 'other.duckdb'",
        "install httpfs",
        "load httpfs",
        "set enable_external_access = true",
        "reset lock_configuration",
        "selec 1",
    ],
)
def test_sql_can_neither_write_nor_look_outside(loaded, tmp_path, statement):
    ended = qoima("sql", statement, "--data", loaded.data, cwd=tmp_path)
    assert ended.returncode == 2
    assert len(ended.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_sql_answers(loaded):
    ended = qoima(
        "sql",
        "select count(*) as n from fact_article",
        "--data",
        loaded.data,
        "--format",
        "json",
    )
    assert json.loads(ended.stdout) == [{"n": 2}]


def test_one_statement_is_asked_at_a_time(loaded):
    for statement in ("", "select 1; select 2", "/* nothing */"):
        ended = qoima("sql", statement, "--data", loaded.data)
        assert ended.returncode == 2
        assert "one SQL statement" in ended.stderr


def test_odd_values_and_equal_names_survive_every_format(loaded, tmp_path):
    statement = (
        "select 'NaN'::double as x, 1 as a, 2 as a, uuid() as u, map {'k': 1} as m, "
        "interval 3 day as i, 170141183460469231731687303715884105727::hugeint as h"
    )
    ask = ("sql", statement, "--data", loaded.data)
    (row,) = json.loads(qoima(*ask, "--format", "json").stdout)
    assert (row["x"], row["a"], row["a_2"]) == (None, 1, 2)
    out = tmp_path / "odd.parquet"
    assert qoima(*ask, "--format", "parquet", "--out", out).returncode == 0
    assert pl.read_parquet(out).columns == ["x", "a", "a_2", "u", "m", "i", "h"]


def test_a_table_in_a_pipe_loses_no_value(loaded):
    shown = qoima("report", "load_health", "--data", loaded.data).stdout
    (load_id,) = loaded.ask("select load_id from dim_load limit 1")[0]
    assert load_id in shown
    assert "succeeded" in shown


def test_export_writes_parquet_and_says_what_was_new(loaded, tmp_path):
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "a.txt").touch()
    ended = qoima("export", tmp_path / "taken", "--data", loaded.data)
    assert ended.returncode == 2
    assert "holds something else" in ended.stderr
    first = qoima("export", tmp_path / "out", "--data", loaded.data)
    assert first.returncode == 0, first.stderr
    assert "0 unchanged, 0 deleted" in first.stdout
    again = qoima("export", tmp_path / "out", "--data", loaded.data)
    assert "; 0 files written" in again.stdout
    articles = pl.read_parquet(tmp_path / "out" / "fact_article")
    assert articles["title"].to_list() == ["Су қоймасы ашылды"] * 2


def test_the_dictionary_is_printed_or_made_of_a_warehouse(loaded, tmp_path):
    shipped = qoima("dictionary")
    assert shipped.returncode == 0, shipped.stderr
    assert "## fact_article" in shipped.stdout
    ended = qoima("dictionary", "--data", loaded.data, "--out", tmp_path / "own.md")
    assert ended.returncode == 0, ended.stderr
    assert "Су қоймасы ашылды" in (tmp_path / "own.md").read_text()


def test_a_dry_run_names_what_it_would_reject(tmp_path):
    (tmp_path / "bad.jsonl").write_text(record() + '\n{"title": ')
    ended = qoima(
        "run", "bad.jsonl", "--dry-run", cwd=tmp_path, QOIMA_SETTLE_SECONDS="0"
    )
    assert "would be rejected: bad.jsonl:2: broken_json" in ended.stdout


def test_quarantine_is_listed_shown_replayed_and_dismissed(loaded):
    data = ("--data", loaded.data)
    listed = json.loads(qoima("quarantine", "list", *data, "--format", "json").stdout)
    by_reason = {row["reason"]: row for row in listed}
    assert by_reason.keys() == {"broken_json", "empty_file"}
    broken = by_reason["broken_json"]["example_id"]
    shown = qoima("quarantine", "show", broken, *data)
    assert '{"title":' in shown.stdout
    assert "does not parse" in shown.stdout
    replayed = qoima("quarantine", "replay", broken, *data, "--json")
    summary = json.loads(replayed.stdout)
    assert (summary["articles_unchanged"], summary["articles_rejected"]) == (1, 1)
    reason = ("--reason", "empty_file", "--format", "json")
    (row,) = json.loads(qoima("quarantine", "list", *reason, *data).stdout)
    empty = row["rejection_id"]
    ended = qoima("quarantine", "dismiss", empty, "--reason", "бос файл", *data)
    assert ended.returncode == 0, ended.stderr
    left = json.loads(qoima("quarantine", "list", *data, "--format", "json").stdout)
    assert [row["reason"] for row in left] == ["broken_json"]
    unknown = qoima("quarantine", "show", 1, *data)
    assert unknown.returncode == 2


def test_checks_show_the_last_load_and_audit_the_whole(loaded):
    last = json.loads(qoima("checks", "--data", loaded.data, "--format", "json").stdout)
    assert len(last) >= 20
    full = qoima("checks", "--full", "--data", loaded.data)
    assert full.returncode == 0, full.stdout
    assert "failed" not in full.stdout.replace("failed   checked", "")


def test_init_lays_out_a_workspace_and_keeps_what_is_there(tmp_path):
    assert qoima("init", "desk", cwd=tmp_path).returncode == 0
    desk = tmp_path / "desk"
    assert (desk / "landing").resolve() == desk / "data" / "landing"
    lines = {
        path.stem: len(path.read_text().splitlines())
        for path in (desk / "seeds").glob("*.csv")
    }
    assert lines.keys() == TABLES.keys()
    assert {name for name in lines if lines[name] > 1} == {"outlets", "field_names"}
    outlets = desk / "seeds" / "outlets.csv"
    outlets.write_text("source_code,name,valid_from\nbaq.kz,Менің BAQ,\n")
    assert qoima("init", "desk", cwd=tmp_path).returncode == 0
    assert "Менің BAQ" in outlets.read_text()
    (desk / "landing" / "a.json").write_text(record(url="https://baq.kz/1"))
    ended = qoima("run", cwd=desk, QOIMA_SETTLE_SECONDS="0")
    assert ended.returncode == 0, ended.stderr
    asked = qoima(
        "sql",
        "select name from dim_source where source_code = 'baq.kz'",
        "--format",
        "csv",
        cwd=desk,
    )
    assert asked.stdout.splitlines() == ["name", "Менің BAQ"]


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("source_code,valid_from\nx,\n", "line 1: missing columns ['name']"),
        ("source_code,name,valid_from\nx,,\n", "line 2:"),
        ("source_code,name,valid_from\nx,X,\nx,Y,\n", "line 3: a second row"),
        ("source_code,name,valid_from\nx,X,soon\n", "valid_from must be a date"),
    ],
)
def test_a_wrong_reference_table_is_told_by_file_and_line(tmp_path, table, words):
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "outlets.csv").write_text(table)
    (tmp_path / "qoima.toml").write_text('seeds = "seeds"\nsettle_seconds = 0\n')
    (tmp_path / "a.txt").write_text(article("Су қоймасы ашылды"))
    ended = qoima("run", "a.txt", cwd=tmp_path)
    assert ended.returncode == 2, ended.stderr
    assert "outlets.csv" in ended.stderr
    assert words in ended.stderr
    assert len(ended.stderr.splitlines()) == 1
