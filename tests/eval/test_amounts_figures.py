"""The gold set of amounts holds together, and its figures stay at their floors.

After a change of the gold set or a gain: `python -m tests.eval.amounts_figures write`.
"""

import orjson
import polars as pl
import pytest

from tests.conftest import ROOT
from tests.eval.amounts_figures import (
    find,
    floors_of,
    gold_hash,
    measure,
    read_figures,
    read_gold,
)
from tests.eval.floors import short_of

GOAL = 0.95
#: Names of units in the gold answers of the real articles.
UNITS = {"year": "a"}


@pytest.fixture(scope="module")
def gold():
    return read_gold()


@pytest.fixture(scope="module")
def rows(gold):
    return measure(*gold, find(gold[0]))


def test_every_gold_amount_stands_where_it_says(gold):
    texts, amounts = gold
    own = dict(texts.select("row_id", "text").iter_rows())
    for row in amounts.iter_rows(named=True):
        assert own[row["row_id"]][row["start_char"] : row["end_char"]] == row["surface"]


def test_the_halves_are_about_equal_and_texts_are_many(gold):
    counts = dict(gold[0]["half"].value_counts().iter_rows())
    assert min(counts.values()) >= 60
    assert gold[0]["id"].is_unique().all()


def test_units_of_the_gold_set_stand_in_the_table(gold):
    known = set(pl.read_csv(ROOT / "seeds/units.csv", infer_schema=False)["unit_code"])
    used = set(gold[1]["unit_code"]) | set(gold[1]["currency_code"])
    assert used - {None} <= known


def test_figures_are_those_of_this_gold_set_and_none_falls_short(rows):
    figures = read_figures()
    assert figures["gold_sha256"] == gold_hash()
    assert short_of(floors_of(rows), figures["floors"]) == []


def test_amounts_reach_their_goal_in_both_halves(rows):
    f1 = {row["half"]: row["f1"] for row in rows if row["measure"] == "amounts"}
    assert min(f1.values()) >= GOAL


def test_the_real_articles_have_their_gold_amounts(shared_articles, shared_gold):
    answers = orjson.loads((shared_gold / "articles.json").read_bytes())
    texts = pl.DataFrame(
        [
            {
                "row_id": row,
                "title": "",
                "text": (shared_articles / answer["file"]).read_text("utf-8"),
                "language": "kk",
                "script": "cyrillic",
            }
            for row, answer in enumerate(answers)
        ],
        schema_overrides={"row_id": pl.Int32},
    )
    found = find(texts)
    for row, answer in enumerate(answers):
        own = found.filter(row_id=row)
        for amount in answer["amounts"]:
            right = own.filter(
                value=amount["value"],
                approximation=amount.get("approximation", "exact"),
            )
            if "currency" in amount:
                right = right.filter(currency_code=amount["currency"])
            if "unit" in amount:
                right = right.filter(unit_code=UNITS[amount["unit"]])
            assert right.height, amount
