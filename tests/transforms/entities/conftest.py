"""The names that ship, and articles read with them."""

import datetime as dt

import polars as pl
import pytest

from flows.known import load_known
from flows.references import load_references
from transforms.articles import make_sentences
from transforms.entities import read_names
from transforms.kazakh.language import detect_language


@pytest.fixture(scope="session")
def known():
    return load_known(load_references(None)).names


def frame(texts, titles=None, *, date=dt.date(2025, 12, 19), article_id=1000):
    """Articles of a batch, with their language."""
    return (
        pl.DataFrame(
            {"title": titles or ["Тақырып"] * len(texts), "text": texts},
            schema={"title": pl.String, "text": pl.String},
        )
        .with_row_index("row_id")
        .cast({"row_id": pl.Int32})
        .with_columns(
            (pl.col("row_id") + article_id).cast(pl.Int64).alias("article_id"),
            published_date=pl.lit(date),
        )
        .pipe(detect_language, "text")
    )


def read(known, texts, titles=None, **options):
    articles = frame(texts, titles, **options)
    return read_names(articles, make_sentences(articles), known), articles


@pytest.fixture
def names_in(known):
    """The (surface, name) pairs of one class in one text."""

    def look(text, entity_type="person", title=None):
        found, _ = read(known, [text], [title] if title else None)
        mentions = found.mentions.filter(entity_type=entity_type)
        return mentions.select("surface", "name").rows()

    return look
