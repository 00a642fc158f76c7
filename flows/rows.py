"""A prepared batch as the warehouse takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from flows.amendments import with_load

if TYPE_CHECKING:
    from flows.prepare import Prepared

#: Columns of the articles that are no columns of fact_article.
_NOT_STORED = ("source", "source_code")


def batch_rows(
    prepared: Prepared, load_id: str
) -> tuple[pl.DataFrame, dict[str, pl.DataFrame]]:
    """A batch as `warehouse.load.merge_articles` takes it: articles, and their rows."""
    articles = prepared.articles.drop(_NOT_STORED).with_columns(
        pl.selectors.datetime().dt.replace_time_zone(None)
    )
    details = (
        {"fact_sentence": prepared.sentences}
        | with_load(prepared.enriched.details, load_id)
        | prepared.signatures
        | prepared.amended
    )
    return articles, details
