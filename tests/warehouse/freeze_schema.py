"""Freezes the schema of today, with rows in it, for the tests of migrations.

``python -m tests.warehouse.freeze_schema`` from the project's folder writes
``schemas/NNNN.sql``, where there is none yet.
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

from warehouse.catalog import schema_statements
from warehouse.migrate import CREATED, load_migrations, newest_version

SCHEMAS = Path(__file__).with_name("schemas")
#: The table that the version itself stands in; its row is not made up.
_LEDGER = "schema_version"

#: A value of each type that a column has; `{n}` tells the columns apart.
_VALUES = {
    "BIGINT": "-90071992547409{n:03d}",
    "UBIGINT": "1844674407370955{n:03d}",
    "INTEGER": "{n}",
    "USMALLINT": "{n}",
    "USMALLINT[]": "[{n}, 2{n}]",
    "DOUBLE": "{n}.25",
    "FLOAT": "{n}.5",
    "BOOLEAN": "true",
    "DATE": "date '2025-11-{day:02d}'",
    "TIMESTAMP": "timestamp '2025-11-{day:02d} 05:06:07.000008'",
    "VARCHAR": "'қойма ''{n}'''",
    "BLOB": r"'\x00\xFF{n:02d}'::blob",
}


def frozen(tables: dict[str, str], version: int) -> str:
    """The tables' DDL without comments, and two rows each: all filled, all null."""
    parts = [f"-- Frozen: the schema of version {version}. Never changed again.\n"]
    with duckdb.connect() as connection:
        for table, sql in tables.items():
            (create,) = (
                statement.query
                for statement in connection.extract_statements(sql)
                if "create table" in statement.query
            )
            connection.execute(create)
            _, _, create = create.partition("create table")
            parts.append(f"create table{create.rstrip().rstrip(chr(59))};")
            if table != _LEDGER:
                parts.append(_rows(connection, table))
        ledger = f"insert into {_LEDGER} values ({version}, timestamp '2025-11-01'"
        columns = connection.execute(f"describe {_LEDGER}").fetchall()
        ledger += f", '{CREATED}'" if len(columns) == 3 else ""
        parts.append(f"{ledger});\n")
    return "\n".join(parts)


def _rows(connection: duckdb.DuckDBPyConnection, table: str) -> str:
    columns = connection.execute(f"describe {table}").fetchall()
    filled = [_literal(kind, place) for place, (_, kind, *_) in enumerate(columns)]
    sparse = [
        "null" if nullable == "YES" else _literal(kind, place + 20)
        for place, (_, kind, nullable, *_) in enumerate(columns)
    ]
    rows = ",\n".join(f"    ({', '.join(row)})" for row in (filled, sparse))
    return f"insert into {table} values\n{rows};\n"


def _literal(kind: str, place: int) -> str:
    if kind.endswith("[]"):
        return f"[{_literal(kind[:-2], place)}]"
    if kind.startswith("STRUCT("):
        fields = (field.split() for field in kind[7:-1].split(", "))
        return f"{{{', '.join(f'{n!r}: {_literal(k, place)}' for n, k in fields)}}}"
    if kind.startswith("MAP("):
        key, value = kind[4:-1].split(", ")
        return f"map {{{_literal(key, place)}: {_literal(value, place)}}}"
    return _VALUES[kind].format(n=place, day=1 + place % 28)


if __name__ == "__main__":
    newest = newest_version(load_migrations())
    target = SCHEMAS / f"{newest:04d}.sql"
    if target.exists():
        sys.exit(f"{target} exists: write a migration first, warehouse/migrations/.")
    target.write_text(frozen(schema_statements(), newest), encoding="utf-8")
