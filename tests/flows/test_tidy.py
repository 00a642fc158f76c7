"""Old things go by the settings, nothing else does, and a dry run says so first."""

import os
import shutil
import sqlite3

import duckdb
import pytest
from typer.testing import CliRunner

from flows.cli import app
from flows.settings import Settings
from flows.tidy import tidy
from tests.flows.workspace import Workspace, article, record

#: One worker makes what these tests share.

OLD = "now()::timestamp - interval 40 day"


@pytest.fixture(scope="module")
def loaded(tmp_path_factory, checker):
    """Two loads, a file with an open rejection, one in quarantine, and a duplicate."""
    workspace = Workspace(tmp_path_factory.mktemp("tidy") / "data", checker)
    workspace.put("a.txt", article("Су қоймасы ашылды"))
    workspace.put("b.jsonl", record(url="https://baq.kz/1") + '\n{"title": \n')
    workspace.put("c.txt", b"")
    workspace.load()
    workspace.put("again.txt", article("Су қоймасы ашылды"))
    workspace.put("d.txt", article("Жаңа мектеп ашылды"))
    workspace.load()
    return workspace


@pytest.fixture
def mine(loaded, tmp_path):
    """The same, of one's own."""
    workspace = Workspace.__new__(Workspace)
    workspace.data = shutil.copytree(loaded.data, tmp_path / "data")
    workspace.landing, workspace.checker = workspace.data / "landing", loaded.checker
    return workspace


def settings_of(workspace, **settings):
    return Settings(data=workspace.data, settle_seconds=0, **settings)


def change(workspace, sql):
    with duckdb.connect(str(workspace.data / "warehouse.duckdb")) as connection:
        return connection.execute(sql).fetchall()


def age_files(workspace, where="true"):
    change(
        workspace,
        f"update fact_file set seen_at = {OLD}, loaded_at = {OLD} where {where}",
    )


def raw_rows(workspace):
    with duckdb.connect() as connection:
        files = f"{workspace.data}/raw/*.parquet"
        rows = connection.execute(f"select path from '{files}' order by path")
        return [path for (path,) in rows.fetchall()]


def test_by_default_raw_copies_and_rejections_are_kept_for_ever(mine):
    age_files(mine)
    change(mine, f"update fact_rejection set status = 'replayed', closed_at = {OLD}")
    before = raw_rows(mine)
    assert tidy(settings_of(mine)).gone == []
    assert raw_rows(mine) == before


def test_raw_copies_go_where_nothing_is_to_be_read_again(mine):
    age_files(mine)
    assert raw_rows(mine) == ["a.txt", "b.jsonl", "c.txt", "d.txt"]
    tables = mine.tables()
    (line,) = tidy(settings_of(mine, keep_raw_days=30)).gone
    assert line.startswith("2 raw copies of loaded inputs")
    assert "no longer be read again" in line
    # An open rejection and quarantine need theirs.
    assert raw_rows(mine) == ["b.jsonl", "c.txt"]
    assert mine.ask("select path from fact_file where raw_file is null order by 1") == [
        ("a.txt",),
        ("again.txt",),
        ("d.txt",),
    ]
    assert mine.tables() == tables
    said = CliRunner().invoke(app, ["checks", "--full", "--data", str(mine.data)])
    assert said.exit_code == 0, said.output
    mine.put("a.txt", article("Су қоймасы ашылды"), age=10)
    mine.put("other.txt", article("Су қоймасы ашылды"))
    summary = mine.load()
    assert (summary.files_duplicate, summary.articles_loaded) == (1, 0)


def test_a_raw_copy_stays_while_a_young_input_shares_it(mine):
    age_files(mine, "path = 'a.txt'")
    assert tidy(settings_of(mine, keep_raw_days=30)).gone == []
    assert "a.txt" in raw_rows(mine)


def test_checks_of_old_loads_go_and_the_loads_stay(mine):
    change(mine, f"update dim_load set started_at = {OLD}")
    (line,) = tidy(settings_of(mine, keep_loads_days=30)).gone
    assert "rows of checks of loads older than 30 days" in line
    left = mine.ask("select distinct load_id from fact_check")
    assert left == mine.ask("select max(load_id) from dim_load")
    assert mine.one("select count(*) from dim_load") == 2
    assert mine.one("select count(distinct load_id) from fact_check_row") <= 1


def test_closed_rejections_go_but_those_that_say_why_a_file_is_in_quarantine(mine):
    change(mine, f"update fact_rejection set status = 'dismissed', closed_at = {OLD}")
    (line,) = tidy(settings_of(mine, keep_quarantine_days=30)).gone
    assert line == "1 rejections closed more than 30 days ago"
    assert mine.ask(
        "select path from fact_rejection join fact_file using (file_id)"
    ) == [("c.txt",)]


def test_a_dry_run_says_what_would_go_and_keeps_it(mine):
    age_files(mine)
    (mine.data / "stage" / "batch-1").mkdir()
    before = (raw_rows(mine), mine.ask("from fact_file", published=False))
    settings = settings_of(mine, keep_raw_days=30)
    said = tidy(settings, is_dry_run=True).gone
    assert len(said) == 2
    assert (raw_rows(mine), mine.ask("from fact_file", published=False)) == before
    assert tidy(settings).gone == said
    assert tidy(settings).gone == []
    assert not (mine.data / "stage" / "batch-1").exists()


def test_a_run_tidies_once_a_day_and_publishes(mine):
    age_files(mine)
    stamp = mine.data / "stage" / "tidied"
    assert stamp.exists()
    assert mine.load(keep_raw_days=30).notes == []
    os.utime(stamp, (stamp.stat().st_mtime - 90_000,) * 2)
    assert mine.load(keep_raw_days=30, is_dry_run=True).notes == []
    (note,) = mine.load(keep_raw_days=30).notes
    assert note.startswith("let go: 2 raw copies")
    assert mine.one("select count(*) from fact_file where raw_file is null") == 3
    assert mine.load(keep_raw_days=30).notes == []


def test_what_goes_wrong_while_tidying_does_not_fail_the_run(mine, monkeypatch):
    stamp = mine.data / "stage" / "tidied"
    os.utime(stamp, (stamp.stat().st_mtime - 90_000,) * 2)

    def fail(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("flows.tidy.drop_checks", fail)
    summary = mine.load()
    assert summary.status == "succeeded"
    assert "No space left" in summary.notes[0]


def test_a_file_that_is_mostly_free_blocks_is_written_anew(mine, monkeypatch):
    monkeypatch.setattr("flows.tidy._LEAST_FREE", 0)
    warehouse = mine.data / "warehouse.duckdb"
    rows = "select random() as number from range(4_000_000)"
    change(mine, f"create table large as {rows}")
    change(mine, "checkpoint")
    change(mine, "create table behind as select random() from range(100_000)")
    change(mine, "drop table large")
    change(mine, "checkpoint")
    before, tables = warehouse.stat().st_size, mine.tables()
    (line,) = tidy(settings_of(mine)).gone
    assert "of free blocks" in line
    assert warehouse.stat().st_size < before * 0.6
    assert (mine.data / "reports.duckdb").stat().st_size == warehouse.stat().st_size
    assert mine.tables() == tables
    assert tidy(settings_of(mine)).gone == []


def test_the_database_of_prefect_shrinks_while_nothing_is_up(mine):
    (mine.data / "prefect").mkdir()
    path = mine.data / "prefect" / "prefect.db"
    connection = sqlite3.connect(path)
    connection.execute("create table log (text)")
    connection.executemany("insert into log values (?)", [("x" * 1000,)] * 2000)
    connection.execute("delete from log")
    connection.commit()
    connection.close()
    before = path.stat().st_size
    (line,) = tidy(settings_of(mine)).gone
    assert "Prefect's database" in line
    assert path.stat().st_size < before / 10


def test_the_command_says_what_went(mine, tmp_path):
    (mine.data / "reports.duckdb.new").write_text("x")
    runner = CliRunner()
    said = runner.invoke(app, ["tidy", "--dry-run", "--data", str(mine.data)])
    assert said.stdout.startswith("dry run: this would go\n  1 files or folders")
    assert runner.invoke(app, ["tidy", "--data", str(mine.data)]).exit_code == 0
    said = runner.invoke(app, ["tidy", "--data", str(mine.data)])
    assert said.stdout == "Nothing is older than the settings keep it.\n"
    said = runner.invoke(app, ["tidy", "--data", str(tmp_path / "none")])
    assert said.exit_code != 0
