"""Finds copies and stories of a load: what the warehouse has, judged by its texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from transforms.copies import (
    JUDGED_SCHEMA,
    compare_pairs,
    likely_pairs,
    read_signatures,
)
from warehouse.copies import assign_roles
from warehouse.links import (
    begin_links,
    candidate_pairs,
    merge_links,
    read_sides,
    read_texts,
)
from warehouse.stories import assign_stories

if TYPE_CHECKING:
    import duckdb

#: Pairs whose texts are held at once.
_PAIRS_READ = 2_000


def signature_rows(articles: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Table to the rows that the signatures of a batch make."""
    signatures, buckets = read_signatures(articles)
    return {"article_signature": signatures, "article_bucket": buckets}


def link_articles(connection: duckdb.DuckDBPyConnection) -> None:
    """Bring copies and stories in line with the articles that a load touched.

    Args:
        connection: the warehouse, in a transaction, after
            `warehouse.load.merge_articles`, with its ``touched_article``.
    """
    begin_links(connection)
    finish_links(connection)


def finish_links(connection: duckdb.DuckDBPyConnection) -> None:
    """The part of `link_articles` after `begin_links` and the removal of articles."""
    pairs = candidate_pairs(connection)
    likely = likely_pairs(pairs, read_sides(connection, pairs))
    judged = [
        compare_pairs(some, read_texts(connection, some))
        for some in likely.iter_slices(_PAIRS_READ)
    ]
    merge_links(connection, pl.concat([JUDGED_SCHEMA.to_frame(), *judged]))
    assign_roles(connection)
    assign_stories(connection)
