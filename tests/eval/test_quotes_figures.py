"""The gold set of quotations holds together, and its figures stay at their floors.

After a change of the gold set or a gain: `python -m tests.eval.quotes_figures write`.
"""

import datetime as dt
import re

import orjson
import polars as pl
import pytest

from tests.eval.quotes_figures import (
    evaluate,
    falls_short,
    gold_hash,
    gold_spans,
    known_names,
    measure,
    read_figures,
    read_gold,
)
from tests.transforms.parse.article_rows import OUTLETS
from transforms.articles import make_articles, make_sentences, read_records
from transforms.entities import read_names
from transforms.entities.words import read_words
from transforms.quotes import find_quotes
from transforms.readers import FieldNames


@pytest.fixture(scope="module")
def gold():
    return read_gold()


def test_every_gold_part_stands_where_it_says(gold):
    for article in gold:
        for quote in article["quotes"]:
            text = article["title" if quote["in_title"] else "text"]
            for start, part in quote["parts"]:
                assert text[start : start + len(part)] == part, article["id"]


def test_the_halves_are_equal_and_articles_are_many(gold):
    halves = [article["half"] for article in gold]
    assert halves.count("dev") == halves.count("held") >= 50
    assert len({article["id"] for article in gold}) == len(gold)


def test_the_gold_answers_themselves_have_full_marks(gold):
    answers = [row | {"method": "gold"} for row in gold_spans(gold)]
    frame = measure(answers, gold)
    assert (frame["precision"] == 1).all()
    assert (frame["f1"].drop_nulls() == 1).all()


def test_figures_belong_to_this_gold_set():
    assert read_figures()["gold_sha256"] == gold_hash(), (
        "tests/gold/quotes.jsonl changed: python -m tests.eval.quotes_figures write"
    )


def test_quotes_are_found_as_well_as_the_floors_say(gold):
    assert not falls_short(measure(evaluate(gold), gold), read_figures())


@pytest.fixture(scope="module")
def real(shared_articles):
    """The quotes of the real articles, by file, with the speakers' names."""
    paths = sorted(shared_articles.glob("*.txt"))
    inputs = pl.DataFrame(
        {
            "file_id": range(len(paths)),
            "path": [str(path) for path in paths],
            "format": "text",
            "content": [path.read_bytes() for path in paths],
        }
    )
    arrived = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
    records = read_records(inputs, FieldNames.from_rows([])).records
    articles = make_articles(
        records,
        files=inputs.select("file_id", "path", "format").with_columns(
            arrived_at=pl.lit(arrived)
        ),
        outlets=OUTLETS,
    )
    articles = articles.with_row_index("row_id").cast({"row_id": pl.Int32})
    sentences = make_sentences(articles)
    mentions = read_names(articles, sentences, known_names()).mentions
    quotes = find_quotes(read_words(articles, sentences), sentences, articles, mentions)
    names = mentions.select(speaker_id="entity_id", speaker="name").drop_nulls()
    quotes = quotes.join(
        names.unique("speaker_id"), on="speaker_id", how="left", maintain_order="left"
    )
    files = dict(articles.select("row_id", "file_id").iter_rows())
    return {
        path.name: quotes.filter(
            pl.col("row_id").is_in([row for row, file in files.items() if file == no])
        )
        for no, path in enumerate(paths)
    }


def _bare(text):
    return re.sub(r"\W+$", "", text)


def test_real_articles_have_the_quotes_of_the_answers(real, shared_gold):
    for answer in orjson.loads((shared_gold / "articles.json").read_bytes()):
        quotes = real[answer["file"]].filter(~pl.col("in_title"))
        direct = quotes.filter(quote_kind="direct").to_dicts()
        assert len(direct) == len(answer["direct_quotes"]), answer["file"]
        for quote, wanted in zip(direct, answer["direct_quotes"], strict=True):
            assert quote["text"].startswith(wanted["starts"])
            assert _bare(quote["text"]).endswith(wanted["ends"])
            assert quote["speaker"] == wanted["speaker"]
        indirect = quotes.filter(quote_kind="indirect")["speaker"].drop_nulls()
        if wanted := answer.get("indirect_speech_by"):
            assert set(indirect) == set(wanted)
        if interview := answer.get("interview"):
            answers = quotes.filter(quote_kind="answer")
            assert answers.height == interview["questions"]
            assert set(answers["speaker"]) == {interview["interviewee"]}
            assert quotes.height == answers.height
            headings = ("Ибраһим келісімдері\n", "ішкі саясаты\n")
            assert not any(h in text for h in headings for text in answers["surface"])


def test_a_title_that_quotes_has_its_speaker(real):
    quotes = real["001_5191c9861a10396d.txt"].filter("in_title")
    assert quotes["speaker"].to_list() == ["Қасым-Жомарт Тоқаев"]
