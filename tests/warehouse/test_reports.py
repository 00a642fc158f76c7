"""Every report against its golden folder in `reports/`, and its definition."""

from __future__ import annotations

import json

import pytest

from flows.output import as_json
from tests.warehouse.report_rows import filled_warehouse, golden_names, read_folder
from warehouse.definitions import LANGUAGES, load_definitions
from warehouse.query import EVIDENCE, Answer, load_reports, run_report

NAMES = list(load_reports())


@pytest.mark.parametrize("name", NAMES)
def test_a_report_gives_the_expected_rows(name):
    given, asked = read_folder(name)
    with filled_warehouse(given) as connection:
        for question in asked:
            answer = run_report(connection, name, question["parameters"])
            rows = _rows(
                answer, with_evidence=EVIDENCE in (question["rows"] or [{}])[0]
            )
            assert rows == question["rows"], question["parameters"]
            narrow = run_report(
                connection, name, question["parameters"], with_evidence=False
            )
            assert narrow == answer.without(EVIDENCE)


@pytest.mark.parametrize("name", NAMES)
def test_a_golden_folder_shows_the_report_with_and_without_rows(name):
    _, asked = read_folder(name)
    assert any(question["rows"] for question in asked)
    assert any(question["parameters"] for question in asked)


def test_every_golden_folder_has_its_report():
    assert golden_names() == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_column_has_a_name_in_every_language(name):
    definition = load_definitions()[name]
    with filled_warehouse({}) as connection:
        columns = run_report(connection, name, {}).columns
    for column in columns:
        if column != EVIDENCE:
            assert all(definition.column(column, language) for language in LANGUAGES)
    chart = definition.chart
    if chart:
        assert {chart.x, chart.y, chart.color or chart.x} <= set(columns)


def _rows(answer: Answer, *, with_evidence: bool) -> list[dict[str, object]]:
    rows = json.loads(as_json(answer))
    if not with_evidence:
        for row in rows:
            row.pop(EVIDENCE, None)
    return rows


@pytest.mark.parametrize("name", NAMES)
def test_a_report_that_counts_articles_counts_them_in_three_ways(name):
    with filled_warehouse({}) as connection:
        columns = run_report(connection, name, {}).columns
    # These tell copies from originals by their rows and columns.
    if "articles" in columns and name not in {"top_stories", "first_and_copies"}:
        assert {"without_copies", "stories"} <= set(columns)


def test_the_places_behind_a_number_are_counted():
    given, _ = read_folder("coverage_by_source")
    with filled_warehouse(given) as connection:
        answer = run_report(connection, "coverage_by_source", {})
    column = answer.columns.index(EVIDENCE)
    articles = answer.columns.index("articles")
    assert [len(row[column]) for row in answer.rows] == [
        row[articles] for row in answer.rows
    ]
