"""A page for every report: question, chart, table, CSV."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from warehouse.definitions import LANGUAGES, load_definitions
from warehouse.query import EVIDENCE, load_reports, run_report
from warehouse.site.charts import Drawn, draw
from warehouse.site.csv_file import csv_text
from warehouse.site.markup import render
from warehouse.site.tables import Making, Table, make_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import duckdb

    from warehouse.definitions import Definition
    from warehouse.query import Answer, Report
    from warehouse.site.frame import Frame
    from warehouse.site.texts import Texts


@dataclass(frozen=True)
class ReportPage:
    """What a report's page shows."""

    report: Report
    definition: Definition
    answer: Answer
    table: Table
    chart: Drawn | None

    @property
    def limits(self) -> Texts:
        """What a row is, and the known limits."""
        english = f"One row is {self.report.grain} Limits: {self.report.limits}"
        return self.definition.limits | {"en": english}


def label_of(definition: Definition) -> Callable[[str], Texts]:
    """A report's column to what readers see above it."""

    def label(column: str) -> Texts:
        return {name: definition.column(column, name) for name in LANGUAGES}

    return label


def gather_reports(
    connection: duckdb.DuckDBPyConnection, making: Making
) -> list[ReportPage]:
    """Run every report once, over everything, in the order of lists."""
    reports = load_reports()
    pages = []
    for name, definition in load_definitions().items():
        answer = run_report(connection, name, {})
        label = label_of(definition)
        pages.append(
            ReportPage(
                reports[name],
                definition,
                answer.without(EVIDENCE),
                make_table(making.below(), "table", answer, label),
                draw(definition.chart, answer, label, making.names),
            )
        )
    return pages


def render_reports(frame: Frame, pages: list[ReportPage]) -> Iterator[tuple[str, str]]:
    """Paths and texts of the pages and their CSV files."""
    for page in pages:
        name = page.report.name
        yield f"report/{name}.csv", csv_text(page.answer)
        yield (
            f"report/{name}.html",
            render(
                "report.html",
                frame=frame.at("../", "reports", page.definition.title),
                page=page,
                others=[other.definition for other in pages],
            ),
        )
