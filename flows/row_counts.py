"""How many rows the tables of the published warehouse have."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from flows.run import REPORTS
from warehouse.catalog import WarehouseError, has_warehouse, open_reports
from warehouse.query import ask

if TYPE_CHECKING:
    from pathlib import Path

_TABLES = """
    select table_name
    from duckdb_tables()
    where not internal and not temporary
    order by table_name
"""


def count_rows(data: Path) -> dict[str, int]:
    """Rows by table; DuckDB knows them without reading the tables.

    Args:
        data: the data folder.

    Returns:
        Nothing where nothing was published, or where it does not open: whoever needs
        the tables will say so.
    """
    if not has_warehouse(data / REPORTS):
        return {}
    try:
        with closing(open_reports(data / REPORTS)) as connection:
            names = [name for (name,) in ask(connection, _TABLES).rows]
            counts = " union all ".join(
                f"select '{name}', count(*) from {name}" for name in names
            )
            return {name: int(rows) for name, rows in ask(connection, counts).rows}
    except WarehouseError:
        return {}
