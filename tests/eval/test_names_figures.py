"""The gold set of names holds together, and the figures of names stay at their floors.

After a change of the gold set or a gain: `python -m tests.eval.names_figures write`.
"""

from types import SimpleNamespace

import polars as pl
import pytest

from tests.conftest import ROOT
from tests.eval.names import measure
from tests.eval.names_figures import evaluate, falls_short, read_figures
from tests.eval.names_gold import gold_hash, read_gold

TYPES = {"person", "organisation", "gpe", "location", "facility", "position"}


@pytest.fixture(scope="module")
def gold():
    return read_gold()


def _surfaces(gold):
    parts = {
        (row["row_id"], in_title): row["title" if in_title else "text"]
        for row in gold.articles.iter_rows(named=True)
        for in_title in (True, False)
    }
    return [
        (span, parts[span["row_id"], span["in_title"]])
        for span in gold.spans.iter_rows(named=True)
    ]


def test_every_gold_span_stands_where_it_says(gold):
    for span, text in _surfaces(gold):
        assert text[span["start_char"] : span["end_char"]] == span["surface"], span
        if not span["is_optional"]:
            assert span["surface"] == span["surface"].strip(" «»\"'"), span


def test_gold_spans_begin_and_end_with_a_word(gold):
    for span, text in _surfaces(gold):
        around = text[: span["start_char"]][-1:] + text[span["end_char"] :][:1]
        assert not any(sign.isalpha() for sign in around), span


def test_gold_spans_of_one_type_do_not_overlap(gold):
    keys = ["row_id", "in_title"]
    for _, spans in gold.spans.sort(*keys, "start_char").group_by(*keys, "entity_type"):
        assert (spans["start_char"].shift(-1) >= spans["end_char"]).all()


def test_required_gold_spans_are_of_the_measured_types(gold):
    required = gold.spans.filter(~pl.col("is_optional"))
    assert set(required["entity_type"]) <= TYPES


def test_the_halves_are_equal_and_names_are_many(gold):
    assert gold.articles["half"].value_counts().sort("half").rows() == [
        ("dev", 50),
        ("held", 50),
    ]
    assert gold.articles["id"].is_unique().all()


def test_articles_in_other_languages_have_no_answers(gold):
    other = gold.articles.filter(language="ru")["row_id"].implode()
    for frame in (gold.spans, gold.countries, gold.roles):
        assert frame.filter(pl.col("row_id").is_in(other)).is_empty()


def test_country_codes_of_the_gold_set_are_known(gold):
    known = pl.read_csv(ROOT / "seeds" / "countries.csv", infer_schema=False)
    codes = set(gold.countries["country_code"]) | set(gold.roles["country_code"])
    assert codes - {None} <= set(known["country_code"])


def test_persons_with_a_role_are_mentioned(gold):
    missing = gold.roles.join(
        gold.spans, left_on=["row_id", "person"], right_on=["row_id", "entity"],
        how="anti",
    )  # fmt: skip
    assert missing.is_empty(), missing


def test_the_gold_answers_themselves_have_full_marks(gold):
    answers = gold.spans.filter(~pl.col("is_optional"))
    frame = measure(
        SimpleNamespace(
            mentions=answers.rename({"entity": "name"}).with_columns(confidence=1.0),
            countries=gold.countries,
            roles=gold.roles.rename({"person": "name"}),
        ),
        gold,
    ).filter(~pl.col("measure").str.starts_with("confidence"))
    figure = pl.coalesce("f1", "recall", pl.col("count") == 0)
    assert frame.filter(figure.cast(pl.Float64) != 1).is_empty()


def test_figures_belong_to_this_gold_set():
    assert read_figures()["gold_sha256"] == gold_hash(), (
        "tests/gold/names.jsonl changed: python -m tests.eval.names_figures write"
    )


def test_names_are_found_as_well_as_the_floors_say(gold):
    short = falls_short(measure(evaluate(gold), gold), read_figures())
    assert not short
