"""A warehouse in a lake: the same tables, checks and answers as in a file."""

import shutil
from contextlib import closing

import duckdb
import pytest
from typer.testing import CliRunner

from flows.cli import app
from flows.errors import UserError
from flows.forget import forget
from flows.tidy import tidy
from tests.flows.workspace import Workspace
from tests.lake.conftest import PARTS, put_part
from tests.lake.lake_workspace import rows_of
from warehouse.catalog import WarehouseError, open_reports
from warehouse.guard import RefusedSqlError, refuse_unsafe
from warehouse.turns import hide_password

RUN = CliRunner()


def test_a_lake_has_the_tables_that_a_file_has(lake, tmp_path, checker):
    file = Workspace(tmp_path / "data", checker)
    for number in range(len(PARTS)):
        put_part(file, number)
    file.load()
    assert rows_of(lake) == rows_of(file)


def test_a_load_was_checked_by_every_rule(lake):
    rules = lake.ask(
        "select count(distinct rule_id), count_if(error is not null) from fact_check"
    )
    assert rules[0][0] > 100
    assert rules[0][1] == 0


def test_a_second_pass_finds_nothing_new(lake):
    summary = lake.load()
    assert not summary.load_ids
    assert summary.files_unchanged == summary.files_seen > 0


@pytest.mark.parametrize(
    "command",
    [
        ["status"],
        ["checks"],
        ["report", "latest_articles"],
        ["report", "quotes_by"],
        ["search", "су"],
        ["dictionary"],
        ["quarantine", "list"],
        ["sql", "select count(*) from articles"],
    ],
    ids=" ".join,
)
def test_commands_that_read_answer(lake, command, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    answer = RUN.invoke(app, command, env=lake.environment)
    assert answer.exit_code == 0, answer.output
    assert answer.output.strip()


@pytest.mark.parametrize("command", [["backup", "there"], ["restore", "there"]])
def test_commands_for_files_say_what_to_do_instead(
    lake, command, monkeypatch, tmp_path
):
    monkeypatch.chdir(tmp_path)
    answer = RUN.invoke(app, command, env=lake.environment)
    assert answer.exit_code != 0
    if command[0] == "backup":
        assert "pg_dump" in str(answer.exception)


@pytest.fixture(scope="module")
def reader(lake):
    lake.request()
    with closing(open_reports(lake.data / "reports.duckdb")) as reader:
        yield reader


@pytest.mark.parametrize(
    "statement",
    [
        "select * from read_csv('/etc/passwd')",
        "select * from read_text('{files}/main')",
        "select * from read_parquet('{files}/main/fact_article/*.parquet')",
        "select * from glob('{files}/*')",
        "from postgres_query('__ducklake_metadata_warehouse', 'select 1 as x')",
        "select * from postgres_scan('{words}', 'public', 'ducklake_table')",
        "select (select max(i) from query('select 1 as i'))",
        "with a as (from system.main.glob('*')) from a",
        "describe select * from glob('*')",
        "select * from __ducklake_metadata_warehouse.ducklake_snapshot",
        "select * from __ducklake_metadata_warehouse.public.ducklake_snapshot",
        "from duckdb_databases()",
        "from duckdb_databases",
        "from duckdb_secrets()",
        "from system.main.duckdb_databases",
        "from pg_catalog.pg_user",
        "call postgres_execute('__ducklake_metadata_warehouse', 'drop table x')",
        "attach '{words}' as other (type postgres)",
        "attach '/tmp/other.duckdb'",
        "copy (select 1) to '/tmp/x.csv'",
        "copy (select 1) to '{files}/x.csv'",
        "insert into dim_load select * from dim_load",
        "delete from fact_article",
        "drop table fact_article",
        "set enable_external_access = true",
        "load httpfs",
        "create temporary macro x() as table (from glob('*'))",
        "call ducklake_expire_snapshots('warehouse', older_than => now())",
    ],
)
def test_sql_reaches_nothing_but_the_tables(lake, reader, statement):
    asked = statement.format(files=lake.files, words=lake.words)
    with pytest.raises((RefusedSqlError, duckdb.Error)):
        refuse_unsafe(reader, asked)


def test_the_command_for_sql_has_this_guard(lake, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    answer = RUN.invoke(app, ["sql", "from glob('*')"], env=lake.environment)
    assert isinstance(answer.exception, UserError)
    assert "glob is not allowed" in str(answer.exception)


@pytest.mark.parametrize(
    "statement",
    [
        "select * from read_csv('/etc/passwd')",
        "from '/etc/passwd'",
        "attach '/tmp/other.duckdb'",
        "attach '{words}' as other (type postgres)",
        "set enable_external_access = true",
        "copy (select 1) to '/tmp/x.csv'",
        "delete from fact_article",
    ],
)
def test_the_connection_alone_refuses_files_and_changes(lake, reader, statement):
    with pytest.raises(duckdb.Error):
        reader.cursor().execute(f"{statement.format(words=lake.words)}")


@pytest.mark.parametrize(
    "statement",
    [
        "from articles",
        "with a as (select 1 as i) select * from a, range(3)",
        "select * from search('су', max_rows := 3)",
        "show tables",
        "describe fact_article",
        "select unnest([1, 2])",
        "select * from warehouse.main.fact_article",
        "select * from quotes_told('2025-01-01', null, null, null, null)",
    ],
)
def test_what_users_ask_passes_the_guard(reader, statement):
    refuse_unsafe(reader, statement)
    reader.execute(statement)


def test_a_load_is_a_state_to_come_back_to(lake, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    loads = lake.ask("select load_id from dim_load order by load_id")
    then = lake.ask("select count(*) from fact_article", as_of=loads[0][0])
    assert 0 < then[0][0] < lake.ask("select count(*) from fact_article")[0][0]
    for words in (["sql", "select count(*) from dim_load"], ["report", "load_health"]):
        asked = [*words, "--as-of", loads[0][0], "--format", "json"]
        answer = RUN.invoke(app, asked, env=lake.environment)
        assert answer.exit_code == 0, answer.output
    with pytest.raises(WarehouseError, match="keeps no state"):
        lake.ask("select 1", as_of="20200101T000000000Z-000000")


def test_a_file_says_that_it_keeps_no_earlier_states(tmp_path):
    with pytest.raises(WarehouseError, match="needs a lake"):
        open_reports(tmp_path / "reports.duckdb", as_of="x")


def test_no_message_shows_the_password(lake, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    words = f"{lake.words}_gone password='very secret'"
    environment = lake.environment | {"QOIMA_WAREHOUSE": f"ducklake:postgres:{words}"}
    answer = RUN.invoke(app, ["status"], env=environment)
    assert isinstance(answer.exception, WarehouseError)
    assert "secret" not in answer.output + repr(answer.exception)
    assert hide_password("postgresql://me:secret@host/x") == "postgresql://me:…@host/x"
    assert hide_password("password=secret host=x") == "password=… host=x"


def test_a_file_moves_into_an_empty_lake(samples, empty_lake, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    shutil.copy(samples.data / "warehouse.duckdb", empty_lake.data)
    answer = RUN.invoke(app, ["move"], env=empty_lake.environment)
    assert answer.exit_code == 0, answer.output + repr(answer.exception)
    assert rows_of(empty_lake) == rows_of(samples)
    again = RUN.invoke(app, ["move"], env=empty_lake.environment)
    assert "has loads already" in str(again.exception)


def test_what_is_forgotten_is_in_no_file_of_the_lake(empty_lake):
    put_part(empty_lake, 0)
    empty_lake.load()
    ((article_id, title),) = empty_lake.ask(
        "select article_id, title from fact_article order by title limit 1"
    )
    held = f"from '{empty_lake.files}/main/fact_article/*.parquet' where title = ?"
    assert duckdb.execute(held, [title]).fetchall()
    forget(empty_lake.settings(), str(article_id), reason="asked", run_id="test")
    assert not duckdb.execute(held, [title]).fetchall()
    assert empty_lake.ask("select count(*) from forgotten_article") == [(1,)]
    assert not empty_lake.load().load_ids


def test_tidy_puts_small_files_together_and_keeps_the_states(
    empty_lake, monkeypatch, tmp_path
):
    monkeypatch.chdir(tmp_path)
    for number in range(len(PARTS)):
        put_part(empty_lake, number)
        empty_lake.load()
    before = empty_lake.ask("select count(*), sum(hash(text)) from fact_article")
    done = tidy(empty_lake.settings())
    assert any("put together" in line for line in done.gone)
    assert (
        empty_lake.ask("select count(*), sum(hash(text)) from fact_article") == before
    )
    ((first,),) = empty_lake.ask("select min(load_id) from dim_load")
    assert empty_lake.ask("select count(*) from fact_article", as_of=first) == [(2,)]


def test_doctor_looks_at_the_lake(lake, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    answer = RUN.invoke(app, ["doctor"], env=lake.environment)
    assert "its catalog answers" in answer.output


def test_a_lake_without_a_place_for_its_files_is_a_wrong_setting(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    environment = {"QOIMA_WAREHOUSE": "ducklake:postgres:host=nowhere"}
    answer = RUN.invoke(app, ["status"], env=environment)
    assert isinstance(answer.exception, UserError)
    assert "lake_path" in str(answer.exception)
