"""What makes articles behind: versions of steps, their tables and rules included."""

from dataclasses import replace

import polars as pl
import pytest

from checks.split import CRITICAL_RULES
from flows import versions
from flows.references import load_references
from flows.reprocess import STEPS
from flows.versions import RAW_STEPS, raw_versions


@pytest.fixture(scope="module")
def references():
    return load_references(None)


def _changed(before, after):
    return {step for step in before if before[step] != after[step]}


def test_each_raw_step_has_a_version_and_can_be_asked_for(references):
    assert set(raw_versions(references)) == set(RAW_STEPS) < set(STEPS)
    assert {"read", "clean", "parse", "check"} < set(RAW_STEPS)


def test_a_table_is_part_of_the_version_of_the_step_that_reads_it(references):
    before = raw_versions(references)
    names = references.field_names
    fewer = replace(references, field_names=names.head(names.height - 1))
    assert _changed(before, raw_versions(fewer)) == {"read"}
    for column, steps in (("spellings", {"parse"}), ("kind", set())):
        outlets = references.outlets.with_columns(pl.lit("x").alias(column))
        other = raw_versions(replace(references, outlets=outlets))
        assert _changed(before, other) == steps, column


def test_the_rules_that_refuse_records_are_the_version_of_check(
    references, monkeypatch
):
    before = raw_versions(references)
    monkeypatch.setattr(versions, "CRITICAL_RULES", CRITICAL_RULES[1:])
    assert _changed(before, raw_versions(references)) == {"check"}
