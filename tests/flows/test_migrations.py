"""After an upgrade of Qoima the next run brings the warehouse up to date."""

import shutil

import duckdb
import pytest

from flows.settings import Settings
from tests.flows.workspace import article
from tests.warehouse.freeze_schema import SCHEMAS
from warehouse.catalog import WarehouseError, open_reports
from warehouse.migrate import load_migrations

NAMES = [migration.name for migration in load_migrations()]


@pytest.fixture
def old(workspace):
    """A workspace as version 1 left it: published, and with nothing loaded."""
    path = workspace.data / "warehouse.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute((SCHEMAS / "0001.sql").read_text())
        for (table,) in connection.execute("show tables").fetchall():
            if table != "schema_version":
                connection.execute(f"delete from {table}")
    shutil.copy(path, workspace.data / "reports.duckdb")
    return workspace


def test_a_run_with_nothing_new_migrates_publishes_and_says_so_once(old):
    with pytest.raises(WarehouseError, match="Run `qoima run`"):
        open_reports(old.data / "reports.duckdb")
    (note,) = old.load().notes
    assert all(name in note for name in NAMES)
    assert old.ask("select name from schema_version order by version") == [
        (name,) for name in ["created", *NAMES]
    ]
    before = (old.data / "reports.duckdb").stat().st_mtime_ns
    assert old.load().notes == []
    assert (old.data / "reports.duckdb").stat().st_mtime_ns == before


def test_a_migrated_warehouse_takes_articles(old):
    old.put("a.txt", article("Су қоймасы ашылды"))
    assert old.load().articles_loaded == 1
    assert old.one("select title from fact_article") == "Су қоймасы ашылды"


def test_a_run_killed_between_migrating_and_publishing_is_made_good(old):
    published = old.data / "old.duckdb"
    shutil.copy(old.data / "reports.duckdb", published)
    old.load()
    shutil.move(published, old.data / "reports.duckdb")
    assert old.load().notes == []
    assert old.one("select max(version) from schema_version") == len(NAMES) + 1


def test_readers_get_changed_views_by_the_next_run(old):
    old.load()
    with duckdb.connect(str(old.data / "reports.duckdb")) as connection:
        connection.execute("create or replace macro views_digest() as 'older'")
    old.load()
    open_reports(old.data / "reports.duckdb").close()


def test_a_dry_run_does_not_migrate(old):
    with pytest.raises(WarehouseError, match="a dry run does not"):
        old.load(is_dry_run=True)
    assert old.ask("from schema_version", published=False)[0][0] == 1


def test_reprocessing_an_old_warehouse_migrates_and_publishes(old):
    from flows.reprocess import reprocess

    settings = Settings(data=old.data)
    with pytest.raises(WarehouseError, match="a dry run does not"):
        reprocess(settings, is_dry_run=True)
    assert len(reprocess(settings).notes) == 1
    assert old.one("select max(version) from schema_version") == len(NAMES) + 1
