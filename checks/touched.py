"""Copies of the rows that a load touched, for the rules to read.

Every rule that looks at touched articles would look for their rows in a table of many
more, and a table is looked at by ten or twenty rules. So each table is looked through
once, and rules read the few rows found.

They are found by their key alone and then asked for by their places: DuckDB reads all
columns that a query asks for of every block of 2,048 rows, also where a semi-join will
keep none of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from checks.scopes import TOUCHED

if TYPE_CHECKING:
    import duckdb

#: Above so many articles copies take more memory than they save time.
MOST_COPIED = 2_000
#: A table of fewer rows is looked through in less time than a copy takes.
FEWEST_ROWS = 20_000
#: Above so many places in a table the whole of it may as well be read.
_MOST_PLACES = 100
#: A table of so few columns may be read as fast as its key alone.
_NARROW = 6
#: DuckDB's unit of reading.
_BLOCK = 2_048
_READ = re.compile(rf"\bfrom (\w+)\s+where {re.escape(TOUCHED)}")


class TouchedRows:
    """The copies that one run of the rules has made, and will drop."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Nothing is copied yet; nothing ever is where too much was touched.

        Args:
            connection: the warehouse, with the temporary table ``touched_article``.
        """
        self._connection = connection
        self._is_copied: dict[str, bool] = {}
        row = connection.execute("select count(*) from touched_article").fetchone()
        self._is_worthwhile = row is not None and row[0] <= MOST_COPIED

    def rewrite(self, sql: str) -> str:
        """The same query on copies of touched rows, which are made where missing.

        Args:
            sql: a rule's query. What follows ``from`` is a copy afterwards where
                ``where article_id in (…touched_article)`` stands behind it.

        Raises:
            duckdb.Error: such a table or its column is not there.
        """
        if not self._is_worthwhile:
            return sql
        return _READ.sub(self._read_copy, sql)

    def drop(self) -> None:
        """Take the copies away; they are as things were when they were made."""
        for table in (table for table, copied in self._is_copied.items() if copied):
            self._connection.execute(f"drop table if exists temp.{table}__touched")

    def _read_copy(self, found: re.Match[str]) -> str:
        table = found[1]
        if table not in self._is_copied:
            self._is_copied[table] = self._copy(table)
        if not self._is_copied[table]:
            return found[0]
        return f"from {table}__touched as {table} where true"

    def _copy(self, table: str) -> bool:
        """Copy the table's touched rows, unless it is small."""
        execute = self._connection.execute
        row = execute(f"select count(*) from {table}").fetchone()
        if not row or row[0] < FEWEST_ROWS:
            return False
        execute(
            f"create or replace temporary table {table}__touched as "
            f"select * from {table} where {self._place(table)} and {TOUCHED}"
        )
        return True

    def _place(self, table: str) -> str:
        """SQL that says where in the table these rows lie; true if it is narrow."""
        columns = self._connection.execute(f"from {table} limit 0").description or ()
        if len(columns) <= _NARROW:
            return "true"
        blocks = self._connection.execute(
            f"select min(rowid), max(rowid) from {table} where {TOUCHED} "
            f"group by rowid // {_BLOCK} order by min(rowid)"
        ).fetchall()
        places: list[tuple[int, int]] = []
        for first, last in blocks:
            if places and first - places[-1][1] <= _BLOCK:
                places[-1] = (places[-1][0], last)
            else:
                places.append((first, last))
        if not places or len(places) > _MOST_PLACES:
            return "true"
        listed = (f"rowid between {first} and {last}" for first, last in places)
        return f"({' or '.join(listed)})"
