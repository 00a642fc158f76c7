"""Keeps search in line with what is loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms.search_words import read_forms, read_terms
from warehouse.search.index import (
    drop_documents,
    merge_documents,
    missing_documents,
    renew_terms,
    unknown_forms,
)

if TYPE_CHECKING:
    import duckdb

#: The step in article_step.
SEARCH = "search"
#: Articles whose words are held at once.
_BATCH = 5_000


def index_articles(
    connection: duckdb.DuckDBPyConnection, *, is_anew: bool = False
) -> None:
    """Bring search in line with the articles of ``touched_article``.

    Args:
        connection: the warehouse, in a transaction.
        is_anew: whether to read articles again that search has already.
    """
    drop_documents(connection, are_leaving=is_anew)
    for batch in missing_documents(connection).iter_slices(_BATCH):
        postings = read_forms(batch)
        if is_anew:
            renew_terms(connection, read_terms(postings["form"].unique()))
        terms = read_terms(unknown_forms(connection, postings))
        merge_documents(connection, batch, postings, terms)
