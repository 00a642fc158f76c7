"""The data dictionary: tables, views and macros with examples and their reports."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from warehouse.catalog import schema_statements
from warehouse.examples import find_examples
from warehouse.query import load_reports
from warehouse.views import view_statements

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import duckdb

#: A line for the linter, not for readers.
_LINTER = "-- noqa"
_GRAIN = "-- Grain:"
_COMMENT = re.compile(r"--[^\n]*")
#: A code such as 'quotes' is not the view of that name.
_TEXT = re.compile(r"'[^']*'")
_WORD = re.compile(r"\w+")
#: Characters of an example that are shown.
_SHOWN = 60
#: Marks that Markdown would take for its own.
_MARKUP = re.compile(r"([\\`*|<>\[\]])")


def dictionary_page(
    connection: duckdb.DuckDBPyConnection,
    *,
    note: str = "",
    path: str | None = None,
    fixed: Mapping[str, str] | None = None,
) -> str:
    """The data dictionary as Markdown.

    Grain and meaning come from the schema's SQL, examples from the rows there are.

    Args:
        connection: the published warehouse.
        note: a line below the title.
        path: the input whose article gives the examples (`fact_file.path`); null for
            the article that most was read out of.
        fixed: `table.column`, or `column` of any table, to its example, where the value
            differs from run to run.
    """
    examples = find_examples(connection, path=path)
    used_by = _reports_by_name()
    parts = ["# Data dictionary\n", note]
    tables = list(schema_statements())
    comments = _comments(connection)
    views = [name for name in view_statements() if name in comments]
    parts += [_contents("Tables", tables), _contents("Views", views)]
    for name in [*tables, *views]:
        parts += [f"## {name}\n", f"{comments.get(name) or _header(name)}\n"]
        parts += [f"Reports: {', '.join(used_by[name])}.\n"] if name in used_by else []
        parts += [
            "| column | type | may be null | meaning | example |",
            "|---|---|---|---|---|",
        ]
        found = examples.get(name, {}) | _fixed_of(name, fixed or {})
        parts += [
            _row(*column, found.get(column[0])) for column in _columns(connection, name)
        ]
        parts.append("")
    macros = [name for name in view_statements() if name not in views]
    parts += ["## Macros\n", "SQL of our own, in any client that opens the file.\n"]
    parts += ["| macro | gives | reports |", "|---|---|---|"]
    for name in macros:
        call = f"`{name}({', '.join(_parameters(connection, name))})`"
        reports = ", ".join(used_by.get(name, []))
        parts.append(f"| {call} | {_cell(_header(name))} | {reports} |")
    return "\n".join(parts) + "\n"


def _fixed_of(table: str, fixed: Mapping[str, str]) -> dict[str, str]:
    """Column to example, those named with the table first."""
    own = {name: text for name, text in fixed.items() if "." not in name}
    prefix = f"{table}."
    return own | {
        name.removeprefix(prefix): text
        for name, text in fixed.items()
        if name.startswith(prefix)
    }


def _row(
    name: str,
    kind: str,
    nullable: bool,  # noqa: FBT001 - a value of a row
    comment: str | None,
    example: Any,
) -> str:
    cells = (
        f"`{name}`",
        kind.lower(),
        "yes" if nullable else "no",
        _cell(comment or ""),
        _cell(_shown(example)),
    )
    return f"| {' | '.join(cells)} |"


def _shown(value: Any) -> str:
    """A value on one line, cut where it is long."""
    if value is None:
        return ""
    if isinstance(value, bytes):
        text = value.hex()
    elif isinstance(value, dict):
        text = ", ".join(f"{key}: {_shown(one)}" for key, one in value.items())
    elif isinstance(value, list):
        text = ", ".join(_shown(one) for one in value)
    elif isinstance(value, bool):
        text = str(value).lower()
    elif isinstance(value, float):
        text = f"{value:.10g}" if value == round(value, 4) else f"{value:.4f}"
    else:
        text = str(value)
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1].rstrip()}…"


def _cell(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)


def _contents(title: str, names: list[str]) -> str:
    if not names:
        return ""
    return f"{title}: {', '.join(f'[{name}](#{name})' for name in names)}.\n"


def _columns(
    connection: duckdb.DuckDBPyConnection, table: str
) -> list[tuple[str, str, bool, str | None]]:
    return connection.execute(
        """
        select column_name, data_type, is_nullable, comment
        from duckdb_columns()
        where table_name = ? and database_name = current_database()
        order by column_index
        """,
        [table],
    ).fetchall()


def _comments(connection: duckdb.DuckDBPyConnection) -> dict[str, str | None]:
    """Table or view to its comment."""
    return dict(
        connection.execute(
            """
            select table_name, comment from duckdb_tables()
            where database_name = current_database()
            union all
            select view_name, comment from duckdb_views()
            where database_name = current_database() and not internal
            """
        ).fetchall()
    )


def _parameters(connection: duckdb.DuckDBPyConnection, macro: str) -> list[str]:
    row = connection.execute(
        "select parameters from duckdb_functions() where function_name = ? "
        "and database_name = current_database()",
        [macro],
    ).fetchone()
    return list(row[0]) if row else []


def _header(view: str) -> str:
    """The comment lines that a view's or macro's SQL begins with, as one text."""
    lines = []
    for line in view_statements()[view].splitlines():
        if not line.startswith("--"):
            break
        if line.startswith(_LINTER):
            continue
        lines.append(line.removeprefix(_GRAIN).removeprefix("--").strip())
    text = " ".join(lines)
    return text[:1].upper() + text[1:]


def _reports_by_name() -> dict[str, list[str]]:
    """Table, view or macro to the reports that ask it, directly or through others."""
    views = view_statements()
    names = {*schema_statements(), *views}
    asked = {view: set(_names_in(text, names)) - {view} for view, text in views.items()}
    users: dict[str, list[str]] = {}
    for report in load_reports().values():
        reached: set[str] = set()
        waiting = set(_names_in(report.sql, names))
        while waiting:
            name = waiting.pop()
            reached.add(name)
            waiting |= asked.get(name, set()) - reached
        for name in reached:
            users.setdefault(name, []).append(report.name)
    return {name: sorted(reports) for name, reports in users.items()}


def _names_in(sql: str, names: set[str]) -> Iterator[str]:
    for word in _WORD.findall(_TEXT.sub("", _COMMENT.sub("", sql))):
        if word in names:
            yield word
