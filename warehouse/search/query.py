"""Asks the published warehouse which articles a query finds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from warehouse.query import Answer, ask

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb

#: Different words that the macro asks for; further ones would be left out silently.
MOST_WORDS = 32
_WORD = re.compile(r"[^\W_]+")

_SEARCH = """
    select *
    from search(
        $query,
        since := $since,
        until := $until,
        source := $source,
        entity := $entity,
        max_rows := $limit
    )
"""


class SearchError(Exception):
    """The query cannot be answered as it is; the message says what to do."""


def search_articles(
    connection: duckdb.DuckDBPyConnection,
    query: str,
    *,
    limit: int,
    filters: Mapping[str, str | None],
) -> Answer:
    """Find articles.

    Args:
        connection: the published warehouse.
        query: words, and phrases in «…» or "…".
        limit: articles at most.
        filters: ``since`` and ``until`` (days, as YYYY-MM-DD), ``source`` (an outlet's
            code) and ``entity`` (a name, a spelling or an entity_id); null for all.

    Returns:
        article_id, title, published_date, source, url, score, snippet; the best first.

    Raises:
        SearchError: the query has no word or too many, or a filter names nothing.
    """
    words = {word.lower() for word in _WORD.findall(query)}
    if not words:
        message = 'there is no word to search for, as in: qoima search "су тапшылығы".'
        raise SearchError(message)
    if len(words) > MOST_WORDS:
        message = (
            f"the query has {len(words)} different words, {MOST_WORDS} are the most. "
            "Leave some out."
        )
        raise SearchError(message)
    values = {name: filters.get(name) for name in ("since", "until")}
    for name, exists in _KNOWN.items():
        values[name] = _known(connection, name, exists, filters.get(name))
    return ask(connection, _SEARCH, values | {"query": query, "limit": limit})


_KNOWN = {
    "source": "select count(*) from dim_source where source_code = $wanted",
    "entity": "select count(*) from entity_ids($wanted)",
}
_TO_LIST = {
    "source": "select source_code, name from dim_source",
    "entity": "select name, entity_type from dim_entity",
}


def _known(
    connection: duckdb.DuckDBPyConnection, name: str, exists: str, wanted: str | None
) -> Any:
    """A filter's value; one that names nothing would find nothing without a word."""
    if wanted is None:
        return None
    row = connection.execute(exists, {"wanted": wanted}).fetchone()
    if not row or not row[0]:
        message = (
            f"--{name}: nothing is called {wanted!r}. "
            f'List what there is: qoima sql "{_TO_LIST[name]}".'
        )
        raise SearchError(message)
    return wanted
