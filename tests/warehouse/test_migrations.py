"""Every earlier schema becomes today's, with all its rows, whole or not at all."""

import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime

import duckdb
import pytest

from tests.conftest import ROOT
from tests.warehouse.freeze_schema import SCHEMAS
from warehouse.catalog import WarehouseError, open_reports, open_warehouse
from warehouse.migrate import (
    Migration,
    applied_migrations,
    apply_migrations,
    load_migrations,
    newest_version,
    read_version,
)

NOW = datetime(2026, 1, 2, tzinfo=UTC)
NEWEST = newest_version(load_migrations())
#: What makes a schema, each as a query whose rows must be the same.
CATALOG = {
    "tables": "select table_name, comment from duckdb_tables() where not internal",
    "columns": """
        select
            table_name, column_index, column_name, data_type, is_nullable,
            column_default, comment
        from duckdb_columns() where not internal
    """,
    "constraints": """
        select table_name, constraint_type, constraint_text, constraint_column_names
        from duckdb_constraints()
    """,
    "indexes": "select table_name, index_name, sql from duckdb_indexes()",
    "views": "select view_name, sql, comment from duckdb_views() where not internal",
    "macros": """
        select function_name, function_type, parameters, macro_definition, comment
        from duckdb_functions() where not internal
    """,
}


def old_file(path, version=1):
    with duckdb.connect(str(path)) as connection:
        connection.execute((SCHEMAS / f"{version:04d}.sql").read_text())
    return path


def catalog(connection):
    return {
        name: sorted(connection.execute(sql).fetchall(), key=repr)
        for name, sql in CATALOG.items()
    }


def rows(connection):
    names = [row[0] for row in connection.execute("show tables").fetchall()]
    return {
        name: connection.execute(f"from {name} order by all").fetchall()
        for name in names
    }


def raw(path):
    return closing(duckdb.connect(str(path), read_only=True))


def test_every_schema_there_was_is_frozen():
    frozen = [path.name for path in sorted(SCHEMAS.glob("*.sql"))]
    assert frozen == [f"{version:04d}.sql" for version in range(1, NEWEST + 1)], (
        "run `python -m tests.warehouse.freeze_schema`"
    )


@pytest.mark.parametrize("version", range(1, NEWEST + 1))
def test_a_migrated_schema_equals_a_fresh_one(tmp_path, version):
    path = old_file(tmp_path / "old.duckdb", version)
    with closing(open_warehouse(path, now=NOW)) as connection:
        migrated = catalog(connection)
    with closing(open_warehouse(None, now=NOW)) as connection:
        fresh = catalog(connection)
    if version == NEWEST:  # nothing was to be done, so comments stay as they were
        for schema in (migrated, fresh):
            for part in ("tables", "columns"):
                schema[part] = [row[:-1] for row in schema[part]]
    for part, expected in fresh.items():
        assert migrated[part] == expected, (
            f"{part}: warehouse/schema/ was changed without a migration, or unlike it. "
            "Add warehouse/migrations/NNNN_name.sql; new columns go last."
        )


@pytest.mark.parametrize("version", range(1, NEWEST))
def test_migrating_loses_no_row_and_no_value(tmp_path, version):
    path = old_file(tmp_path / "old.duckdb", version)
    with raw(path) as connection:
        before = rows(connection)
        columns = {
            table: [
                row[0] for row in connection.execute(f"describe {table}").fetchall()
            ]
            for table in before
        }
    assert all(
        len(found) == 2 for name, found in before.items() if "_version" not in name
    )
    open_warehouse(path, now=NOW).close()
    with raw(path) as connection:
        for table, expected in before.items():
            kept = connection.execute(
                f"select {', '.join(columns[table])} from {table} order by all"
            ).fetchall()
            assert [row for row in kept if row in expected] == expected, table
            assert len(kept) == len(expected) or table == "schema_version"


def test_each_migration_is_recorded_once_with_name_and_time(tmp_path):
    path = old_file(tmp_path / "old.duckdb")
    names = [migration.name for migration in load_migrations()]
    with closing(open_warehouse(path, now=NOW)) as connection:
        assert applied_migrations(connection, since=NOW) == names
        again = connection.execute("from schema_version order by version").fetchall()
    assert [row[0] for row in again] == list(range(1, NEWEST + 1))
    with closing(open_warehouse(path, now=datetime(2027, 1, 1, tzinfo=UTC))) as later:
        assert later.execute("from schema_version order by version").fetchall() == again
        assert applied_migrations(later, since=datetime(2027, 1, 1, tzinfo=UTC)) == []


def test_a_fresh_warehouse_counts_as_created_not_migrated():
    with closing(open_warehouse(None, now=NOW)) as connection:
        assert read_version(connection) == NEWEST
        assert applied_migrations(connection, since=NOW) == []


def test_a_migration_that_fails_leaves_the_version_before(tmp_path):
    path = tmp_path / "one.duckdb"
    good = Migration(NEWEST + 1, "good", "alter table fact_file add column more text")
    broken = Migration(
        NEWEST + 2, "broken", "drop table fact_file; alter table nowhere rename to x"
    )
    with closing(open_warehouse(path, now=NOW)) as connection:
        before = catalog(connection)
        with pytest.raises(duckdb.CatalogException):
            apply_migrations(connection, [good, broken], [], now=NOW)
        assert read_version(connection) == NEWEST + 1
        after = catalog(connection)
        added = [row for row in after["columns"] if row not in before["columns"]]
        assert [row[:3] for row in added] == [("fact_file", 16, "more")]


KILLED = """
import os, sys
from datetime import UTC, datetime
from warehouse.catalog import open_warehouse
from warehouse.migrate import Migration, apply_migrations
connection = open_warehouse(sys.argv[1] and __import__("pathlib").Path(sys.argv[1]),
                            now=datetime(2026, 1, 2, tzinfo=UTC))
connection.create_function("die", lambda: os._exit(9), [], "BIGINT")
sql = "alter table fact_file add column more text; drop table fact_quote; select die()"
apply_migrations(connection, [Migration(1000, "half", sql)], [], now=datetime.now(UTC))
"""


def test_a_migration_that_is_killed_leaves_the_version_before(tmp_path):
    path = old_file(tmp_path / "old.duckdb")
    command = [sys.executable, "-c", KILLED, path]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == 9
    with closing(open_warehouse(path, now=NOW)) as connection:
        assert read_version(connection) == NEWEST
        assert len(connection.execute("from fact_quote").fetchall()) == 2
        names = [row[0] for row in connection.execute("describe fact_file").fetchall()]
        assert "more" not in names


def test_a_file_of_a_newer_qoima_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "new.duckdb"
    with closing(open_warehouse(path, now=NOW)) as connection:
        connection.execute("insert into schema_version values (1000, now(), 'later')")
    for opener in (lambda: open_warehouse(path, now=NOW), lambda: open_reports(path)):
        with pytest.raises(WarehouseError, match=r"version 1000.*or a newer one"):
            opener()


def test_work_that_keeps_nothing_does_not_migrate(tmp_path):
    path = old_file(tmp_path / "old.duckdb")
    with pytest.raises(WarehouseError, match="`qoima run` brings it up to date"):
        open_warehouse(path, now=NOW, may_migrate=False)
    with raw(path) as connection:
        assert read_version(connection) == 1


def test_a_reader_of_an_older_published_file_is_told_to_run(tmp_path):
    path = old_file(tmp_path / "reports.duckdb")
    with pytest.raises(WarehouseError, match="Run `qoima run`"):
        open_reports(path)


def test_a_reader_of_other_views_is_told_to_run(tmp_path):
    path = tmp_path / "reports.duckdb"
    with closing(open_warehouse(path, now=NOW)) as connection:
        connection.execute("create or replace macro views_digest() as 'older'")
    with pytest.raises(WarehouseError, match="Run `qoima run`"):
        open_reports(path)


def test_a_file_that_qoima_did_not_publish_is_told_so(tmp_path):
    path = tmp_path / "reports.duckdb"
    duckdb.connect(str(path)).close()
    with pytest.raises(WarehouseError, match="not published by Qoima"):
        open_reports(path)
