"""`qoima doctor` finds what is wrong, says what to do, and changes nothing."""

import json
import os
import shutil
import subprocess
import sys
import threading
from collections import namedtuple
from datetime import UTC, datetime
from importlib import metadata

import duckdb
import pytest
from typer.testing import CliRunner

from flows.cli import app
from flows.doctor import examine
from flows.server import ServerRecord, write_record
from flows.settings import Settings
from tests.flows.workspace import Workspace, article
from warehouse.catalog import open_warehouse
from warehouse.lock import writer_lock
from warehouse.marker import Marker, write_marker

#: One worker makes what these tests share.

NOW = datetime(2026, 1, 31, tzinfo=UTC)
Usage = namedtuple("Usage", "total used free")  # noqa: PYI024 - as shutil's


@pytest.fixture(scope="module")
def well(tmp_path_factory, checker):
    workspace = Workspace(tmp_path_factory.mktemp("doctor") / "data", checker)
    workspace.put("a.txt", article("Су қоймасы ашылды"))
    workspace.load()
    return workspace.data


@pytest.fixture
def data(well, tmp_path):
    """A loaded data folder of one's own, to be spoilt."""
    return shutil.copytree(well, tmp_path / "data")


def found(data, what, **settings):
    """The finding on one thing."""
    (finding,) = [
        finding
        for finding in examine(Settings(data=data, **settings))
        if finding.what == what
    ]
    return finding


def states(folder):
    return {
        path: (path.lstat().st_mtime_ns, path.lstat().st_size)
        for path in folder.rglob("*")
    }


def test_a_workspace_that_is_well_has_no_problem_and_is_left_as_it_was(well):
    before = states(well)
    said = CliRunner().invoke(app, ["doctor", "--data", str(well)])
    assert said.exit_code == 0, said.output
    assert said.output.splitlines()[-1].startswith("0 problem, 0 warning")
    assert states(well) == before


def test_as_json_each_finding_has_a_level_and_trouble_a_remedy(data):
    os.truncate(data / "warehouse.duckdb", 5000)
    said = CliRunner().invoke(app, ["doctor", "--json", "--data", str(data)])
    assert said.exit_code == 1
    findings = json.loads(said.output)
    assert {one["level"] for one in findings} <= {"ok", "note", "warning", "problem"}
    assert findings[0]["level"] == "problem"
    assert findings[0]["what"] == "warehouse"
    assert all(
        one["remedy"]
        for one in findings
        if one["level"] != "ok" and one["what"] != "lock"
    )


def test_a_damaged_warehouse_names_the_restore(data):
    os.truncate(data / "warehouse.duckdb", 200_000)
    finding = found(data, "warehouse")
    assert finding.level == "problem"
    assert "qoima restore" in finding.remedy
    (data / "reports.duckdb").write_text("мәтін")
    assert found(data, "reports").level == "problem"


def test_no_data_folder_is_a_problem_and_an_empty_one_is_not(tmp_path):
    assert found(tmp_path / "none", "data").level == "problem"
    (tmp_path / "landing").mkdir()
    assert "problem" not in {one.level for one in examine(Settings(data=tmp_path))}


def test_the_holder_of_the_lock_is_named_and_not_disturbed(data):
    with writer_lock(data, run_id="at-work", now=datetime.now(UTC)):
        finding = found(data, "lock")
        assert (finding.level, "at-work" in finding.text) == ("note", True)
    with writer_lock(data, run_id="stuck", now=NOW):
        finding = found(data, "lock")
        assert finding.level == "warning"
        assert f"kill {os.getpid()}" in finding.remedy
    assert found(data, "lock").level == "ok"


def test_a_run_that_was_cut_off_is_found_by_its_marker(data):
    write_marker(data, Marker("cut-off", None, "manual", started_at=NOW))
    (data / ".lock").write_text('{"run_id": "cut-off", "pid": 1}')
    (data / "stage" / "batch-1").mkdir()
    finding = found(data, "lock")
    assert (finding.level, "cut-off" in finding.text) == ("warning", True)
    assert "qoima tidy" in found(data, "leftovers").remedy


@pytest.mark.parametrize(
    ("change", "level", "words"),
    [
        ("finished_at + interval 400 day", "problem", "set back"),
        ("finished_at - interval 400 day", "warning", "days ago"),
    ],
)
def test_a_clock_that_was_set_is_noticed_by_the_newest_load(data, change, level, words):
    change_warehouse(data, f"update dim_load set finished_at = {change}")
    finding = found(data, "last load")
    assert (finding.level, words in finding.text) == (level, True)


def test_a_file_of_the_future_is_noticed(data):
    os.utime(data / "landing" / "a.txt", (4e9, 4e9))
    assert found(data, "clock").level == "warning"


def test_waiting_migrations_are_named(data):
    change_warehouse(data, "delete from schema_version")
    change_warehouse(data, "insert into schema_version values (1, now(), 'created')")
    finding = found(data, "schema")
    assert finding.level == "note"
    assert "version 1 of" in finding.text
    change_warehouse(data, "update schema_version set version = 9999")
    assert found(data, "schema").level == "problem"


def test_held_files_and_a_blocked_load_are_said(data):
    change_warehouse(data, "update fact_file set status = 'held'")
    change_warehouse(data, "update dim_load set status = 'blocked'")
    assert found(data, "quarantine").level == "warning"
    assert "qoima checks" in found(data, "last load").remedy


def test_a_warehouse_that_another_program_has_open_is_said(data):
    code = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print(1, flush=True); "
    other = subprocess.Popen(
        [sys.executable, "-c", code + "input()", data / "warehouse.duckdb"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with other:
        other.stdout.readline()
        finding = found(data, "warehouse")
        assert (finding.level, "another program" in finding.text) == ("warning", True)
        # A writer waits for one who only has a look.
        threading.Timer(0.3, other.communicate, [b"\n"]).start()
        open_warehouse(data / "warehouse.duckdb", now=NOW).close()


def change_warehouse(data, sql):
    with duckdb.connect(str(data / "warehouse.duckdb")) as connection:
        connection.execute(sql)


def test_a_broken_reference_table_is_named(data, tmp_path):
    (tmp_path / "outlets.csv").write_text("source_code\n")
    finding = found(data, "reference tables", seeds=tmp_path)
    assert finding.level == "problem"
    assert "outlets.csv: line 1" in finding.text


def test_a_full_disk_and_a_folder_that_cannot_be_written_are_problems(
    data, monkeypatch
):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10, 9, 1))
    assert found(data, "disk").level == "problem"
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may always
    finding = found(data, "permissions")
    assert (finding.level, str(data) in finding.text) == ("problem", True)


def test_a_library_that_is_missing_or_of_another_version_is_named(data, monkeypatch):
    real = metadata.version

    def other(name):
        if name == "htmldate":
            raise metadata.PackageNotFoundError(name)
        return "1.0" if name in {"polars", "duckdb"} else real(name)

    monkeypatch.setattr(metadata, "version", other)
    finding = found(data, "libraries")
    assert (finding.level, "htmldate>=" in finding.remedy) == ("problem", True)
    monkeypatch.setattr(
        metadata, "version", lambda name: "1.0" if name == "polars" else real(name)
    )
    finding = found(data, "libraries")
    assert (finding.level, "polars 1.0" in finding.text) == ("warning", True)


def test_an_extension_of_another_duckdb_is_named(data, monkeypatch):
    if "duckdb_extension_fts" not in {
        about.metadata["Name"].replace("-", "_") for about in metadata.distributions()
    }:
        pytest.skip("the extra scale is not installed")
    assert found(data, "extension fts").level == "ok"
    monkeypatch.setattr(duckdb, "__version__", "9.9.9")
    finding = found(data, "extension fts")
    assert (finding.level, "fts==9.9.9" in finding.remedy) == ("warning", True)


def test_a_schedule_that_ended_without_notice_is_found(data):
    (data / "prefect").mkdir()
    write_record(
        data,
        ServerRecord(
            "http://127.0.0.1:1/api", "http://127.0.0.1:1", 1, 1, 1, "*", "UTC"
        ),
    )
    finding = found(data, "schedule")
    assert finding.level == "warning"
    assert "qoima up" in finding.remedy
