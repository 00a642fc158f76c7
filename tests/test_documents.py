"""Documents say what the code does."""

import re

import pytest

from flows.documents import documents
from flows.settings import Settings
from tests.conftest import ROOT
from warehouse.catalog import schema_statements
from warehouse.query import load_reports


@pytest.mark.parametrize("name", documents())
def test_a_generated_document_is_current(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert text == documents()[name], "run `make docs`"


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
    assert report.limits
    assert {"since", "until"} <= report.parameters
    assert f"`{name}`" in (ROOT / "README.md").read_text(encoding="utf-8")
