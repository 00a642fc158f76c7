"""Picks one row of each table as an example: rows that belong to one article."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

#: Columns, apart from those ending in `_id`, by which rows belong to each other.
_KEYS = ("version", "country_code", "unit_code", "topic_code", "event_type", "alias")
#: A column that gives the value of another one's key.
_SAME_KEY = {"speaker_id": "entity_id", "published_date": "full_date"}

Examples = dict[str, dict[str, Any]]


def find_examples(
    connection: duckdb.DuckDBPyConnection, *, path: str | None = None
) -> Examples:
    """An example of each column, as far as there are values.

    Facts are of one article, where it has any; dimensions are what those facts point
    to. Of several rows the one with the most values is taken, then the first; a value
    that this row lacks comes from another row.

    Args:
        connection: a warehouse.
        path: the input of that article (`fact_file.path`); null for the article that
            has rows in the most tables.

    Returns:
        Table or view to column to value; nothing depends on the order of rows.
    """
    columns = _columns(connection)
    chosen = _article_of(connection, columns, path)
    known: dict[str, Any] = {} if chosen is None else {"article_id": chosen}
    examples: Examples = {}
    for table in sorted(columns, key=lambda name: (name != "fact_article", name)):
        row = _best_row(connection, table, columns[table], known)
        if row is None:
            continue
        examples[table] = row
        for name, value in row.items():
            key = _SAME_KEY.get(name, name)
            if value is not None and (key != name or _is_key(name)):
                known.setdefault(key, value)
        _fill_gaps(connection, table, row)
    return examples


def _best_row(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    columns: dict[str, str],
    known: dict[str, Any],
) -> dict[str, Any] | None:
    """The row that shares the most keys with the rows chosen before."""
    shared = [name for name in columns if name in known]
    matches = " + ".join(
        f"({name} is not distinct from ${name})::integer" for name in shared
    )
    filled = " + ".join(f"({name} is not null)::integer" for name in columns)
    best = [f"{matches} desc"] if shared else []
    best.append(f"{filled} desc")
    best += [name for name, kind in columns.items() if not kind.endswith(("]", ")"))]
    # The article's own rows match best; looking among them first spares a sort of all.
    for where in ("where article_id = $article_id",) * ("article_id" in shared) + ("",):
        row = connection.execute(
            f"select * from {table} {where} order by {', '.join(best)} limit 1",
            {name: known[name] for name in shared},
        ).fetchone()
        if row:
            return dict(zip(columns, row, strict=True))
    return None


def _fill_gaps(
    connection: duckdb.DuckDBPyConnection, table: str, row: dict[str, Any]
) -> None:
    gaps = [name for name, value in row.items() if value is None or value == []]
    if gaps:
        # An empty list is the least of all, and shows nothing.
        least = ", ".join(
            f"min({name})"
            if row[name] is None
            else f"coalesce(min({name}) filter (where len({name}) > 0), [])"
            for name in gaps
        )
        found = connection.execute(f"select {least} from {table}").fetchone()
        row.update(zip(gaps, found or (), strict=True))


def _article_of(
    connection: duckdb.DuckDBPyConnection,
    columns: dict[str, dict[str, str]],
    path: str | None,
) -> int | None:
    if path is not None:
        row = connection.execute(
            """
            select fact_article.article_id
            from fact_article
            inner join fact_file on fact_article.file_id = fact_file.file_id
            where fact_file.path = ?
            order by fact_article.record_no
            limit 1
            """,
            [path],
        ).fetchone()
        return row[0] if row else None
    tables = [
        name
        for name, found in columns.items()
        if name.startswith(("fact_", "bridge_")) and "article_id" in found
    ]
    every = " union all ".join(f"select distinct article_id from {t}" for t in tables)
    row = connection.execute(
        f"select article_id from ({every}) where article_id is not null "
        "group by article_id order by count(*) desc, article_id limit 1"
    ).fetchone()
    return row[0] if row else None


def _columns(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """Table or view to its columns with their types."""
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in connection.execute(
        """
        select table_name, column_name, data_type
        from duckdb_columns()
        where
            not internal
            and database_name = current_database()
            and schema_name = 'main'
        order by table_name, column_index
        """
    ).fetchall():
        found.setdefault(table, {})[column] = kind
    return found


def _is_key(name: str) -> bool:
    return name.endswith("_id") or name in _KEYS
