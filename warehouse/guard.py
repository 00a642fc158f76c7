"""Keeps users' SQL on a lake to the warehouse's tables.

A connection to a lake has PostgreSQL attached, and functions to ask it anything; DuckDB
can shut off files and settings, but no functions. So the statement's own tree is
looked at before it runs: one SELECT, of tables of the warehouse, and of table functions
that are known to read nothing else.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from warehouse.lake_writer import NAME

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

#: Table functions of DuckDB that read nothing but their arguments or the names of
#: tables and columns. `duckdb_databases` and `duckdb_settings` show passwords.
_HARMLESS = frozenset(
    {
        "unnest",
        "range",
        "generate_series",
        "repeat",
        "repeat_row",
        "json_each",
        "json_tree",
        "duckdb_tables",
        "duckdb_columns",
        "duckdb_views",
        "pragma_table_info",
    }
)
_SCHEMAS = frozenset({"", "main", NAME, "temp", "information_schema"})
_CATALOGS = frozenset({"", NAME, "temp"})


class RefusedSqlError(Exception):
    """A statement may not run on a lake; the message says what of it."""


def refuse_unsafe(connection: duckdb.DuckDBPyConnection, statement: str) -> None:
    """Refuse a statement that reaches further than the tables of the lake.

    Args:
        connection: a reader's.
        statement: one statement of a user.

    Raises:
        RefusedSqlError: it is no SELECT, or asks another table or function.
        duckdb.Error: it is no SQL.
    """
    found = connection.execute(
        "select json_serialize_sql($statement::varchar)", {"statement": statement}
    ).fetchone()
    tree = json.loads(found[0]) if found else {"error": True}
    if tree["error"]:
        if tree.get("error_type") == "parser":
            connection.extract_statements(statement)  # says where it is wrong
        message = "only SELECT (FROM, WITH, VALUES, SHOW, DESCRIBE) runs on a lake."
        raise RefusedSqlError(message)
    macros = {
        row[0]
        for row in connection.execute(
            "select function_name from duckdb_functions() "
            "where database_name = current_database()"
        ).fetchall()
    }
    for node in _nodes(tree):
        if node.get("type") == "TABLE_FUNCTION":
            name = _called(node)
            if name not in _HARMLESS and name not in macros:
                message = f"the table function {name} is not allowed on a lake."
                raise RefusedSqlError(message)
        if "table_name" in node and "catalog_name" in node:
            _refuse_elsewhere(node)


def _called(node: dict[str, Any]) -> str:
    return str(node.get("function", {}).get("function_name", "")).lower()


def _refuse_elsewhere(node: dict[str, Any]) -> None:
    schema = str(node.get("schema_name") or "").lower()
    catalog = str(node["catalog_name"] or "").lower()
    name = str(node["table_name"]).lower()
    is_of_system = name.startswith(("duckdb_", "pragma_")) and name not in _HARMLESS
    if schema not in _SCHEMAS or catalog not in _CATALOGS or is_of_system:
        place = ".".join(part for part in (catalog, schema, name) if part)
        message = f"{place}: on a lake, only tables of the warehouse can be asked."
        raise RefusedSqlError(message)


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    if isinstance(tree, dict):
        yield tree
        for value in tree.values():
            yield from _nodes(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from _nodes(value)
