"""The sample and the real articles, from file to warehouse, against their answers."""

import json

import pytest

from tests.conftest import ROOT
from tests.flows.workspace import Workspace

GOLD = json.loads((ROOT / "tests" / "gold" / "samples.json").read_text())
COLUMNS = (
    "title",
    "published_on",
    "published_precision",
    "published_basis",
    "language",
    "script",
    "source",
    "author",
    "dateline",
    "photo_credit",
    "is_interview",
    "has_scan_noise",
)
ARTICLES = """
    select
        fact_file.path, record_no, title,
        published_date::varchar, published_precision, published_basis,
        fact_article.language, script, source_code, author, dateline_place,
        photo_credit, is_interview, has_scan_noise, text
    from fact_article
    join fact_file using (file_id)
    join dim_source using (source_id)
"""


@pytest.fixture(scope="module")
def read(samples):
    return {(row[0], row[1]): row[2:] for row in samples.ask(ARTICLES)}


def test_every_sample_is_in_the_gold(read):
    assert len(read) == len(GOLD)


@pytest.mark.parametrize(
    "gold", GOLD, ids=[f"{gold['file']}:{gold['record_no']}" for gold in GOLD]
)
def test_a_sample_is_read_as_its_gold_says(read, gold):
    row = read[gold["file"], gold["record_no"]]
    assert dict(zip(COLUMNS, row[:-1], strict=True)) == {
        name: gold[name] for name in COLUMNS
    }
    text = row[-1]
    assert [part for part in gold["text_contains"] if part not in text] == []
    assert [part for part in gold["text_lacks"] if part in text] == []


def test_every_sentence_gives_its_text_back(samples):
    count, wrong = samples.one(
        """
        with span as (
            select substring(text, start_char + 1, end_char - start_char) as sentence
            from fact_sentence join fact_article using (article_id, version)
        )
        select count(*), count(*) filter (where trim(sentence) <> sentence
            or sentence = '' or contains(sentence, chr(10)))
        from span
        """
    )
    assert count > 500
    assert wrong == 0


def test_every_report_has_something_to_show(samples):
    from contextlib import closing

    from warehouse.catalog import open_reports
    from warehouse.query import load_reports, run_report

    with closing(open_reports(samples.data / "reports.duckdb")) as connection:
        for name in load_reports():
            answer = run_report(connection, name, {})
            if name not in {"rejected_inputs", "restatements"}:
                assert answer.rows, name


def test_the_real_articles_agree_with_their_gold_answers(
    tmp_path, checker, shared_articles, shared_gold
):
    workspace = Workspace(tmp_path / "data", checker)
    summary = workspace.load(shared_articles)
    assert summary.articles_loaded == 3
    found = {row[0]: row for row in workspace.ask(ARTICLES)}
    for gold in json.loads((shared_gold / "articles.json").read_text()):
        row = found[gold["file"]]
        assert row[2] == gold["title"]
        assert row[3] == gold["published_on"]
        assert row[6] == gold["language"]
        assert gold["source"] in {row[8], None}
        assert row[9] == gold["author"]
        assert row[10] == gold["dateline"]
        assert row[11] == gold.get("photo_credit")
        assert row[12] == ("interview" in gold)
        assert row[13] == gold["scan_noise"]
