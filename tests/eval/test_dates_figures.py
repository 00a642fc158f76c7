"""The gold set of dates holds together, and the figures stay at their floors.

After a change of the gold set or a gain: `python -m tests.eval.dates write`.
"""

from datetime import date

import orjson
import polars as pl
import pytest

from tests.eval.dates import (
    articles_of,
    found_in,
    gold_hash,
    measure,
    read_figures,
    read_gold,
)


@pytest.fixture(scope="module")
def gold():
    return read_gold()


def test_every_gold_date_stands_where_it_says(gold):
    texts, dates = gold
    written = dict(texts.select("row_id", "text").iter_rows())
    for row in dates.iter_rows(named=True):
        assert (
            written[row["row_id"]][row["start_char"] : row["end_char"]]
            == (row["surface"])
        )
        assert (row["start_date"] is None) == (row["end_date"] is None)


def test_the_halves_are_equal_and_many_texts_have_no_date(gold):
    texts, dates = gold
    assert texts["half"].value_counts().sort("half").rows() == [
        ("dev", 64),
        ("held", 64),
    ]
    assert texts["id"].is_unique().all()
    assert texts.join(dates, on="row_id", how="anti").height > 20


def test_figures_belong_to_this_gold_set():
    assert read_figures()["gold_sha256"] == gold_hash(), (
        "tests/gold/dates.jsonl changed: python -m tests.eval.dates write"
    )


def test_dates_are_found_as_well_as_the_floors_say(gold):
    texts, dates = gold
    now = measure(found_in(articles_of(texts)), dates, texts)
    floors = read_figures()["floors"]
    short = {
        name: (now[name]["f1"], floor)
        for name, floor in floors.items()
        if now[name]["f1"] < floor
    }
    assert not short


def test_the_real_articles_dates_are_found(shared_articles, shared_gold):
    """Those that the gold answers list; more may be right."""
    answers = orjson.loads((shared_gold / "articles.json").read_bytes())
    texts = pl.DataFrame(
        [
            (number, (shared_articles / answer["file"]).read_text(encoding="utf-8"),
             date.fromisoformat(answer["published_on"]))
            for number, answer in enumerate(answers)
        ],
        schema={"row_id": pl.Int32, "text": pl.String, "published_date": pl.Date},
        orient="row",
    )  # fmt: skip
    found = found_in(articles_of(texts))
    for number, answer in enumerate(answers):
        days = found.filter(row_id=number).select(
            pl.col("start_date", "end_date").dt.to_string("iso")
        )
        for wanted in answer["dates"]:
            assert (wanted["start"], wanted["end"]) in days.rows(), answer["file"]
