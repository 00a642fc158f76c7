"""Files of the data folder that are cut short, spoilt or gone: said, and mended."""

import os
import shutil

import pytest

from flows.backup import back_up
from flows.doctor import examine
from flows.restore import restore
from flows.run import run_pass
from flows.settings import Settings
from tests.flows.workspace import Workspace, article
from warehouse.catalog import WarehouseError, open_warehouse

#: One worker makes what these tests share.


@pytest.fixture(scope="module")
def well(tmp_path_factory, checker):
    workspace = Workspace(tmp_path_factory.mktemp("damage") / "data", checker)
    workspace.put("a.txt", article("Су қоймасы ашылды"))
    workspace.load()
    return workspace


@pytest.fixture
def mine(well, tmp_path, checker):
    """A loaded data folder of one's own, to be spoilt, with a backup beside it."""
    mine = Workspace(tmp_path / "data", checker)
    shutil.rmtree(mine.data)
    shutil.copytree(well.data, mine.data)
    return mine


def entries(data):
    return {
        path.name: path.stat().st_size
        for path in data.iterdir()
        if path.name != ".lock"
    }


def test_a_warehouse_cut_short_is_said_and_the_backup_brings_it_back(mine, tmp_path):
    settings, path = Settings(data=mine.data), mine.data / "warehouse.duckdb"
    before, whole = mine.tables(), path.stat().st_size
    back_up(settings, tmp_path / "backup", tmp_path)
    for length in (whole * 7 // 10, 20_000, 12_288, 8192, 4096, 1, 0):
        os.truncate(path, length)
        with pytest.raises(WarehouseError, match="qoima restore BACKUP") as said:
            mine.load()
        assert "copy reports.duckdb" in str(said.value)
        assert path.stat().st_size == length
    restore(settings, tmp_path / "backup", is_replacing=True)
    assert mine.load().load_ids == []
    assert mine.tables() == before


@pytest.mark.parametrize("kept", ["reports.duckdb", "raw", "warehouse.duckdb.wal"])
def test_no_empty_warehouse_takes_the_place_of_one_that_is_gone(mine, kept):
    if kept.endswith(".wal"):
        (mine.data / kept).write_bytes(b"")
    for name in {"warehouse.duckdb", "reports.duckdb", "raw"} - {kept}:
        gone = mine.data / name
        shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
    before = entries(mine.data)
    with pytest.raises(WarehouseError, match="warehouse is gone"):
        run_pass(mine.request())
    assert entries(mine.data) == before
    (finding,) = [
        one for one in examine(Settings(data=mine.data)) if one.what == "warehouse"
    ]
    assert (finding.level, kept in finding.text) == ("problem", True)


def test_the_published_copy_can_take_the_place_of_the_warehouse(mine):
    before = mine.tables()
    shutil.copy(mine.data / "reports.duckdb", mine.data / "warehouse.duckdb")
    assert mine.load().load_ids == []
    assert mine.tables() == before


def test_a_warehouse_is_made_whole_or_not_at_all(tmp_path, monkeypatch):
    """A process that ends while it makes the file leaves none of its name."""
    from datetime import UTC, datetime

    import warehouse.catalog

    path, now = tmp_path / "warehouse.duckdb", datetime.now(UTC)
    (tmp_path / "warehouse.duckdb.new").write_bytes(b"half of one")

    def end(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(warehouse.catalog, "refresh_views", end)
        with pytest.raises(KeyboardInterrupt):
            open_warehouse(path, now=now)
    assert not path.exists()
    open_warehouse(path, now=now).close()
    assert entries(tmp_path).keys() == {"warehouse.duckdb"}
