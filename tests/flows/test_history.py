"""Measures, history rules and restatements in whole runs."""

import shutil
from contextlib import closing
from datetime import UTC, datetime

import duckdb
import pytest

from flows.commands.status import status_command
from flows.forget import forget
from flows.reprocess import reprocess
from flows.settings import Settings
from tests.flows.workspace import BODY, Workspace, article, record
from warehouse.catalog import open_reports, open_warehouse
from warehouse.contributions import Change
from warehouse.measures import judge_everything, keep_measures
from warehouse.migrate import load_migrations

#: One worker makes what these tests share.

DAY = "2025-12-01"
#: What must be the same in whatever order files come, and made from scratch.
PUBLISHED = """
    select measure, source_id, measured_date, value, sample_count
    from fact_measure join measure_definitions() using (measure)
    where family = 'published' order by all
"""
#: What an upgrade makes.
MADE = {"article_measure": "*", "fact_measure": "* exclude (load_id)"}


@pytest.fixture(scope="module")
def lived(tmp_path_factory, checker):
    """A workspace with a late article, a new version, a reprocess, one forgotten."""
    workspace = Workspace(tmp_path_factory.mktemp("lived") / "data", checker)
    workspace.put("a.txt", article("Су қоймасы ашылды", DAY))
    workspace.put("bad.txt", b"\x00\x01\x02")
    workspace.load()
    workspace.put("b.jsonl", record(url="https://baq.kz/1", date=DAY))
    workspace.load()
    more = record(url="https://baq.kz/1", date=DAY, text=f"{BODY} Оған 5 млрд теңге.")
    workspace.put("c.jsonl", more)
    workspace.load()
    _unread(workspace)
    settings = Settings(data=workspace.data, settle_seconds=0)
    assert reprocess(settings).status == "succeeded"
    workspace.tables_before = workspace.ask(PUBLISHED)
    forget(settings, "https://baq.kz/1", reason="сот шешімі", run_id="run-f")
    return workspace


def _unread(workspace):
    """Make it a warehouse whose articles were read by a step that knew no amounts."""
    now = datetime.now(UTC)
    with closing(
        open_warehouse(workspace.data / "warehouse.duckdb", now=now)
    ) as connection:
        connection.execute("delete from fact_amount")
        connection.execute(
            "update article_step set step_version = '0' where step = 'amounts'"
        )
        connection.execute(
            "create temp table touched_article as select article_id from fact_article"
        )
        keep_measures(connection, Change(None, "run-u", now, "correction"))


def _restated(workspace, measure):
    return workspace.ask(
        "select value_before, value_after, cause, load_id is null "
        "from fact_restatement where measure = ? and source_id = 0 "
        "order by restated_at",
        measure,
    )


def test_each_change_of_a_day_that_was_published_is_kept(lived):
    assert _restated(lived, "articles") == [
        (1, 2, "late_article", False),
        (2, 1, "forget", True),
    ]
    assert _restated(lived, "amounts") == [
        (0, 1, "new_version", False),
        (1, 0, "correction", True),
        (0, 1, "reprocess", False),
        (1, 0, "forget", True),
    ]


def test_arrival_is_measured_by_day_with_what_was_refused(lived):
    rows = lived.ask(
        "select measure, sum(value) from fact_measure "
        "where measure in ('arrived_files', 'arrived_rejects', 'arrived_records') "
        "group by measure order by measure"
    )
    assert rows == [
        ("arrived_files", 4),
        ("arrived_records", 3),
        ("arrived_rejects", 1),
    ]


def test_what_was_kept_bit_by_bit_is_what_is_made_at_once(lived, tmp_path, checker):
    at_once = Workspace(tmp_path / "data", checker)
    for path in sorted(lived.landing.iterdir()):
        at_once.put(path.name, path.read_bytes())
    at_once.load()
    assert at_once.ask(PUBLISHED) == lived.tables_before
    assert at_once.ask("select count(*) from fact_restatement") == [(0,)]


def test_an_upgrade_measures_what_is_loaded_as_loads_do(samples, tmp_path):
    path = tmp_path / "old.duckdb"
    shutil.copy(samples.data / "warehouse.duckdb", path)
    (migration,) = [one for one in load_migrations() if one.name == "measures"]
    with closing(duckdb.connect(str(path))) as connection:
        kept = _measured(connection)
        for table in (*MADE, "fact_restatement", "dim_incident"):
            connection.execute(f"drop table {table}")
        connection.execute(migration.sql)
        assert _measured(connection) == kept
    assert all(kept)


def _measured(connection):
    return [
        connection.execute(f"select {columns} from {table} order by all").fetchall()
        for table, columns in MADE.items()
    ]


def test_history_rules_run_and_an_audit_runs_them_over_every_day(lived):
    names = ("volume_is_usual", "reading_is_usual", "source_is_silent")
    results = lived.ask(
        "select distinct rule_id, is_passed, error is null from fact_check "
        "where rule_id in ? order by all",
        names,
    )
    assert results == sorted((name, True, True) for name in names)
    with closing(open_reports(lived.data / "reports.duckdb")) as connection:
        judge_everything(connection, datetime.now(UTC))
        judged = connection.execute(
            "select distinct verdict from judged_measure order by all"
        ).fetchall()
    assert ("no_history",) in judged


def test_the_status_tells_each_outlets_rhythm(lived, capsys):
    status_command(lived.data)
    assert "no_rhythm" in capsys.readouterr().out


def test_an_incident_of_the_workspace_reaches_the_warehouse(workspace, tmp_path):
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "incidents.csv").write_text(
        "from_date,to_date,source_code,measure,reason\n"
        "2025-12-01,2025-12-02,kazinform,,сайт ашылмады\n"
        "2025-12-05,2025-12-05,,articles,диск толып қалды\n",
        encoding="utf-8",
    )
    workspace.put("a.txt", article("Су қоймасы ашылды", DAY))
    workspace.load(seeds=seeds)
    assert workspace.ask(
        "select from_date::varchar, source_code, measure, reason "
        "from dim_incident left join dim_source using (source_id) order by all"
    ) == [
        ("2025-12-01", "kazinform", None, "сайт ашылмады"),
        ("2025-12-05", None, "articles", "диск толып қалды"),
    ]
