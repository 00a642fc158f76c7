"""Gives parsed articles their keys: which outlet, which article, which version."""

from __future__ import annotations

import polars as pl

from transforms.keys import SEPARATOR, digests, keys

#: Version of the rules below, kept in article_step.
CONFORM_VERSION = "1"

#: The parsed record: a change of any of these makes a new version of the article.
#: Derived columns (language, counts) are left out, as they follow from the text.
RECORD_COLUMNS = (
    "source_code",
    "outlet_key",
    "url",
    "title",
    "lead",
    "text",
    "published_at",
    "published_date",
    "published_precision",
    "modified_at",
    "author",
    "section",
    "tags",
    "photo_credit",
)

_NULL = "\x00"
_WORD = r"[\p{L}\p{N}]+(?:[-’'][\p{L}\p{N}]+)*"


def conform_articles(articles: pl.DataFrame) -> pl.DataFrame:
    """Add the keys and measures that the warehouse joins and counts by.

    The identity of an article is the first that exists: its canonical url; the
    outlet's own id at a known outlet; outlet, folded title and date if dated; else
    the content. Where it lies on disk is never part of it.

    Args:
        articles: the parse step's columns.

    Returns:
        The same rows with source_id, article_id (Int64), record_hash (SHA-256 of
        the parsed record) and word_count (runs of letters and digits).
    """
    return (
        articles.with_columns(pl.col("text").fill_null(""))
        .pipe(_add_record_hash)
        .pipe(_add_article_id)
        .with_columns(
            keys(articles["source_code"]).alias("source_id"),
            count_words(pl.col("text")).alias("word_count"),
        )
    )


def _add_record_hash(articles: pl.DataFrame) -> pl.DataFrame:
    parts = [
        _as_text(articles.schema[name], name).fill_null(_NULL)
        for name in RECORD_COLUMNS
    ]
    whole = articles.select(pl.concat_str(parts, separator=SEPARATOR)).to_series()
    return articles.with_columns(digests(whole).alias("record_hash"))


def _as_text(dtype: pl.DataType, name: str) -> pl.Expr:
    column = pl.col(name)
    if isinstance(dtype, pl.List):
        return column.list.join(SEPARATOR)
    return column if dtype == pl.String else column.cast(pl.String)


def _add_article_id(articles: pl.DataFrame) -> pl.DataFrame:
    source, title = pl.col("source_code"), pl.col("title")
    natural = pl.coalesce(
        "url" + pl.lit(SEPARATOR) + pl.col("url"),
        pl.when(source != "unknown").then(
            pl.concat_str(
                pl.lit("outlet"), source, pl.col("outlet_key"), separator=SEPARATOR
            )
        ),
        pl.when(fold_title(title) != "").then(
            pl.concat_str(
                pl.lit("title"),
                source,
                fold_title(title),
                pl.col("published_date").cast(pl.String),
                separator=SEPARATOR,
            )
        ),
        pl.concat_str(
            pl.lit("content"),
            title.fill_null(_NULL),
            pl.col("text"),
            separator=SEPARATOR,
        ),
    )
    return articles.with_columns(
        keys(articles.select(natural.alias("article_id")).to_series())
    )


def count_words(text: pl.Expr) -> pl.Expr:
    """Runs of letters and digits (Int32)."""
    return text.str.count_matches(_WORD).cast(pl.Int32)


def fold_title(title: pl.Expr) -> pl.Expr:
    """The letters and digits of a title in lower case: what makes it the same title."""
    return title.str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]+", "")
