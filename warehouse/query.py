"""Asks the published warehouse: users' SQL and named reports."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb

#: The column that leads from a number to the places behind it; tables do not show it.
EVIDENCE = "evidence"
#: DuckDB does not make what nobody selects, as long as the CTEs stay outermost: below a
#: CTE that is read twice it makes everything.
_WITHOUT_EVIDENCE = (
    "{ctes}select columns(lambda name: name <> '" + EVIDENCE + "') from (\n{last}\n)"
)
#: A report's last statement, after its CTEs.
_LAST = re.compile(r"^select\b", re.MULTILINE)
_PARAMETER = re.compile(r"\$([a-z_]+)")


@dataclass(frozen=True)
class Answer:
    """Rows of a query; ``types`` are DuckDB's names of the columns' types."""

    columns: list[str]
    types: list[str]
    rows: list[tuple[Any, ...]]

    def without(self, column: str) -> Answer:
        """The answer without a column; as it is where it has none of that name."""
        if column not in self.columns:
            return self
        keep = [place for place, name in enumerate(self.columns) if name != column]
        return Answer(
            [self.columns[place] for place in keep],
            [self.types[place] for place in keep],
            [tuple(row[place] for place in keep) for row in self.rows],
        )


@dataclass(frozen=True)
class Report:
    """A named report: one SQL file.

    Attributes:
        grain: what a row is, from the comment at the file's head.
        limits: the known limits, which follow there.
        parameters: names that the SQL asks for.
    """

    name: str
    grain: str
    limits: str
    sql: str
    parameters: frozenset[str]


class UnknownReportError(Exception):
    """No report has that name; the message lists those that there are."""


def load_reports() -> dict[str, Report]:
    """Every named report, by name."""
    folder = resources.files("warehouse") / "reports"
    texts = {
        entry.name.removesuffix(".sql"): entry.read_text(encoding="utf-8")
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".sql")
    }
    return {name: _parse(name, text) for name, text in texts.items()}


def run_report(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    values: Mapping[str, Any],
    *,
    with_evidence: bool = True,
) -> Answer:
    """Run a named report.

    Args:
        connection: the published warehouse.
        name: the report.
        values: parameters; those that the report does not ask for must be null.
        with_evidence: whether the places behind its numbers are wanted. Gathering
            them is much of the work of a report that counts many articles.

    Raises:
        UnknownReportError: no such report, or it has no such filter.
    """
    reports = load_reports()
    if name not in reports:
        message = f"unknown report {name!r}. There are: {', '.join(reports)}."
        raise UnknownReportError(message)
    report = reports[name]
    given = {key for key, value in values.items() if value is not None}
    extra = sorted(given - report.parameters)
    if extra:
        message = (
            f"report {name} has no filter {extra}. "
            f"It takes: {', '.join(sorted(report.parameters)) or 'none'}."
        )
        raise UnknownReportError(message)
    used = {key: values.get(key) for key in report.parameters}
    sql = report.sql if with_evidence else _without_evidence(report.sql)
    return ask(connection, sql, used)


def ask(
    connection: duckdb.DuckDBPyConnection,
    sql: str,
    values: Mapping[str, Any] | None = None,
) -> Answer:
    """Run one statement and fetch its rows."""
    cursor = connection.execute(sql, dict(values) if values else None)
    described = cursor.description or []
    return Answer(
        columns=[column[0] for column in described],
        types=[str(column[1]) for column in described],
        rows=cursor.fetchall(),
    )


def _without_evidence(sql: str) -> str:
    last = _LAST.search(sql)
    begins = last.start() if last else 0
    return _WITHOUT_EVIDENCE.format(ctes=sql[:begins], last=sql[begins:])


def _parse(name: str, text: str) -> Report:
    comments = []
    for line in text.splitlines():
        if not line.startswith("--"):
            break
        comments.append(line.removeprefix("--").strip())
    body = "\n".join(
        line for line in text.splitlines() if not line.lstrip().startswith("--")
    )
    grain, _, limits = " ".join(comments).partition("Limits:")
    return Report(
        name=name,
        grain=grain.removeprefix("Grain:").strip(),
        limits=limits.strip(),
        sql=text,
        parameters=frozenset(_PARAMETER.findall(body)),
    )
