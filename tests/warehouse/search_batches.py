"""Batches of articles put through the part of a load that search needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.search import SEARCH, index_articles
from tests.warehouse.copy_batches import frame_of, new_warehouse
from transforms.search_words import SEARCH_VERSION
from warehouse.load import merge_articles

if TYPE_CHECKING:
    import duckdb

__all__ = ["find", "load", "new_warehouse"]


def load(connection: duckdb.DuckDBPyConnection, *articles: dict) -> None:
    """One load of these articles."""
    connection.execute("begin")
    merge_articles(
        connection, frame_of(*articles), {}, {SEARCH: SEARCH_VERSION}, "load"
    )
    index_articles(connection)
    connection.execute("commit")


def find(
    connection: duckdb.DuckDBPyConnection, query: str, what: str = "article_id", **given
) -> list:
    """One column of what a query finds, the best first."""
    options = "".join(f", {name} := ${name}" for name in given)
    rows = connection.execute(
        f"select {what} from search($query{options})", {"query": query} | given
    ).fetchall()
    return [row[0] for row in rows]
