"""The first page, the list of reports, and the page on the quality of the data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from warehouse.definitions import LANGUAGES, Chart
from warehouse.query import Answer, ask
from warehouse.site.asking import ask_site, site_sql
from warehouse.site.charts import Drawn, draw
from warehouse.site.markup import render
from warehouse.site.subjects import label
from warehouse.site.tables import Making, Table, make_table
from warehouse.site.texts import site_texts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    import duckdb

    from warehouse.site.frame import Frame
    from warehouse.site.reports import ReportPage

_TOP = 8
_NEWEST = 8
_WEEKS = Chart("bar", "week", "articles", "language")
#: Where a key figure leads: the page with what was counted.
_FIGURE_PAGES = {
    "articles": "report/latest_articles.html",
    "without_copies": "report/coverage_by_source.html",
    "stories": "stories.html",
    "sources": "report/coverage_by_source.html",
    "quotes": "report/quotes_by.html",
    "events": "report/meetings.html",
}
#: Reports that the page on quality shows in short.
_QUALITY = ("measures", "restatements", "load_health", "trust", "rejected_inputs")
_SHORT = 12


@dataclass(frozen=True)
class Overview:
    """What the first page shows."""

    days: int
    since: date | None
    until: date | None
    figures: list[dict[str, Any]]
    weeks: Drawn | None
    people: Table
    countries: Table
    stories: Table
    newest: Table
    load: dict[str, Any] | None


@dataclass(frozen=True)
class Quality:
    """What the page on quality shows."""

    load: dict[str, Any] | None
    rules: int
    failed: Table
    remedies: Table
    trends: Table
    waivers: Table
    quarantine: Table
    files: Table
    reports: list[tuple[ReportPage, Table]]


def newest_load(connection: duckdb.DuckDBPyConnection) -> dict[str, Any] | None:
    """The newest load; None before the first."""
    rows = ask_site(connection, "newest_load")
    return rows[0] if rows else None


def gather_overview(
    connection: duckdb.DuckDBPyConnection,
    making: Making,
    lists: dict[str, Answer],
    reports: list[ReportPage],
    days: int,
) -> Overview:
    """Key figures, and the tops of lists."""
    figures = ask_site(connection, "key_figures", days=days)
    pages = {f"report/{page.report.name}.html" for page in reports} | {"stories.html"}
    for figure in figures:
        path = _FIGURE_PAGES[figure["figure"]]
        figure["page"] = path if path in pages else "reports.html"

    def top(name: str, columns: str) -> Table:
        answer = _columns(lists[name], columns)
        return make_table(making, f"top_{name}", answer, label, most_rows=_TOP)

    weeks = ask(connection, site_sql("weeks"))
    latest = next(
        (page.answer for page in reports if page.report.name == "latest_articles"),
        Answer([], [], []),
    )
    ((until,),) = ask(
        connection, "select max(published_date) from fact_article where is_current"
    ).rows
    return Overview(
        days,
        until - timedelta(days=days - 1) if until else None,
        until,
        figures,
        draw(_WEEKS, weeks, label, making.names),
        top("people", "person_id person person_ru person_en articles quotes evidence"),
        top("countries", "country articles mentions evidence"),
        top("stories", "story_id title articles sources life evidence"),
        make_table(
            making,
            "newest",
            _columns(latest, "published_date source title article_id"),
            label,
            most_rows=_NEWEST,
        ),
        newest_load(connection),
    )


def gather_quality(
    connection: duckdb.DuckDBPyConnection, making: Making, reports: list[ReportPage]
) -> Quality:
    """What the newest load broke and why, trends, quarantine, reports in short."""

    def table(name: str) -> Table:
        answer = ask(connection, site_sql(name))
        return make_table(making, name, answer, label, keep_empty=False)

    (counted,) = ask_site(connection, "rules_checked")
    by_name = {page.report.name: page for page in reports}
    return Quality(
        newest_load(connection),
        counted["rules"],
        table("failed_causes"),
        table("remedies"),
        table("rule_trends"),
        table("waivers"),
        table("open_rejections"),
        table("files_by_status"),
        [
            (by_name[name], _shortened(by_name[name].table))
            for name in _QUALITY
            if name in by_name
        ],
    )


def render_overview(
    frame: Frame, overview: Overview, reports: list[ReportPage]
) -> Iterator[tuple[str, str]]:
    """The list of reports and the first page."""
    yield (
        "reports.html",
        render(
            "reports.html",
            frame=frame.at("", "reports", _title("reports"), charts=False),
            pages=reports,
        ),
    )
    yield (
        "index.html",
        render(
            "index.html",
            frame=frame.at("", "overview", _title("overview")),
            page=overview,
            label=label,
            reports=reports,
        ),
    )


def render_quality(frame: Frame, quality: Quality) -> Iterator[tuple[str, str]]:
    """The page on the quality of the data."""
    yield (
        "quality.html",
        render(
            "quality.html",
            frame=frame.at("", "quality", _title("quality"), charts=False),
            page=quality,
            label=label,
        ),
    )


def _title(section: str) -> dict[str, str]:
    return {name: site_texts()["ui"][section][name] for name in LANGUAGES}


def _columns(answer: Answer, names: str) -> Answer:
    """Some columns of an answer, in this order."""
    kept = [name for name in names.split() if name in answer.columns]
    places = [answer.columns.index(name) for name in kept]
    return Answer(
        kept,
        [answer.types[place] for place in places],
        [tuple(row[place] for place in places) for row in answer.rows],
    )


def _shortened(table: Table) -> Table:
    return Table(
        table.name, table.columns, table.rows[:_SHORT], table.total, has_evidence=False
    )
