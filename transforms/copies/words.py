"""Words of articles, folded and cut to their beginnings: names, numbers and titles.

Five letters stand for the word in all its forms: endings of Kazakh and Russian begin
later in most words, and no dictionary is needed in any language.
"""

from __future__ import annotations

import re
from functools import lru_cache

import polars as pl

from transforms.copies.shingles import ALIKE
from transforms.kazakh.letters import TO_CYRILLIC
from transforms.keys import keys

#: Letters that tell words apart.
_STEM_LETTERS = 5
#: Shorter words join others and name nothing.
LEAST_LETTERS = 4
#: Words of a title that are looked at: a title is seldom longer.
_MOST_TERMS = 16
_SCRIPTS = str.maketrans(TO_CYRILLIC)
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d{2,}")
#: A name stands inside a sentence: after a word or a comma and one space.
_INSIDE = re.compile(r"(?<=[\w,;»”\"] )[^\W\d_]{2,}")


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The folded beginning of a word."""
    folded = word[:_STEM_LETTERS].translate(_SCRIPTS).lower().translate(ALIKE)
    return folded[:_STEM_LETTERS]


def title_terms(titles: pl.Series) -> pl.Series:
    """The longer words of titles as keys of their beginnings, each once, ordered.

    Returns:
        A list of BIGINT a title; empty where there is no title.
    """
    words = (
        pl.DataFrame({"place": pl.int_range(titles.len(), eager=True), "title": titles})
        .with_columns(
            word=pl.col("title").str.extract_all(rf"\p{{L}}{{{LEAST_LETTERS},}}")
        )
        .select("place", pl.col("word").list.head(_MOST_TERMS))
        .explode("word", empty_as_null=False)
        .drop_nulls("word")
    )
    distinct = words["word"].unique()
    stems = pl.Series([stem(word) for word in distinct], dtype=pl.String)
    known = pl.DataFrame({"word": distinct, "term": keys(stems)})
    terms = (
        words.join(known, on="word")
        .group_by("place")
        .agg(pl.col("term").unique().sort())
    )
    every = pl.DataFrame({"place": pl.int_range(titles.len(), eager=True)})
    found = every.join(terms, on="place", how="left", maintain_order="left")["term"]
    return found.fill_null(pl.Series([[]], dtype=pl.List(pl.Int64)))


def stems_of(text: str, least: int = 2) -> frozenset[str]:
    """The beginnings of words of so many letters at least."""
    return frozenset(stem(word) for word in _WORD.findall(text) if len(word) >= least)


def numbers_of(text: str) -> frozenset[str]:
    """The runs of two digits or more, which other punctuation leaves as they are."""
    return frozenset(_NUMBER.findall(text))


def names_of(text: str) -> frozenset[str]:
    """The beginnings of words that have a capital inside a sentence: names mostly.

    A text all in capitals tells no names.
    """
    if text.isupper():
        return frozenset()
    return frozenset(stem(word) for word in _INSIDE.findall(text) if word[0].isupper())
