"""The split rejects what the rules count, by the same predicates."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

import duckdb
import pytest
from check_rows import failing, record, write
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.rules import RULES
from checks.split import CRITICAL_RULES, split_records

UNDATED = {"published_at": None, "published_date": None}
CHANGES = {
    "title_length": st.sampled_from([None, 0, 1]),
    "text_length": st.sampled_from([None, 0, 1]),
    "replacement_count": st.sampled_from([0, 1]),
    "published_date": st.sampled_from(
        [None, dt.date(1850, 1, 1), dt.date(2025, 12, 19), dt.date(2031, 5, 2)]
    ),
    "published_precision": st.sampled_from(["minute", "day", "unknown", "odd", None]),
    "published_basis": st.sampled_from(["body", "unknown", "odd"]),
    "language": st.sampled_from(["kk", "", None]),
    "script": st.sampled_from(["cyrillic", "other", None]),
}


@pytest.fixture
def connection():
    with duckdb.connect() as opened:
        yield opened


def test_a_good_batch_loses_no_record(connection, tmp_path):
    found = split_records(connection, write([record(1), record(2)], tmp_path))

    assert found.is_empty()
    assert found.columns == ["file_id", "record_no", "rule_id"]


def test_a_record_is_named_with_every_critical_rule_it_fails(connection, tmp_path):
    rows = [record(1), record(2, title_length=0, text_length=0, word_count=0)]

    found = split_records(connection, write(rows, tmp_path))

    assert found.rows() == [(1002, 1, "title_present"), (1002, 1, "text_present")]


def test_a_warning_rejects_nothing(connection, tmp_path):
    rows = [record(1, word_count=3, has_scan_noise=True, language="und")]

    assert split_records(connection, write(rows, tmp_path)).is_empty()


def test_a_folder_may_have_any_name(connection, tmp_path):
    folder = tmp_path / "it's [a] қойма*?"
    folder.mkdir()

    assert (
        split_records(connection, write([record(title_length=0)], folder)).height == 1
    )


@settings(deadline=None, max_examples=60)  # opening DuckDB takes its time
@given(st.lists(st.fixed_dictionaries({}, optional=CHANGES), max_size=6))
def test_the_split_and_the_rules_find_the_same_records(changes):
    rows = [record(n, **change) for n, change in enumerate(changes)]

    with duckdb.connect() as connection, tempfile.TemporaryDirectory() as folder:
        split = set(split_records(connection, write(rows, Path(folder))).rows())

    assert split == {
        (row[0], row[1], rule.rule_id)
        for rule in CRITICAL_RULES
        for row in failing(rule, rows)
    }


def test_rules_may_be_chosen(connection, tmp_path):
    batch = write([record(1, word_count=3)], tmp_path)

    found = split_records(connection, batch, rules=[RULES["text_long_enough"]])

    assert found["rule_id"].to_list() == ["text_long_enough"]
