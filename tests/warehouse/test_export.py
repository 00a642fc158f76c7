"""An export holds the tables as they are, and rewrites what has changed."""

import hashlib
import json
from contextlib import closing
from datetime import UTC, datetime, timedelta

import duckdb
import polars as pl
import pytest

from tests.warehouse.freeze_schema import SCHEMAS
from warehouse import export as exporting
from warehouse.catalog import open_reports
from warehouse.export import MANIFEST, ExportError, export
from warehouse.migrate import load_migrations, newest_version
from warehouse.views import refresh_views

NOW = datetime(2026, 1, 2, tzinfo=UTC)
FIRST, SECOND = -90071992547409000, -90071992547409020


def run(reports, folder, now=NOW, **settings):
    with closing(open_reports(reports, is_shut=False)) as connection:
        for name, value in settings.items():
            connection.execute(f"set {name} = {value}")
        return export(connection, folder, now=now, code_version="0")


@pytest.fixture
def reports(tmp_path):
    """Two made-up rows in each table; the second article's date is not known."""
    path = tmp_path / "reports.duckdb"
    schema = SCHEMAS / f"{newest_version(load_migrations()):04d}.sql"
    with duckdb.connect(str(path)) as connection:
        connection.execute(schema.read_text())
        refresh_views(connection)
        connection.execute(
            "update fact_article set version = 1, is_current = true; "
            "update fact_quote set version = 1"
        )
    return path


def change(reports, sql):
    with duckdb.connect(str(reports)) as connection:
        connection.execute(sql)


def state(folder):
    """Each file's content, by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def parquet_of(folder):
    return {
        path: content for path, content in state(folder).items() if path != MANIFEST
    }


def changed(before, after):
    return {
        path
        for path in before.keys() | after.keys()
        if before.get(path) != after.get(path) and path != MANIFEST
    }


@pytest.fixture(scope="module")
def exported(samples, tmp_path_factory):
    folder = tmp_path_factory.mktemp("export")
    run(samples.data / "reports.duckdb", folder)
    return folder


def test_the_parquet_files_hold_exactly_the_rows_of_the_tables(samples, exported):
    manifest = json.loads((exported / MANIFEST).read_text())
    names = [table["name"] for table in manifest["tables"]]
    with duckdb.connect(str(samples.data / "reports.duckdb"), read_only=True) as base:
        stars = base.execute(
            "select table_name from duckdb_tables() "
            "where regexp_matches(table_name, '^(fact|dim|bridge)_|_redirect$')"
        ).fetchall()
        assert names == sorted(name for (name,) in stars)
        for table in manifest["tables"]:
            name, columns = table["name"], [one["name"] for one in table["columns"]]
            files = [str(exported / file["path"]) for file in table["files"]]
            read = f"(select {', '.join(columns)} from read_parquet({files}))"
            count, copied, more, fewer = base.execute(
                f"select (select count(*) from {name}), (select count(*) from {read}), "
                f"(select count(*) from (from {read} except all from {name})), "
                f"(select count(*) from (from {name} except all from {read}))"
            ).fetchone()
            assert (copied, more, fewer) == (count, 0, 0), name
            assert table["rows"] == count, name
            assert [file["rows"] for file in table["files"]] == [
                pl.scan_parquet(file).select(pl.len()).collect().item()
                for file in files
            ]


def test_the_manifest_has_the_size_and_hash_of_every_file_and_no_other(exported):
    manifest = json.loads((exported / MANIFEST).read_text())
    files = {
        file["path"]: file for table in manifest["tables"] for file in table["files"]
    }
    found = parquet_of(exported)
    assert files.keys() == found.keys()
    for path, content in found.items():
        assert files[path]["bytes"] == len(content)
        assert files[path]["sha256"] == hashlib.sha256(content).hexdigest()
    for table in manifest["tables"]:
        assert table["bytes"] == sum(file["bytes"] for file in table["files"])
    assert manifest["load_id"]
    assert manifest["schema_version"] == newest_version(load_migrations())
    assert manifest["made_at"] == NOW.isoformat()


def test_facts_lie_in_the_month_in_which_their_article_was_published(exported):
    for name in ("fact_article", "fact_quote", "fact_event", "bridge_event_actor"):
        assert sorted((exported / name).glob("month=20*/data.parquet")), name
    found = duckdb.sql(
        f"select distinct month, strftime(published_date, '%Y-%m') "
        f"from read_parquet('{exported}/fact_article/*/*.parquet', "
        "hive_partitioning = true)"
    ).fetchall()
    assert ("unknown", None) in found
    assert all(month == (day or "unknown") for month, day in found)
    wrong = duckdb.sql(
        f"select count(*) from read_parquet('{exported}/fact_mention/*/*.parquet') one "
        f"join read_parquet('{exported}/fact_article/*/*.parquet') article "
        "using (article_id, version) where one.month <> article.month"
    ).fetchone()
    assert wrong == (0,)


def test_the_same_rows_give_the_same_bytes(samples, exported, tmp_path):
    path = samples.data / "reports.duckdb"
    run(path, tmp_path / "one", now=NOW + timedelta(days=1), threads=1)
    assert parquet_of(tmp_path / "one") == parquet_of(exported)


def test_exporting_again_touches_nothing(reports, tmp_path):
    folder = tmp_path / "out"
    first = run(reports, folder)
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    again = run(reports, folder, now=NOW + timedelta(days=1))
    assert (again.written, again.deleted) == (0, 0)
    assert again.unchanged == first.written
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*.*")} == {
        path: time for path, time in before.items() if path.suffix
    }


def test_only_changed_months_are_written_and_the_result_is_that_of_a_fresh_export(
    reports, tmp_path
):
    folder = tmp_path / "out"
    run(reports, folder)
    before = state(folder)
    change(reports, f"update fact_quote set verb = 'деді' where article_id = {FIRST}")
    done = run(reports, folder)
    assert (done.written, done.deleted) == (1, 0)
    assert changed(before, state(folder)) == {"fact_quote/month=2025-11/data.parquet"}
    run(reports, tmp_path / "fresh")
    assert parquet_of(folder) == parquet_of(tmp_path / "fresh")


def test_an_article_that_gets_a_date_moves_with_all_that_was_read_out_of_it(
    reports, tmp_path
):
    folder = tmp_path / "out"
    run(reports, folder)
    before = state(folder)
    change(
        reports,
        "update fact_article set published_date = date '2026-02-03' "
        f"where article_id = {SECOND}",
    )
    done = run(reports, folder)
    after = state(folder)
    for name in ("fact_article", "fact_quote"):
        assert f"{name}/month=unknown/data.parquet" in before
        assert f"{name}/month=unknown/data.parquet" not in after
        assert f"{name}/month=2026-02/data.parquet" in after
    assert not (folder / "fact_quote" / "month=unknown").exists()
    assert done.deleted >= 2
    run(reports, tmp_path / "fresh")
    assert parquet_of(folder) == parquet_of(tmp_path / "fresh")


def test_a_table_without_rows_shows_its_columns(reports, tmp_path):
    change(reports, "delete from fact_document; delete from dim_topic")
    run(reports, tmp_path / "out")
    for name, table in (
        ("fact_document/month=unknown", "fact_document"),
        ("dim_topic", "dim_topic"),
    ):
        frame = pl.read_parquet(
            tmp_path / "out" / name / "data.parquet", hive_partitioning=False
        )
        assert frame.height == 0
        with duckdb.connect(str(reports)) as connection:
            columns = connection.execute(f"describe {table}").fetchall()
        assert frame.columns == [row[0] for row in columns]


def test_a_file_that_was_cut_short_or_deleted_is_written_again(reports, tmp_path):
    folder = tmp_path / "out"
    run(reports, folder)
    before = state(folder)
    (folder / "fact_quote/month=unknown/data.parquet").write_bytes(b"PAR1")
    (folder / "dim_source/data.parquet").unlink()
    assert run(reports, folder).written == 2
    assert state(folder) == before


def test_an_export_that_fails_while_writing_leaves_the_last_one(
    reports, tmp_path, monkeypatch
):
    folder = tmp_path / "out"
    run(reports, folder)
    before = state(folder)
    change(reports, "update fact_quote set verb = 'деді'")
    with monkeypatch.context() as patch:
        patch.setattr(exporting, "_seal", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            run(reports, folder)
    kept = {path: one for path, one in state(folder).items() if ".part" not in path}
    assert kept == before
    run(reports, folder)
    run(reports, tmp_path / "fresh")
    assert state(folder) == state(tmp_path / "fresh")


def test_an_export_that_fails_before_the_manifest_is_made_good_by_the_next(
    reports, tmp_path, monkeypatch
):
    folder = tmp_path / "out"
    run(reports, folder)
    change(reports, "update fact_article set published_date = date '2020-01-01'")
    with monkeypatch.context() as patch:
        patch.setattr(exporting, "_write_manifest", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            run(reports, folder)
    change(reports, "update fact_article set published_date = date '2021-01-01'")
    run(reports, folder)
    run(reports, tmp_path / "fresh")
    assert state(folder) == state(tmp_path / "fresh")


def test_a_folder_with_something_else_is_refused_and_left_alone(reports, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "letter.txt").write_text("сәлем")
    with pytest.raises(ExportError, match="holds something else"):
        run(reports, tmp_path / "out")
    assert state(tmp_path / "out") == {"letter.txt": "сәлем".encode()}
    with pytest.raises(ExportError, match="this is a file"):
        run(reports, tmp_path / "out" / "letter.txt")


def test_two_exports_do_not_write_to_one_folder(reports, tmp_path):
    (tmp_path / "out").mkdir()
    with (
        exporting._scratch(tmp_path / "out"),
        pytest.raises(ExportError, match="another export"),
    ):
        run(reports, tmp_path / "out")


def test_every_folder_is_read_by_its_months_in_polars_and_pandas(exported):
    import pandas as pd

    folder = exported / "fact_article"
    lazy = pl.scan_parquet(folder, hive_partitioning=True)
    assert lazy.filter(pl.col("month") == "2025-11").collect().height > 0
    frame = pd.read_parquet(folder, filters=[("month", "==", "2025-11")])
    assert len(frame) == lazy.filter(pl.col("month") == "2025-11").collect().height
