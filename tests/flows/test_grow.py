"""What a few new articles cost does not hang on how many there are already.

`make bench` shows it with 200,000 articles; this is its small form.
"""

import shutil
import time

import pytest

import checks.touched
import warehouse.few_rows
from tests.benchmarks.grow import GOAL, write_hundred
from tests.benchmarks.grown import grow, write_grown
from tests.flows.workspace import Workspace

BASE, TIMES, PART = 16, 20, 10


@pytest.fixture(scope="module")
def grown(tmp_path_factory, checker):
    """A warehouse of 320 articles."""
    workspace = Workspace(tmp_path_factory.mktemp("grown") / "data", checker)
    write_grown(workspace.landing, range(BASE))
    assert workspace.load().articles_loaded == BASE
    grow(workspace.data / "warehouse.duckdb", TIMES)
    return workspace.data / "warehouse.duckdb"


def load_into(folder, checker, large=None):
    """Load ten articles into a copy of the large warehouse, or an empty one."""
    workspace = Workspace(folder / "data", checker)
    if large:
        shutil.copyfile(large, workspace.data / "warehouse.duckdb")
    write_hundred(workspace.landing, BASE, PART)
    used = time.process_time()
    summary = workspace.load()
    assert summary.status == "succeeded", summary.messages
    return workspace, time.process_time() - used


def test_few_articles_cost_as_much_in_a_large_warehouse(
    tmp_path, checker, grown, monkeypatch
):
    _, empty = load_into(tmp_path / "empty", checker)
    whole, large = load_into(tmp_path / "whole", checker, grown)
    assert large < GOAL * empty
    count = whole.one("select count(distinct article_id) from fact_article")
    assert count == BASE * TIMES + 8 + 1
    # Rows by their places, as in a warehouse of many, are the same rows.
    for module in (checks.touched, warehouse.few_rows):
        monkeypatch.setattr(module, "FEWEST_ROWS", 0)
    placed, _ = load_into(tmp_path / "placed", checker, grown)
    assert placed.tables() == whole.tables()
