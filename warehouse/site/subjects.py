"""Pages of people, countries and stories: a list of each, and a page of each one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from warehouse.definitions import LANGUAGES, Chart, shared_columns
from warehouse.query import ask
from warehouse.site.asking import ask_by_page, keep_table, site_sql
from warehouse.site.charts import Drawn, draw
from warehouse.site.frame import same
from warehouse.site.markup import render
from warehouse.site.tables import Making, Table, make_table
from warehouse.site.texts import site_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

    from warehouse.query import Answer
    from warehouse.site.frame import Frame
    from warehouse.site.texts import Texts

#: Most pages of people and of stories: the most named, the newest.
MOST_PEOPLE = 1000
MOST_STORIES = 1000
#: Rows of a part of a page, such as quotes of a person.
_MOST_ROWS = 40
_MOST_TOPICS = 12
_WEEKS = Chart("bar", "week", "articles")
_DAYS = Chart("bar", "day", "articles", "source")


@dataclass(frozen=True)
class Part:
    """A titled table of a page."""

    heading: str
    table: Table


@dataclass(frozen=True)
class Subject:
    """One person, country or story.

    Attributes:
        path: its page.
        title: its name by language.
        row: its figures, from the list.
        chart: articles over time.
        parts: tables.
    """

    path: str
    title: Texts
    row: dict[str, Any]
    chart: Drawn | None
    parts: list[Part]


@dataclass(frozen=True)
class Listing:
    """All pages of one kind.

    Attributes:
        section: people, countries or stories.
        table: the list.
        subjects: those with a page.
        figures: columns of `Subject.row` that stand at the top of a page.
        chart_heading: key of the chart's title.
    """

    section: str
    table: Table
    subjects: list[Subject]
    figures: tuple[str, ...]
    chart_heading: str


def label(column: str) -> Texts:
    """What readers see above a column of the site's own tables."""
    own: dict[str, Texts] = site_texts()["columns"]
    texts = own.get(column) or shared_columns().get(column)
    if texts is None:
        message = f"warehouse/site/texts.toml: add [columns.{column}]"
        raise KeyError(message)
    return {name: texts[name] for name in LANGUAGES}


def gather_people(
    connection: duckdb.DuckDBPyConnection, making: Making, answer: Answer
) -> Listing:
    """People: weeks, offices, quotes, meetings, articles.

    Args:
        connection: the published warehouse.
        making: what tables need.
        answer: `people_answer`.
    """
    weeks = ask_by_page(connection, "person_weeks")
    parts = {
        "offices": ask_by_page(connection, "person_offices"),
        "said": ask_by_page(connection, "person_quotes", most=_MOST_ROWS),
        "meetings": ask_by_page(connection, "event_list", subject="person"),
        "where_named": ask_by_page(connection, "person_articles", most=_MOST_ROWS),
    }
    subjects = [
        Subject(
            f"person/{row['person_id']}.html",
            _named(row, "person"),
            row,
            _chart(making, _WEEKS, weeks.get(row["person_id"])),
            _parts(making, parts, row["person_id"]),
        )
        for row in _rows(answer)
    ]
    table = make_table(making, "people", answer, label, most_rows=MOST_PEOPLE)
    figures = ("articles", "without_copies", "mentions", "quotes")
    return Listing("people", table, subjects, figures, "articles_a_week")


def people_answer(connection: duckdb.DuckDBPyConnection, making: Making) -> Answer:
    """The people with pages; their names lead there from then on."""
    answer = ask(connection, site_sql("people"), {"most": MOST_PEOPLE})
    rows = _rows(answer)
    making.names.add_people(rows)
    spelled = ask(
        connection,
        "select entity_id, coalesce(merged_into, entity_id) from dim_entity "
        "where coalesce(merged_into, entity_id) in (select unnest($ids::bigint[]))",
        {"ids": [row["person_id"] for row in rows]},
    ).rows
    columns = {"entity_id": "bigint", "person_id": "bigint"}
    keep_table(connection, "site_person", columns, spelled)
    return answer


def countries_answer(connection: duckdb.DuckDBPyConnection, making: Making) -> Answer:
    """The countries with pages; their names lead there from then on."""
    answer = ask(connection, site_sql("countries"))
    making.names.country_pages = {row["country"] for row in _rows(answer)}
    return answer


def stories_answer(connection: duckdb.DuckDBPyConnection, making: Making) -> Answer:
    """The stories with pages; their titles lead there from then on."""
    answer = ask(connection, site_sql("stories"), {"most": MOST_STORIES})
    making.names.story_pages = {row["story_id"] for row in _rows(answer)}
    keep_table(
        connection,
        "site_story",
        {"story_id": "bigint"},
        [(key,) for key in sorted(making.names.story_pages)],
    )
    return answer


def gather_countries(
    connection: duckdb.DuckDBPyConnection, making: Making, answer: Answer
) -> Listing:
    """Countries: weeks, topics, events, articles."""
    weeks = ask_by_page(connection, "country_weeks")
    parts = {
        "topics": ask_by_page(connection, "country_topics", most=_MOST_TOPICS),
        "events": ask_by_page(connection, "event_list", subject="country"),
        "where_named": ask_by_page(connection, "country_articles", most=_MOST_ROWS),
    }
    subjects = [
        Subject(
            f"country/{row['country']}.html",
            making.names.texts["country"][row["country"]],
            row,
            _chart(making, _WEEKS, weeks.get(row["page_id"])),
            _parts(making, parts, row["page_id"]),
        )
        for row in _rows(answer)
    ]
    table = make_table(making, "countries", answer, label)
    figures = ("articles", "without_copies", "mentions")
    return Listing("countries", table, subjects, figures, "articles_a_week")


def gather_stories(
    connection: duckdb.DuckDBPyConnection, making: Making, answer: Answer
) -> Listing:
    """Stories: their days, people, articles in the order of telling."""
    days = ask_by_page(connection, "story_days")
    parts = {
        "articles": ask_by_page(connection, "story_articles", most=_MOST_ROWS),
        "people": ask_by_page(connection, "story_people", most=_MOST_TOPICS),
    }
    subjects = [
        Subject(
            f"story/{row['story_id']}.html",
            same(row["title"] or "…"),
            row,
            _chart(making, _DAYS, days.get(row["story_id"])),
            _parts(making, parts, row["story_id"]),
        )
        for row in _rows(answer)
    ]
    table = make_table(making, "stories", answer, label, most_rows=MOST_STORIES)
    figures = ("articles", "sources")
    return Listing("stories", table, subjects, figures, "story_life")


def render_listing(frame: Frame, listing: Listing) -> Iterator[tuple[str, str]]:
    """Paths and texts of the list and of every page in it."""
    section = listing.section
    title = {name: site_texts()["ui"][section][name] for name in LANGUAGES}
    yield (
        f"{section}.html",
        render(
            "listing.html",
            frame=frame.at("", section, title, charts=False),
            listing=listing,
        ),
    )
    for subject in listing.subjects:
        yield (
            subject.path,
            render(
                "subject.html",
                frame=frame.at(
                    "../", section, subject.title, charts=subject.chart is not None
                ),
                subject=subject,
                figures={name: subject.row[name] for name in listing.figures},
                chart_heading=listing.chart_heading,
                label=label,
            ),
        )


def _rows(answer: Answer) -> list[dict[str, Any]]:
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


def _named(row: dict[str, Any], column: str) -> Texts:
    kazakh = row[column]
    return {
        "kk": kazakh,
        "ru": row[f"{column}_ru"] or kazakh,
        "en": row[f"{column}_en"] or kazakh,
    }


def _chart(making: Making, chart: Chart, answer: Answer | None) -> Drawn | None:
    return draw(chart, answer, label, making.names) if answer else None


def _parts(
    making: Making, answers: dict[str, dict[Any, Answer]], key: int
) -> list[Part]:
    return [
        Part(
            heading,
            make_table(
                making.below(),
                heading,
                by_page[key],
                label,
                keep_empty=False,
            ),
        )
        for heading, by_page in answers.items()
        if key in by_page
    ]
