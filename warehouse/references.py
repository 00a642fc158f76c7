"""Tables that are reference tables: their rows are those given, type 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb
    import polars as pl

#: Table to its key, and the keys that stay though the table has lost them: those that
#: articles refer to.
_TABLES = {
    "dim_topic": (
        "topic_id",
        """
        with used as (
            select topic_id from bridge_article_topic
            union all
            select topic_id from fact_topic_mention
        )

        select topic_id from used
        union all
        select parent_id from dim_topic
        where parent_id is not null and topic_id in (select used.topic_id from used)
        """,
    ),
    "dim_unit": (
        "unit_code",
        "select unit_code from fact_amount where unit_code is not null",
    ),
    "dim_event_type": ("event_type", "select event_type from fact_event_statement"),
    "dim_incident": ("incident_id", "select null where false"),
}


def merge_reference_tables(
    connection: duckdb.DuckDBPyConnection, tables: Mapping[str, pl.DataFrame]
) -> None:
    """Bring tables such as dim_topic and dim_unit in line with the reference tables.

    Where nothing changed, nothing is written. A row that the tables have lost goes,
    unless articles refer to it.

    Args:
        connection: the warehouse, in a transaction.
        tables: table to its columns; a table that is not given stays as it is.
    """
    for table, rows in tables.items():
        key, staying = _TABLES[table]
        align(connection, table, key, rows, staying=staying)


def align(  # noqa: PLR0913 - one statement's parts
    connection: duckdb.DuckDBPyConnection,
    table: str,
    key: str,
    rows: pl.DataFrame,
    *,
    staying: str,
    scope: str = "true",
) -> None:
    """Make the table's rows those given; other keys go, unless among ``staying``.

    Args:
        connection: the warehouse, in a transaction.
        table: the table.
        key: its key.
        rows: its columns.
        staying: SQL of keys that stay; asked only if a key is about to go.
        scope: SQL that keeps the rows of the table that are to be looked at.
    """
    columns = [
        column[0]
        for column in connection.execute(f"from {table} limit 0").description or ()
    ]
    connection.register("new_rows", rows.select(columns).to_arrow())
    changed, gone = connection.execute(
        f"""
        select
            exists (from new_rows except from {table}),
            exists (
                from {table} where {scope}
                and {key} not in (select new_rows.{key} from new_rows)
            )
        """
    ).fetchone() or (False, False)
    if gone:
        connection.execute(
            f"""
            delete from {table}
            where
                {scope}
                and {key} not in (select new_rows.{key} from new_rows)
                and {key} not in ({staying})
            """
        )
    if changed:
        connection.execute(
            f"delete from {table} where {key} in (select new_rows.{key} from new_rows)"
        )
        connection.execute(f"insert into {table} by name select * from new_rows")
    connection.unregister("new_rows")
