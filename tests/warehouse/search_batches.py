"""Batches of articles put through the part of a load that search needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.known import load_known
from flows.references import load_references
from flows.search import SEARCH, index_articles
from tests.warehouse.copy_batches import frame_of, new_warehouse
from transforms.articles import make_sentences
from transforms.entities.reading import read_names
from transforms.evidence import mention_rows
from transforms.search_words import SEARCH_VERSION
from warehouse.entities import merge_names, merge_reference_entities
from warehouse.load import merge_articles

if TYPE_CHECKING:
    import duckdb

__all__ = ["find", "load", "load_read", "new_warehouse"]


def load(connection: duckdb.DuckDBPyConnection, *articles: dict) -> None:
    """One load of these articles."""
    connection.execute("begin")
    merge_articles(
        connection, frame_of(*articles), {}, {SEARCH: SEARCH_VERSION}, "load"
    )
    index_articles(connection)
    connection.execute("commit")


def load_read(connection: duckdb.DuckDBPyConnection, *articles: dict) -> None:
    """One load of these articles, with the names in them."""
    names = load_known(load_references(None)).names
    frame = frame_of(*articles)
    read = read_names(frame, make_sentences(frame), names)
    connection.execute("begin")
    merge_reference_entities(
        connection, names.entities, names.aliases, names.countries, names.places
    )
    merge_articles(
        connection,
        frame,
        {"fact_mention": mention_rows(read.mentions)},
        {SEARCH: SEARCH_VERSION},
        "load",
    )
    merge_names(connection, read.entities, read.aliases)
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
