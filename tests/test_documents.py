"""Documents say what the code does."""

import re

import pytest

from flows.documents import DICTIONARY, dictionary_of, documents
from flows.settings import Settings
from tests.conftest import ROOT
from warehouse.catalog import schema_statements
from warehouse.query import load_reports


@pytest.mark.parametrize("name", documents())
def test_a_generated_document_is_current(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert text == documents()[name], "run `make docs`"


def test_the_dictionary_is_current(samples):
    text = (ROOT / DICTIONARY).read_text(encoding="utf-8")
    assert text == dictionary_of(samples.data / "reports.duckdb"), "run `make docs`"


def test_the_dictionary_has_an_example_of_every_column_that_has_values(samples):
    page = (ROOT / DICTIONARY).read_text(encoding="utf-8")
    sections = dict(
        part.split("\n", 1)
        for part in page.partition("## Macros")[0].split("\n## ")[1:]
    )
    views = {
        name
        for (name,) in samples.ask(
            "select view_name from duckdb_views() where not internal"
        )
    }
    assert sections.keys() == schema_statements().keys() | views
    for name, section in sections.items():
        rows = re.findall(r"^\| `(\w+)` \|.*\| ([^|]*) ?\|$", section, re.MULTILINE)
        blank = [column for column, example in rows if not example.strip()]
        for column in blank:
            values = f"select count(*) from {name} where length({column}::varchar) > 2"
            assert samples.one(values) == 0, f"{name}.{column}"


def test_the_dictionary_names_the_reports_of_each_table():
    page = (ROOT / DICTIONARY).read_text(encoding="utf-8")
    for report in load_reports():
        assert re.search(rf"^(Reports: .*\b|.*\| .*\b){report}\b", page, re.MULTILINE)


def test_the_readme_names_every_command():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = re.findall(
        r"^## `(qoima \w+)", documents()["docs/commands.md"], re.MULTILINE
    )
    assert [name for name in commands if name not in readme] == []


def test_every_setting_has_a_description():
    assert all(field.description for field in Settings.model_fields.values())


@pytest.mark.parametrize("table", schema_statements())
def test_every_table_and_column_has_a_comment_and_a_grain(table):
    sql = schema_statements()[table]
    assert sql.startswith("-- Grain: ")
    columns = re.findall(r"^    (\w+) ", sql.partition(");")[0], re.MULTILINE)
    described = re.findall(rf"comment on column {table}\.(\w+) is", sql)
    assert described == columns
    assert f"comment on table {table} is" in sql


@pytest.mark.parametrize("name", load_reports())
def test_every_report_says_its_grain_and_limits(name):
    report = load_reports()[name]
    assert report.sql.startswith("-- Grain: ")
    assert report.grain.endswith(".")
    assert report.limits
    assert {"since", "until"} <= report.parameters
    assert f"`{name}`" in (ROOT / "README.md").read_text(encoding="utf-8")
