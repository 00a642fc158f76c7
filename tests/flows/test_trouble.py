"""A full disk and a disk that is shut: said in a line, and nothing is lost."""

import errno
import os

import duckdb
import polars as pl
import pytest

import flows.load
import flows.run
from flows.commands.run import perform
from flows.trouble import explain_trouble
from tests.flows.workspace import article

FULL = pl.exceptions.ComputeError(
    "parquet: underlying IO error: No space left on device (os error 28)"
)
SHUT = OSError(errno.EROFS, os.strerror(errno.EROFS), "raw/load.part")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (FULL, "is full"),
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), "is full"),
        (OSError(errno.EFBIG, os.strerror(errno.EFBIG)), "is full"),
        (OSError(errno.EDQUOT, os.strerror(errno.EDQUOT)), "is full"),
        (
            duckdb.TransactionException(
                'Could not write file "w.wal": No space left on device'
            ),
            "is full",
        ),
        (SHUT, "mount its disk for writing"),
    ],
)
def test_what_the_system_says_is_one_line_with_a_remedy(tmp_path, error, words):
    line = explain_trouble(error, tmp_path)
    assert words in line
    assert "qoima run" in line
    assert "\n" not in line


def test_the_cause_is_found_behind_what_followed_from_it(tmp_path):
    followed = duckdb.FatalException("the database has been invalidated")
    followed.__context__ = FULL
    assert "is full" in explain_trouble(followed, tmp_path)
    assert explain_trouble(RuntimeError("other"), tmp_path) is None


def test_a_run_that_finds_no_room_is_finished_by_the_next(
    workspace, monkeypatch, capsys
):
    """In the raw zone, in the audit of the failed load as well, and in publishing."""
    workspace.put("a.txt", article("Су қоймасы ашылды"))
    assert workspace.load().articles_loaded == 1
    workspace.put("b.txt", article("Жаңа мектеп ашылды"))

    def fail(*_):
        raise FULL

    def no_room(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(flows.load, "write_raw", fail)
        patch.setattr(flows.load, "write_outcome", no_room)
        assert perform(workspace.request(), as_json=False) == 1
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert "is full" in said.err
    with monkeypatch.context() as patch:
        patch.setattr("warehouse.publish._copy", no_room)
        assert perform(workspace.request(), as_json=False) == 1
    assert "is full" in capsys.readouterr().err
    assert not (workspace.data / "reports.duckdb.new").exists()
    assert workspace.one("select count(*) from fact_article") == 1
    workspace.load()
    assert workspace.one("select count(*) from fact_article") == 2
    assert workspace.one("select count(*) from fact_file where status = 'held'") == 0
