"""A few rows out of a large table, without reading the rest of it.

Keys are hashes, so their rows lie anywhere; DuckDB reads all columns that a query asks
for of every block of 2,048 rows, also where a semi-join will keep none of them. With
texts that is a second for 100,000 articles. So the rows are first found by their key
alone, and then asked for by their places.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

#: A table of fewer rows is looked through in less time than two queries take.
FEWEST_ROWS = 20_000
#: Above so many places in a table the whole of it may as well be read.
_MOST_PLACES = 100
#: DuckDB's unit of reading.
_BLOCK = 2_048


def few_rows(connection: duckdb.DuckDBPyConnection, table: str, condition: str) -> str:
    """SQL that is true on the rows of which the condition is, and reads no others.

    Args:
        connection: the warehouse; the table must not change before the SQL is used.
        table: the table.
        condition: SQL on its rows that reads few of its columns, best one.

    Returns:
        The condition, and where these rows lie if they lie close together.
    """
    row = connection.execute(f"select count(*) from {table}").fetchone()
    if not row or row[0] < FEWEST_ROWS:
        return condition
    places = _merge(
        connection.execute(
            f"select min(rowid), max(rowid) from {table} where {condition} "
            f"group by rowid // {_BLOCK} order by min(rowid)"
        ).fetchall()
    )
    if not places or len(places) > _MOST_PLACES:
        return condition
    listed = " or ".join(f"rowid between {one} and {last}" for one, last in places)
    return f"({listed}) and {condition}"


def _merge(blocks: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Put together what lies within a block."""
    places: list[tuple[int, int]] = []
    for one, last in blocks:
        if places and one - places[-1][1] <= _BLOCK:
            places[-1] = (places[-1][0], last)
        else:
            places.append((one, last))
    return places
