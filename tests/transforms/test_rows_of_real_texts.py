"""Everything that is read out of real texts lies where it says."""

from __future__ import annotations

import json
import random

import polars as pl
import pytest

from flows.known import load_known
from flows.references import load_references
from transforms.articles import make_sentences
from transforms.enrichment import enrich

#: Tables whose rows lie in one sentence; a quotation may go on after its first.
IN_ONE_SENTENCE = (
    "fact_mention",
    "fact_amount",
    "fact_date_mention",
    "fact_topic_mention",
    "fact_event_statement",
    "fact_document",
)
PLACE = ("row_id", "in_title", "sentence_no", "surface", "start_char", "end_char")


@pytest.fixture(scope="module")
def articles(corpus):
    rows = [
        json.loads(line)
        for name in ("tengrinews_leads.jsonl", "ntrex_kk_docs.jsonl")
        for line in (corpus / name).read_text(encoding="utf-8").splitlines()
    ]
    return _frame([(row["title"], row["text"]) for row in rows])


def _frame(texts, article_ids=None):
    return pl.DataFrame(
        {
            "row_id": range(len(texts)),
            "article_id": article_ids or range(len(texts)),
            "title": [title for title, _ in texts],
            "text": [text for _, text in texts],
            "language": "kk",
            "script": "cyrillic",
            "published_date": None,
            "published_at": None,
            "is_interview": False,
        },
        schema_overrides={
            "row_id": pl.Int32,
            "article_id": pl.Int64,
            "published_date": pl.Date,
            "published_at": pl.Datetime("us"),
        },
    )


@pytest.fixture(scope="module")
def sentences(articles):
    return make_sentences(articles)


@pytest.fixture(scope="module")
def known():
    return load_known(load_references(None))


@pytest.fixture(scope="module")
def found(articles, sentences, known):
    return enrich(articles, sentences, known).details


@pytest.mark.parametrize("table", [*IN_ONE_SENTENCE, "fact_quote"])
def test_a_row_lies_in_its_sentence(found, sentences, table):
    rows = found[table].select(PLACE).filter(~pl.col("in_title"))
    assert rows.height > 0
    beside = rows.join(
        sentences.select(
            "row_id", "sentence_no", first="start_char", past_last="end_char"
        ),
        on=["row_id", "sentence_no"],
        how="left",
    )
    last = "start_char" if table == "fact_quote" else "end_char"
    is_inside = (
        (pl.col("first") <= pl.col("start_char"))
        & (pl.col("start_char") < pl.col("past_last"))
        & (pl.col(last) <= pl.col("past_last"))
    )
    assert beside.filter(~is_inside.fill_null(value=False)).rows() == []


@pytest.mark.parametrize("table", [*IN_ONE_SENTENCE, "fact_quote"])
def test_offsets_give_back_the_surface(found, articles, table):
    texts = dict(articles.select("row_id", "text").iter_rows())
    titles = dict(articles.select("row_id", "title").iter_rows())
    wrong = [
        row
        for row in found[table].select(PLACE).iter_rows()
        if (titles if row[1] else texts)[row[0]][row[4] : row[5]] != row[3]
    ]
    assert wrong == []


def test_an_article_that_breaks_off_takes_nothing_from_the_next(articles, known):
    """Cut anywhere, and in two orders, each gives the same rows."""
    luck = random.Random(5)  # noqa: S311 - repeatable, not secret
    texts = [
        (_part(title, luck), _part(text, luck))
        for title, text in articles.select("title", "text").iter_rows()
    ]
    order = list(range(len(texts)))
    luck.shuffle(order)
    one = _rows_by_article(_frame(texts), known)
    other = _rows_by_article(_frame([texts[place] for place in order], order), known)
    for table, rows in one.items():
        assert rows == other[table], table


def _part(text, luck):
    words = text.split(" ")
    first = luck.randrange(len(words))
    return " ".join(words[first : first + luck.randrange(3, 40)])


def _rows_by_article(articles, known):
    details = enrich(articles, make_sentences(articles), known).details
    numbers = articles.select("row_id", "article_id")
    return {
        table: sorted(map(repr, rows.join(numbers, on="row_id").drop("row_id").rows()))
        for table, rows in details.items()
    }
