"""Figures of two states compared."""

from __future__ import annotations

from contextlib import closing

import pytest

from warehouse.catalog import open_reports
from warehouse.definitions import load_definitions
from warehouse.figures import Figures, compare_figures, read_figures
from warehouse.query import Answer, load_reports

#: Reports of loads: what they show is another thing after every load.
OF_LOADS = {
    "failed_checks",
    "load_health",
    "quality_over_time",
    "rejected_inputs",
    "restatements",
}
COLUMNS = ["source", "name", "articles", "share_percent"]
BEFORE = [("a", "А", 90, 90.0), ("b", "Ә", 10, 10.0), ("c", "Б", 0, 0.0)]


@pytest.fixture(scope="module")
def published(samples):
    with closing(open_reports(samples.data / "reports.duckdb")) as connection:
        yield connection


def figures(rows, columns=COLUMNS):
    types = ["VARCHAR", "VARCHAR", "BIGINT", "DOUBLE"]
    return Figures({"coverage_by_source": Answer(columns, types, rows)}, {}, {})


def compare(before, after):
    changes, (total,) = compare_figures(figures(before), figures(after))
    told = [
        (change.row["source"], change.column, change.before, change.after, change.kind)
        for change in changes
    ]
    return told, total, [change.weight for change in changes]


def test_every_report_but_those_of_loads_has_a_key_of_its_own_columns(published):
    definitions = load_definitions()
    without = {name for name, one in definitions.items() if not one.key}
    assert without == OF_LOADS
    found = read_figures(published)
    assert set(found.reports) == set(load_reports()) - OF_LOADS
    for name, answer in found.reports.items():
        one = definitions[name]
        assert {*one.key, *one.aside} <= set(answer.columns), name
        places = [answer.columns.index(column) for column in one.key]
        keys = [tuple(row[place] for place in places) for row in answer.rows]
        # A quotation may stand twice in an article; most rows are told apart.
        assert len(set(keys)) >= 0.9 * len(keys), name


def test_one_state_differs_in_nothing_from_itself(published):
    found = read_figures(published)
    changes, totals = compare_figures(found, read_figures(published))
    assert changes == []
    assert all(total.is_same for total in totals)
    assert found.tables["fact_article"] == found.tables["article_measure"] > 0
    assert 0 < found.trust["quotations with a speaker"] <= 100


def test_the_heaviest_change_stands_first():
    told, total, weights = compare(
        BEFORE, [("a", "А", 80, 80.0), ("b", "Ә", 12, 20.0), ("c", "Б", 0, 0.0)]
    )
    assert told[-1] == ("b", "articles", 10, 12, "changed")
    assert weights == [0.1, 0.1, 0.1, 0.02]
    assert (total.changed, total.new, total.gone) == (2, 0, 0)


def test_rows_that_come_and_go_are_told_by_their_main_figure():
    told, total, weights = compare(BEFORE, [*BEFORE[:1], ("d", "Г", 25, 5.0)])
    assert told == [
        ("d", "articles", None, 25, "new"),
        ("b", "articles", 10, None, "gone"),
        ("c", "articles", 0, None, "gone"),
    ]
    assert weights == [round(25 / 115, 4), round(10 / 115, 4), 0.0]
    assert (total.changed, total.new, total.gone) == (0, 1, 2)
    assert (total.rows_before, total.rows_after) == (3, 2)


def test_words_and_unknown_values_are_compared_too():
    told, _, weights = compare(BEFORE, [("a", None, 90, None), *BEFORE[1:]])
    assert told == [
        ("a", "share_percent", 90.0, None, "changed"),
        ("a", "name", "А", None, "changed"),
    ]
    assert weights == [0.9, round(1 / 3, 4)]


def test_the_order_of_rows_is_no_difference():
    assert compare(BEFORE, BEFORE[::-1])[0] == []
