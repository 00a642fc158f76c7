"""The figures of search stay at their floors.

After a gain: `python -m tests.eval.search_figures write`.
"""

import orjson

from tests.eval.search_figures import (
    FIGURES,
    falls_short,
    gold_hash,
    half_of,
    measure,
    measure_all,
    rows_of,
)


def _kept():
    return orjson.loads(FIGURES.read_bytes())


def test_recall_and_rank_are_counted_among_the_first_ten():
    assert measure(["a", "b", "c"], {"b", "c"}) == (1, 0.5)
    assert measure([*"abcdefghij", "z"], {"z"}) == (0, 0)
    assert measure([], {"z"}) == (0, 0)


def test_figures_belong_to_this_corpus(corpus):
    assert _kept()["gold_sha256"] == gold_hash(corpus)


def test_about_half_of_the_queries_is_set_aside(corpus):
    halves = [half_of(row["query"]) for row in rows_of(corpus, "search_queries.jsonl")]
    assert 20 <= halves.count("set aside") <= 36


def test_search_finds_what_people_judged_relevant(corpus):
    assert not falls_short(measure_all(corpus), _kept())
