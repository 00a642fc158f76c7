"""The figures of copies and stories stay at their floors.

After a gain, or a change of the pairs judged by hand:
`python -m tests.eval.copies_figures write`.
"""

import orjson
import polars as pl

from tests.eval.changed_copies import whole_articles
from tests.eval.copies_figures import (
    FIGURES,
    NATURAL,
    falls_short,
    gold_hash,
    measure_all,
    measure_made,
)


def _kept():
    return orjson.loads(FIGURES.read_bytes())


def test_figures_belong_to_these_pairs():
    assert _kept()["gold_sha256"] == gold_hash()


def test_every_pair_is_judged_once_the_smaller_number_first():
    pairs = pl.read_csv(NATURAL)
    assert pairs.select("article_id", "other_article_id").is_unique().all()
    assert (pairs["article_id"] < pairs["other_article_id"]).all()
    assert set(pairs["verdict"]) == {"copy", "rewrite", "story", "none"}


def test_copies_made_of_our_own_articles_are_found():
    figures = {"kazakh": measure_made(whole_articles(), 1)}
    assert not falls_short(figures, _kept())


def test_copies_of_the_corpus_are_found(corpus):
    assert not falls_short(measure_all(corpus), _kept())
