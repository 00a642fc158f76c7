"""Compares pairs of articles: near-equal ones, and ones that tell of one happening.

A wrong merge is worse than a missed one. Outlets fill forms: the rate of the day, who
was received, what was signed. Two fillings of one form agree in most letters but not
in their numbers, or each has in its title a name that the other has nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from transforms.copies.shingles import shingle_numbers
from transforms.copies.signatures import STORY_HOURS, agreement
from transforms.copies.words import LEAST_LETTERS, names_of, numbers_of, stems_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Near-equal: so much of the shorter text stands in the longer, and so much is
#: common of all that either has. Copies with 3 % of their letters misread, sentences
#: dropped and others added stay above both.
_LEAST_SIMILARITY = 0.6
_LEAST_JACCARD = 0.4
#: From here on a near-equal article is a copy, below it a rewrite: 3 % of misread
#: letters leave 0.84.
_COPY_SIMILARITY = 0.8
#: Below it by more than the error of signatures there is nothing to compare.
_LEAST_AGREEMENT = 0.33
#: Forms are told from copies by their numbers, where there are at least so many: of a
#: copy as many stand in the other article as of its letters, less what a scan spoils,
#: and half of them in any case.
_LEAST_NUMBERS = 3
_SPOILT_NUMBERS = 0.25
_HALF = 0.5
#: Names that a rewrite and its original must share, of the article that has fewer.
_LEAST_NAMES = 3
_SHARED_NAMES = 0.6
#: One happening: titles share so many words, so much of the shorter one; so much of
#: each title stands in the other article, and so much of both in sum; numbers agree.
_SHARED_TERMS = 3
_SHARED_OF_TITLE = 0.5
_TITLE_IN_OTHER = 0.6
_TITLES_IN_OTHERS = 1.4
#: Beginnings of names that most news of Kazakhstan have, in Kazakh and Russian:
#: sharing them says nothing. Counted in 2,000 news items of 2020 to 2025.
_EVERYDAY = frozenset(
    (
        "казак", "казах", "токае", "касым", "жомар", "акорд", "респу", "прези",
        "мемле", "астан", "алмат", "глава", "нацио", "ултты",
    )
)  # fmt: skip

JUDGED_SCHEMA = pl.Schema(
    {
        "article_id": pl.Int64,
        "other_article_id": pl.Int64,
        "similarity": pl.Float64,
        "jaccard": pl.Float64,
        "is_near_equal": pl.Boolean,
        "is_copy": pl.Boolean,
        "is_one_story": pl.Boolean,
    }
)
#: Pairs whose signatures are compared at once.
_STEP = 20_000


def likely_pairs(pairs: pl.DataFrame, signatures: pl.DataFrame) -> pl.DataFrame:
    """Those of the pairs whose texts are worth reading.

    Args:
        pairs: article_id, other_article_id.
        signatures: article_id, told_at, signature, title_terms.

    Returns:
        article_id, other_article_id, is_timely (both are dated, near in time, and
        their titles share words).
    """
    kept = [_likely(some, signatures) for some in pairs.iter_slices(_STEP)]
    empty = pairs.select("article_id", "other_article_id", is_timely=pl.lit(value=True))
    return pl.concat(kept) if kept else empty.clear()


def _likely(pairs: pl.DataFrame, signatures: pl.DataFrame) -> pl.DataFrame:
    sides = signatures.select("article_id", "told_at", "signature", "title_terms")
    joined = pairs.join(sides, on="article_id", maintain_order="left").join(
        sides, left_on="other_article_id", right_on="article_id", suffix="_other",
        maintain_order="left",
    )  # fmt: skip
    share = agreement(
        joined["signature"].to_list(), joined["signature_other"].to_list()
    )
    shared = pl.col("title_terms").list.set_intersection("title_terms_other").list.len()
    shorter = pl.min_horizontal(
        pl.col("title_terms").list.len(), pl.col("title_terms_other").list.len()
    )
    apart = (pl.col("told_at") - pl.col("told_at_other")).abs()
    return (
        joined.with_columns(
            agreement=pl.Series(share, dtype=pl.Float64),
            is_timely=(
                (apart <= pl.duration(hours=STORY_HOURS))
                & (shared >= _SHARED_TERMS)
                & (shared >= shorter * _SHARED_OF_TITLE)
            ).fill_null(value=False),
        )
        .filter((pl.col("agreement") >= _LEAST_AGREEMENT) | pl.col("is_timely"))
        .select("article_id", "other_article_id", "is_timely")
    )


def compare_pairs(pairs: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    """Judge pairs by their texts.

    Args:
        pairs: what `likely_pairs` returned.
        articles: article_id, title, text: all that the pairs name.

    Returns:
        The columns of `JUDGED_SCHEMA`, a row a pair that is near-equal or one story.
        ``similarity`` is the share of the shorter article's shingles that the other
        has, ``jaccard`` the share of all; both with two decimal places.
    """
    read = {
        article_id: _read(title or "", text)
        for article_id, title, text in articles.select(
            "article_id", "title", "text"
        ).iter_rows()
    }
    judged = [
        {"article_id": one, "other_article_id": other}
        | _judge(read[one], read[other], is_timely=is_timely)
        for one, other, is_timely in pairs.select(
            "article_id", "other_article_id", "is_timely"
        ).iter_rows()
    ]
    return pl.DataFrame(judged, schema=JUDGED_SCHEMA).filter(
        pl.col("is_near_equal") | pl.col("is_one_story")
    )


@dataclass
class _Article:
    """What is compared of one article."""

    shingles: NDArray[np.uint64]
    title: str
    text: str
    numbers: frozenset[str]

    @cached_property
    def title_names(self) -> frozenset[str]:
        """Names of the title; its first word is one if the text writes it so."""
        first = stems_of(self.title.split(" ", 1)[0])
        return names_of(self.title) | (first & self.names)

    @cached_property
    def names(self) -> frozenset[str]:
        return names_of(self.text)

    @cached_property
    def title_stems(self) -> frozenset[str]:
        return stems_of(self.title, LEAST_LETTERS)

    @cached_property
    def stems(self) -> frozenset[str]:
        return stems_of(f"{self.title} {self.text}")


def _read(title: str, text: str) -> _Article:
    whole = f"{title} {text}"
    numbers, _ = shingle_numbers([whole])
    return _Article(_distinct(numbers), title, text, numbers_of(whole))


def _distinct(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Each number once, in order: `numpy.unique` hashes, which takes longer."""
    ordered = np.sort(numbers)
    is_first = np.ones(ordered.size, np.bool_)
    is_first[1:] = ordered[1:] != ordered[:-1]
    return ordered[is_first]


def _judge(one: _Article, other: _Article, *, is_timely: bool) -> dict[str, Any]:
    common = np.intersect1d(one.shingles, other.shingles, assume_unique=True).size
    fewer = min(one.shingles.size, other.shingles.size)
    more = max(one.shingles.size, other.shingles.size)
    similarity = common / max(fewer, 1)
    jaccard = common / max(fewer + more - common, 1)
    is_near_equal = (
        similarity >= _LEAST_SIMILARITY
        and jaccard >= _LEAST_JACCARD
        and _agree(one.numbers, other.numbers, max(similarity - _SPOILT_NUMBERS, _HALF))
        and not (_is_named_apart(one, other) and _is_named_apart(other, one))
        and (similarity >= _COPY_SIMILARITY or _share_names(one, other))
    )
    return {
        "similarity": round(similarity, 2),
        "jaccard": round(jaccard, 2),
        "is_near_equal": is_near_equal,
        "is_copy": is_near_equal and similarity >= _COPY_SIMILARITY,
        "is_one_story": is_timely and not is_near_equal and _is_one_story(one, other),
    }


def _agree(one: frozenset[str], other: frozenset[str], share: float) -> bool:
    """Whether enough numbers of the article that has fewer are the other's too."""
    fewer = min(len(one), len(other))
    return fewer < _LEAST_NUMBERS or len(one & other) >= round(fewer * share)


def _share_names(one: _Article, other: _Article) -> bool:
    fewer = min(len(one.names), len(other.names))
    shared = len(one.names & other.names)
    return fewer < _LEAST_NAMES or shared >= fewer * _SHARED_NAMES


def _is_named_apart(one: _Article, other: _Article) -> bool:
    """Whether a name or number of one title stands nowhere in the other article."""
    names = one.title_names - other.stems - _EVERYDAY
    return bool(names or numbers_of(one.title) - other.numbers)


def _is_one_story(one: _Article, other: _Article) -> bool:
    if not (one.title_names & other.title_names) - _EVERYDAY:
        return False
    if _is_named_apart(one, other) or _is_named_apart(other, one):
        return False
    inside = [
        len(article.title_stems & rest.stems) / max(len(article.title_stems), 1)
        for article, rest in ((one, other), (other, one))
    ]
    return (
        min(inside) >= _TITLE_IN_OTHER
        and sum(inside) >= _TITLES_IN_OTHERS
        and _agree(one.numbers, other.numbers, _HALF)
        and len(one.names & other.names) >= _LEAST_NAMES
        and _share_names(one, other)
    )
