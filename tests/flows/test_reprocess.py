"""`qoima reprocess` over copies and stories, which are found among all articles."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from flows.reprocess import reprocess
from flows.settings import Settings
from tests.flows.workspace import Workspace

SAMPLES = Path(__file__).parents[2] / "seeds" / "articles"

#: What an older version of the step may have left behind.
SPOILED = (
    """
    update article_step set step_version = '0' from fact_article
    where
        step = 'copies' and is_current
        and article_step.article_id = fact_article.article_id
        and article_step.version = fact_article.version
    """,
    "delete from fact_duplicate",
    "update fact_duplicate set similarity = 0.5",
    "delete from article_bucket where article_id % 2 = 0",
    """
    update fact_article set duplicate_role = 'original', duplicate_of = null
    where is_current
    """,
)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory, checker):
    workspace = Workspace(tmp_path_factory.mktemp("copies") / "data", checker)
    workspace.load(SAMPLES)
    return workspace


def _settings(workspace):
    return Settings(data=workspace.data, settle_seconds=0)


def _spoil(workspace, *statements):
    with closing(duckdb.connect(str(workspace.data / "warehouse.duckdb"))) as file:
        for statement in statements:
            file.execute(statement)


def test_copies_of_an_older_version_are_found_anew(loaded):
    good = loaded.tables()
    assert loaded.ask("select count(*) > 0 from fact_duplicate") == [(True,)]
    _spoil(loaded, SPOILED[0], *SPOILED[2:])

    dry = reprocess(_settings(loaded), step="copies", is_dry_run=True)
    done = reprocess(_settings(loaded), step="copies")

    ((current,),) = loaded.ask("select count(*) from fact_article where is_current")
    assert (dry.behind, done.articles, done.status) == (current, current, "succeeded")
    assert loaded.tables() == good


def test_lost_links_come_back_with_everything_else(loaded):
    good = loaded.tables()
    _spoil(loaded, SPOILED[0], SPOILED[1], SPOILED[4])
    assert reprocess(_settings(loaded)).status == "succeeded"
    assert loaded.tables() == good


def test_other_steps_leave_copies_alone(loaded):
    _spoil(loaded, SPOILED[0])
    assert reprocess(_settings(loaded), step="quotes").behind == 0
    assert reprocess(_settings(loaded), step="copies").behind > 0
    assert reprocess(_settings(loaded)).behind == 0
