"""`qoima reprocess` from the raw zone: what was parsed otherwise is parsed again."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
from contextlib import closing
from types import SimpleNamespace

import duckdb
import polars as pl
import pytest

from flows.errors import UserError
from flows.forget import forget
from flows.reprocess import Wanted, reprocess
from flows.reprocessing.pending import read_pending
from flows.reprocessing.preview import preview
from flows.reprocessing.shown import as_json, as_rows, as_text
from flows.settings import Settings
from tests.conftest import ROOT
from tests.flows.workspace import Workspace, article, record
from warehouse.catalog import open_reports
from warehouse.figures import compare_figures, read_figures

#: Of an older table: addresses were no addresses, and ``mazmun`` was the text.
OLD_NAMES = "field_name,field\nurl,section\nmazmun,text\n"
URL = "https://baq.kz/news/{}"
OTHER = (
    "Алматыда жаңа кітапхана есігін ашты. Онда отыз мың кітап пен оқу залы бар. "
    "Ашылу салтанатына қала тұрғындары мен жазушылар келді."
)
#: What readers are told of numbers that changed after they were published.
RESTATED = """
    select measure, source_id, measured_date, value_before, value_after, cause
    from fact_restatement
    order by all
"""


def _pile():
    """Versions, copies in two files, a record that today's tables cannot read."""
    again = record(url=URL.format(1), modified="2025-12-02T10:00:00+05:00", author="Ә.")
    return {
        "a.jsonl": "\n".join(
            [
                record(url=URL.format(1)),
                record(url=URL.format(2), title="Кітапхана ашылды", text=OTHER),
                record(title="Есеп", text=None, mazmun=f"{OTHER} Есеп дайын."),
            ]
        ),
        "b.jsonl": "\n".join([record(url=URL.format(1)), again]),
        "c.txt": article("Су қоймасы тексерілді", "2025-12-03"),
        "d.json": record(url=URL.format(4), title="Тағы бір хабар", text=OTHER),
    }


def _settings(workspace):
    return Settings(data=workspace.data, settle_seconds=0)


def _load(workspace, **options):
    for name, content in _pile().items():
        workspace.put(name, content)
    workspace.load(**options)
    return workspace


@pytest.fixture(scope="module")
def old(tmp_path_factory, checker):
    """Loaded with older tables."""
    folder = tmp_path_factory.mktemp("old")
    (folder / "seeds").mkdir()
    (folder / "seeds" / "field_names.csv").write_text(OLD_NAMES)
    return _load(Workspace(folder / "data", checker), seeds=folder / "seeds")


@pytest.fixture(scope="module")
def fresh(tmp_path_factory, checker):
    """Loaded with the tables of now."""
    return _load(Workspace(tmp_path_factory.mktemp("fresh") / "data", checker))


@pytest.fixture
def workspace(old, tmp_path, checker):
    """A copy of the old one."""
    copy = Workspace(tmp_path / "data", checker)
    shutil.copytree(old.data, copy.data, dirs_exist_ok=True)
    return copy


def _refused(workspace):
    return workspace.ask(
        "select path, fact_rejection.record_no, reason_code "
        "from fact_rejection join fact_file using (file_id) "
        "where fact_rejection.status = 'open' order by all"
    )


def test_what_today_reads_otherwise_becomes_what_a_fresh_load_makes(
    workspace, old, fresh, checker
):
    assert workspace.tables() != fresh.tables()
    before = workspace.ask("select distinct load_id from fact_article")

    done = reprocess(_settings(workspace), checker=checker)

    assert (done.status, done.behind, done.articles) == ("succeeded", 6, 6)
    assert done.refused == 1
    assert workspace.tables() == fresh.tables()
    assert _refused(workspace) == _refused(fresh) != _refused(old)
    assert workspace.ask("select distinct load_id from fact_article") == before
    assert workspace.ask("select distinct cause from fact_restatement") in (
        [],
        [("reprocess",)],
    )
    again = reprocess(_settings(workspace), checker=checker)
    assert (again.behind, again.load_ids) == (0, [])
    assert workspace.load().load_ids == []


def _bytes(workspace):
    return {
        path.name: path.read_bytes() for path in workspace.data.glob("*.duckdb")
    } | {path.name: b"" for path in (workspace.data / "stage").iterdir()}


def test_a_dry_run_shows_the_figures_that_a_reprocess_makes(workspace, fresh, checker):
    before = _bytes(workspace)
    told = []

    found = preview(_settings(workspace), Wanted(), tell=told.append, checker=checker)

    assert _bytes(workspace) == before
    assert "of disk in" in told[0]
    assert (found.behind.articles, found.behind.from_raw, found.done.refused) == (
        6,
        6,
        1,
    )
    rows = dict(found.behind.rows.group_by("step").agg(pl.sum("articles")).iter_rows())
    assert rows == {"read": 6}
    with closing(open_reports(fresh.data / "reports.duckdb")) as connection:
        changes, _ = compare_figures(found.after, read_figures(connection))
    # Only what tells of quarantine and of runs is another: these are two warehouses.
    assert {change.report for change in changes} <= {"trust", "measures"}
    text = as_text(found, 10)
    assert "refused" in text
    assert max(map(len, text.splitlines())) <= 100
    (sources,) = [one for one in found.totals if one.report == "coverage_by_source"]
    assert not sources.is_same
    assert "baq.kz" in text
    heads = as_rows(found, None).splitlines()
    assert heads[0] == "report,row,figure,before,after,change,weight"
    assert len(heads) == 1 + len(found.changes)
    parsed = json.loads(as_json(found, 1))
    assert parsed["articles_behind"] == 6
    assert len(parsed["changes"]) <= len(parsed["reports"])


def test_a_dry_run_that_only_counts_makes_no_copy(workspace):
    found = preview(_settings(workspace), Wanted(), sample=0, tell=pytest.fail)
    assert (found.behind.articles, found.done) == (6, None)
    assert "Only counted" in as_text(found, 10)


def test_a_dry_run_needs_room_for_a_copy(workspace, monkeypatch):
    monkeypatch.setattr(
        "flows.reprocessing.preview.shutil.disk_usage",
        lambda _: SimpleNamespace(free=1_000),
    )
    with pytest.raises(UserError, match="needs about"):
        preview(_settings(workspace), Wanted())


def test_articles_without_raw_bytes_are_told_and_stay(workspace, checker):
    good = workspace.tables()
    shutil.rmtree(workspace.data / "raw")
    done = reprocess(_settings(workspace), step="read", checker=checker)
    assert (done.behind, done.without_raw, done.load_ids) == (0, 6, [])
    assert workspace.tables() == good


def test_a_step_of_texts_is_not_read_from_raw_bytes(workspace, checker):
    done = reprocess(_settings(workspace), step="names", checker=checker)
    assert (done.behind, done.load_ids) == (0, [])
    with closing(duckdb.connect(str(workspace.data / "warehouse.duckdb"))) as file:
        file.execute("update article_step set step_version = '0' where step = 'clean'")
    assert reprocess(_settings(workspace), step="parse", is_dry_run=True).behind == 0
    assert reprocess(_settings(workspace), step="clean", is_dry_run=True).behind == 6
    until = workspace.one("select min(published_date) from fact_article")
    some = reprocess(_settings(workspace), step="clean", until=until, is_dry_run=True)
    assert some.behind == 5


def test_a_forgotten_article_stays_out(workspace, fresh, checker):
    article_id = workspace.one(
        "select article_id from fact_article where title = 'Кітапхана ашылды'"
    )
    forget(_settings(workspace), str(article_id), reason="сұрау бойынша", run_id="r")
    reprocess(_settings(workspace), checker=checker)
    titles = "select title, version from fact_article order by all"
    rest = [row for row in fresh.ask(titles) if row[0] != "Кітапхана ашылды"]
    assert workspace.ask(titles) == rest


def test_by_force_everything_is_read_again_and_is_the_same(fresh, tmp_path, checker):
    copy = Workspace(tmp_path / "data", checker)
    shutil.copytree(fresh.data, copy.data, dirs_exist_ok=True)
    done = reprocess(_settings(copy), is_forced=True, checker=checker)
    assert done.articles == fresh.one("select count(*) from fact_article")
    shutil.rmtree(copy.data / "raw")
    done = reprocess(_settings(copy), is_forced=True, checker=checker)
    assert done.without_raw == fresh.one("select count(*) from fact_article")
    assert done.articles > 0
    assert copy.tables() == fresh.tables()


def _kill(workspace, step, count):
    ended = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.flows.killed_reprocess",
            workspace.data,
            step,
            str(count),
        ],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )
    return ended.returncode == -signal.SIGKILL, ended.stderr.decode()


def test_what_was_cut_off_goes_on_and_readers_wait_for_the_end(
    workspace, fresh, checker
):
    old = workspace.tables()
    assert _kill(workspace, "commit", 2) == (True, "")
    assert workspace.tables() == old

    note = " ".join(workspace.load().notes)
    assert "has not ended" in note
    assert "about 3 article versions" in note
    assert workspace.tables() != old

    # A smaller one ends without a word of what is left of it.
    reprocess(_settings(workspace), step="names", checker=checker)
    assert read_pending(workspace.data).left == 3

    done = reprocess(_settings(workspace), checker=checker)
    assert done.articles == 3
    assert workspace.tables() == fresh.tables()
    assert workspace.load().notes == []


@pytest.mark.parametrize("seed", range(4))
def test_a_reprocess_cut_off_at_a_random_moment_goes_on(
    workspace, fresh, checker, seed
):
    luck = random.Random(seed)  # noqa: S311 - repeatable, not secret
    for _ in range(3):
        _kill(workspace, "any", luck.uniform(1, 30))
    reprocess(_settings(workspace), checker=checker)
    assert workspace.tables() == fresh.tables()


def test_numbers_that_no_reader_saw_are_not_restated(workspace, tmp_path, checker):
    calm = Workspace(tmp_path / "calm" / "data", checker)
    shutil.copytree(workspace.data, calm.data, dirs_exist_ok=True)
    reprocess(_settings(calm), checker=checker)

    assert _kill(workspace, "commit", 2) == (True, "")
    reprocess(_settings(workspace), checker=checker)
    assert workspace.ask(RESTATED) == calm.ask(RESTATED)
    assert workspace.ask(RESTATED)
