"""Keeps search in line with what is loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms.search_terms import read_terms
from transforms.search_words import read_words
from warehouse.search.index import (
    drop_documents,
    known_forms,
    merge_documents,
    missing_documents,
    missing_mentions,
    renew_terms,
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

    Must run after their names are known: it reads ``touched_mention`` and dim_entity.

    Args:
        connection: the warehouse, in a transaction.
        is_anew: whether to read articles again that search has already.
    """
    drop_documents(connection, are_leaving=is_anew)
    for batch in missing_documents(connection).iter_slices(_BATCH):
        mentions = missing_mentions(connection, batch)
        forms, postings = read_words(batch, mentions)
        if is_anew:
            renew_terms(connection, read_terms(forms["form"]))
        known = known_forms(connection, forms)
        new = forms.join(known, on="form_key", how="anti", maintain_order="left")
        forms = forms.join(read_terms(new["form"]), on="form", how="left")
        merge_documents(connection, batch, forms, postings)
