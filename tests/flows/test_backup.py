"""Backups: what is restored is what was backed up, and half a one never passes."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import polars as pl
import pytest
from typer.testing import CliRunner

from flows.backup import back_up, check
from flows.cli import app
from flows.errors import UserError
from flows.forget import forget
from flows.restore import restore, restore_workspace
from flows.settings import Settings
from tests.conftest import ROOT
from tests.flows.workspace import Workspace, article, record
from warehouse import restore as swapping
from warehouse.catalog import WarehouseError, open_reports, open_warehouse
from warehouse.lock import WarehouseBusyError, writer_lock
from warehouse.manifest import BackupError, TableSum, read_manifest

#: One worker makes what these tests share.

URL = "https://baq.kz/1"
NOW = datetime(2026, 1, 31, tzinfo=UTC)


@pytest.fixture(scope="module")
def kept(tmp_path_factory, checker):
    """A workspace with one load, and its backup: look at both, change neither."""
    folder = tmp_path_factory.mktemp("backup")
    workspace = Workspace(folder / "data", checker)
    workspace.put("a.txt", article("Су қоймасы ашылды"))
    workspace.put("b.jsonl", record(url="https://baq.kz/1") + '\n{"title": \n')
    workspace.load()
    (folder / "qoima.toml").write_text('seeds = "tables"\n')
    (folder / "tables").mkdir()
    (folder / "tables" / "outlets.csv").write_text("source_code,name\n")
    settings = Settings(data=folder / "data", seeds=folder / "tables")
    done = back_up(settings, folder / "backup", folder)
    return workspace, settings, done


@pytest.fixture
def copy(kept, tmp_path):
    """A backup of one's own, to be spoilt."""
    return Path(shutil.copytree(kept[2].folder, tmp_path / "backup"))


def here(tmp_path):
    return Settings(data=tmp_path / "again" / "data")


def manifest_of(folder):
    return json.loads((folder / "manifest.json").read_text())


def test_what_is_restored_equals_what_was_backed_up(kept, tmp_path):
    workspace, _, backup = kept
    done = restore(here(tmp_path), backup.folder, is_replacing=False)
    assert len(done.tables) > 40
    assert all(is_equal for _, _, is_equal in done.tables)
    assert {name: rows for name, rows, _ in done.tables}["fact_article"] == 2
    again = Workspace.__new__(Workspace)
    again.data = done.data
    assert again.tables() == workspace.tables()
    raw = sorted(path.name for path in (workspace.data / "raw").iterdir())
    assert sorted(path.name for path in (done.data / "raw").iterdir()) == raw
    assert done.aside is None
    assert not list(done.data.glob(".restore-*"))


def test_a_restored_warehouse_goes_on_loading(kept, tmp_path, checker):
    done = restore(here(tmp_path), kept[2].folder, is_replacing=False)
    again = Workspace.__new__(Workspace)
    again.data, again.landing, again.checker = done.data, done.data / "in", checker
    again.put("a.txt", article("Су қоймасы ашылды"))
    again.put("c.txt", article("Жаңа мектеп ашылды"))
    summary = again.load()
    assert (summary.files_unchanged, summary.files_loaded) == (1, 1)


def test_settings_and_reference_tables_come_back_where_there_are_none(kept, tmp_path):
    folder = kept[2].folder
    restore_workspace(folder, tmp_path, tmp_path / "tables")
    assert (tmp_path / "qoima.toml").read_text() == 'seeds = "tables"\n'
    assert (tmp_path / "tables" / "outlets.csv").exists()
    (tmp_path / "qoima.toml").write_text("site = true\n")
    (note,) = restore_workspace(folder, tmp_path, tmp_path / "tables")
    assert "qoima.toml stays as it is" in note
    assert (tmp_path / "qoima.toml").read_text() == "site = true\n"


def test_a_repeated_backup_copies_only_what_is_new(workspace, tmp_path):
    settings = workspace.request().settings
    workspace.put("a.txt", article("Су қоймасы ашылды"))
    workspace.load()
    first = back_up(settings, tmp_path / "b", tmp_path)
    old = {name: file.stored for name, file in first.manifest.files.items()}
    assert first.copied == 2
    workspace.put("b.txt", article("Жаңа мектеп ашылды"))
    workspace.load()
    second = back_up(settings, tmp_path / "b", tmp_path)
    assert second.copied == 2  # the warehouse, and the raw file of the second load
    new = {name: file.stored for name, file in second.manifest.files.items()}
    assert old.items() - {("warehouse.duckdb", "warehouse.duckdb")} < new.items()
    lying = {
        path.relative_to(tmp_path / "b").as_posix()
        for path in (tmp_path / "b").rglob("*")
        if path.is_file() and path.name not in {"manifest.json", ".lock"}
    }
    assert lying == set(new.values())
    assert check(tmp_path / "b") == second.manifest


def test_a_backup_that_is_cut_off_leaves_the_one_before(
    workspace, tmp_path, monkeypatch
):
    settings = workspace.request().settings
    workspace.put("a.txt", article("Су қоймасы ашылды"))
    workspace.load()
    first = back_up(settings, tmp_path / "b", tmp_path).manifest
    workspace.put("b.txt", article("Жаңа мектеп ашылды"))
    workspace.load()
    with monkeypatch.context() as patch:
        patch.setattr("flows.backup.write_manifest", _fail)
        with pytest.raises(OSError, match="No space"):
            back_up(settings, tmp_path / "b", tmp_path)
    assert check(tmp_path / "b") == first
    assert back_up(settings, tmp_path / "b", tmp_path).manifest.rows > first.rows
    check(tmp_path / "b")


def _fail(*_arguments, **_options):
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("name", ["warehouse.duckdb", "raw", "tables"])
@pytest.mark.parametrize("how", ["cut", "changed", "gone"])
def test_a_spoilt_backup_is_refused_by_the_name_of_its_file(copy, tmp_path, name, how):
    folder = {"warehouse.duckdb": copy, "raw": copy / "raw", "tables": copy / "seeds"}
    path = next(path for path in folder[name].iterdir() if path.suffix in SUFFIXES)
    spoil(path, how)
    for refuse in (
        lambda: check(copy),
        lambda: restore(here(tmp_path), copy, is_replacing=False),
    ):
        with pytest.raises(BackupError, match=path.name):
            refuse()
    assert not here(tmp_path).data.exists()


OPEN = {
    "reports.duckdb": open_reports,
    "warehouse.duckdb": partial(open_warehouse, now=NOW),
}
SUFFIXES = {".duckdb", ".parquet", ".csv"}


def spoil(path, how):
    if how == "gone":
        path.unlink()
    elif how == "cut":
        os.truncate(path, path.stat().st_size - 1)
    else:
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(content)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"rows": 2', '"rows": 3'),
        ("warehouse.duckdb", "../warehouse.duckdb"),
        ("}", ""),
    ],
)
def test_a_changed_manifest_is_refused(copy, old, new):
    path = copy / "manifest.json"
    path.write_text(path.read_text().replace(old, new, 1))
    with pytest.raises(BackupError, match=r"manifest\.json"):
        check(copy)


def test_a_table_that_differs_is_found_although_the_files_are_right(copy, monkeypatch):
    manifest = read_manifest(copy)
    tables = manifest.tables | {"fact_article": TableSum(2, "1")}
    told = replace(manifest, tables=tables)
    monkeypatch.setattr("flows.backup.read_manifest", lambda _: told)
    with pytest.raises(BackupError, match="fact_article"):
        check(copy)


def test_another_version_of_duckdb_compares_by_its_own_hashes(copy, monkeypatch):
    manifest = read_manifest(copy)
    tables = {name: TableSum(one.rows, "0") for name, one in manifest.tables.items()}
    told = replace(manifest, tables=tables, duckdb_version="0.1")
    monkeypatch.setattr("flows.backup.read_manifest", lambda _: told)
    check(copy)


def test_a_warehouse_that_is_there_is_put_aside_only_when_told(kept, workspace):
    workspace.put("other.txt", article("Жаңа мектеп ашылды"))
    workspace.load()
    settings, folder = workspace.request().settings, kept[2].folder
    with pytest.raises(UserError, match="--replace"):
        restore(settings, folder, is_replacing=False)
    before = workspace.tables()
    done = restore(settings, folder, is_replacing=True)
    assert workspace.tables() == kept[0].tables() != before
    aside = Workspace.__new__(Workspace)
    aside.data = done.aside
    assert aside.tables() == before
    assert (workspace.landing / "other.txt").exists()
    assert workspace.load().articles_loaded == 1


@pytest.mark.parametrize("stop", [0, 1, 3])
def test_a_restore_that_is_cut_off_is_ended_by_the_next_run(
    kept, workspace, monkeypatch, stop
):
    workspace.put("other.txt", article("Жаңа мектеп ашылды"))
    workspace.load()
    (workspace.data / "warehouse.duckdb.wal").write_bytes(b"of the old one")
    calls = iter(range(100))
    real = Path.rename

    def rename(path, target):
        if Path(target).parent != workspace.data / "raw" and next(calls) == stop:
            raise KeyboardInterrupt
        return real(path, target)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(KeyboardInterrupt):
        restore(workspace.request().settings, kept[2].folder, is_replacing=True)
    monkeypatch.undo()
    assert (workspace.data / swapping.JOURNAL).exists()
    shutil.rmtree(workspace.landing)
    workspace.landing.mkdir()
    workspace.load()
    assert workspace.tables() == kept[0].tables()
    left = {path.name.split("-")[0] for path in workspace.data.iterdir()}
    assert {"restore.json", ".restore"}.isdisjoint(left)
    assert "before" in left


def test_articles_forgotten_since_are_named(workspace, tmp_path):
    workspace.put("b.jsonl", record(url=URL, title="Құпиясөзжоқ"))
    workspace.load()
    settings = workspace.request().settings
    back_up(settings, tmp_path / "b", tmp_path)
    forget(settings, URL, reason="сот шешімі", run_id="test")
    done = restore(settings, tmp_path / "b", is_replacing=True)
    assert "1 articles were forgotten since" in done.notes[0]
    forget(settings, URL, reason="сот шешімі", run_id="test")
    back_up(settings, tmp_path / "b", tmp_path)
    assert "Құпиясөзжоқ".encode() not in bytes_of(tmp_path / "b")


def bytes_of(folder):
    """Every byte of a backup, and what its Parquet has packed."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    raw = [pl.read_parquet(path) for path in files if path.suffix == ".parquet"]
    packed = [content for frame in raw for content in frame["content"]]
    return b"".join([*packed, *(path.read_bytes() for path in files)])


def test_a_disk_too_small_for_a_restore_is_said_before_anything_is_made(
    copy, tmp_path, monkeypatch
):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1000))
    with pytest.raises(BackupError, match="0 MB are free"):
        restore(here(tmp_path), copy, is_replacing=False)
    assert {path.name for path in here(tmp_path).data.iterdir()} == {".lock"}


def test_a_run_at_work_keeps_a_backup_out(kept, tmp_path):
    with (
        writer_lock(kept[0].data, run_id="at-work", now=NOW),
        pytest.raises(WarehouseBusyError, match="at-work"),
    ):
        back_up(kept[1], tmp_path / "b", tmp_path)


def test_a_folder_of_other_things_or_another_warehouse_is_refused(
    kept, copy, workspace, tmp_path
):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("x")
    with pytest.raises(UserError, match="other files"):
        back_up(kept[1], tmp_path / "full", tmp_path)
    born_now = datetime.now(UTC)
    open_warehouse(workspace.data / "warehouse.duckdb", now=born_now).close()
    with pytest.raises(UserError, match="another warehouse"):
        back_up(workspace.request().settings, copy, tmp_path)
    with pytest.raises(UserError, match="no warehouse"):
        back_up(here(tmp_path), tmp_path / "b", tmp_path)


def test_the_commands_say_what_was_done(copy, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()
    said = runner.invoke(app, ["backup", "--check", str(copy)])
    assert (said.exit_code, "whole" in said.stdout) == (0, True), said
    said = runner.invoke(app, ["restore", str(copy)])
    assert said.exit_code == 0, said
    assert "tables equal the backup's" in said.stdout
    # Its settings came first: they name the folder of the reference tables.
    assert (tmp_path / "tables" / "outlets.csv").exists()
    spoil(copy / "warehouse.duckdb", "cut")
    said = runner.invoke(app, ["backup", "--check", str(copy)])
    assert said.exit_code == 1
    assert "warehouse.duckdb: it is cut short" in said.stderr


def test_a_backup_can_be_one_file(kept, tmp_path, monkeypatch):
    monkeypatch.chdir(kept[0].data.parent)
    runner, file = CliRunner(), str(tmp_path / "b.tar")
    said = runner.invoke(app, ["backup", file])
    assert said.exit_code == 0, said
    assert "whole" in runner.invoke(app, ["backup", "--check", file]).stdout
    data = str(tmp_path / "again" / "data")
    said = runner.invoke(app, ["restore", file, "--data", data])
    assert "tables equal the backup's" in said.stdout, said
    assert not list(tmp_path.glob("**/.backup-*"))
    os.truncate(file, 1_000_000)
    said = runner.invoke(app, ["backup", "--check", file])
    assert (said.exit_code, "b.tar: it is cut short" in said.stderr) == (1, True)


@pytest.mark.parametrize("size", [0, 100, 5_000, 200_000])
@pytest.mark.parametrize("name", ["warehouse.duckdb", "reports.duckdb"])
def test_a_file_cut_short_is_said_with_the_way_back(kept, tmp_path, size, name):
    path = tmp_path / name
    shutil.copy(kept[0].data / name, path)
    os.truncate(path, size)
    with pytest.raises(WarehouseError) as said:
        OPEN[name](path)
    assert "the file is damaged" in str(said.value)
    assert "qoima restore" in str(said.value)
    assert len(str(said.value).splitlines()) == 1


def test_text_in_the_place_of_the_warehouse_is_one_line_of_every_command(
    kept, tmp_path
):
    data = tmp_path / "data"
    (data / "landing").mkdir(parents=True)
    for name in ("warehouse.duckdb", "reports.duckdb"):
        (data / name).write_text("мәтін " * 5000)
    for command in (["run"], ["status"], ["report", "latest_articles"]):
        ended = run_qoima(*command, "--data", data)
        assert ended.returncode == 2, ended.stderr
        assert "qoima restore" in ended.stderr
        assert len(ended.stderr.splitlines()) == 1
    restore(Settings(data=data), kept[2].folder, is_replacing=True)
    assert run_qoima("status", "--data", data).returncode == 0


def run_qoima(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "flows.cli", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
