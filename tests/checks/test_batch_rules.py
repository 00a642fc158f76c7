"""Every batch rule passes on a good batch, fails on a bad and lets a small one be."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from check_rows import failing, record

from checks.batch_rules import BATCH_RULES, ENOUGH_RECORDS
from checks.rules import RULES

_NEW_YEAR = {
    "published_precision": "day",
    "published_at": None,
    "published_date": dt.date(2024, 1, 1),
}
_COPY = {"article_id": 1, "record_hash": "a" * 64}

#: rule -> what a bad record is, and how many of 20 are let pass.
BAD: dict[str, tuple[dict[str, Any], int]] = {
    "batch_language_decided": ({"language": "und"}, 10),
    "batch_texts_readable": ({"replacement_count": 3}, 10),
    "batch_not_on_one_new_year": (_NEW_YEAR, 10),
    "batch_first_january_share": (_NEW_YEAR, 1),
    "batch_dates_known": ({"published_date": None}, 6),
    "batch_dates_read": ({"published_basis": "filename"}, 10),
    "batch_outlets_known": ({"source_is_known": False}, 6),
    "batch_languages_decided": ({"language": "und"}, 2),
    "batch_kazakh_present": ({"language": "ru"}, 16),
    # Of equal records one is the original.
    "batch_records_differ": (_COPY, 7),
    "batch_texts_long_enough": ({"word_count": 5}, 6),
}
SHARES = [rule for rule in BATCH_RULES if rule.rule_id != "batch_records_unique"]
by_id = pytest.mark.parametrize("rule", SHARES, ids=lambda rule: rule.rule_id)


def batch(bad: dict[str, Any], bad_count: int, size: int = ENOUGH_RECORDS):
    return [record(n, **(bad if n < bad_count else {})) for n in range(size)]


@by_id
def test_a_share_within_bounds_passes(rule):
    bad, allowed = BAD[rule.rule_id]

    assert failing(rule, batch({}, 0)) == []
    assert failing(rule, batch(bad, allowed)) == []


@by_id
def test_a_share_over_the_bounds_fails_with_its_records(rule):
    bad, allowed = BAD[rule.rule_id]
    copies = rule.rule_id == "batch_records_differ"

    found = failing(rule, batch(bad, allowed + 1))

    assert len(found) == allowed + (0 if copies else 1)
    assert found[0][2].startswith("kazinform/")


@by_id
def test_a_small_batch_never_raises_an_alarm(rule):
    bad, _ = BAD[rule.rule_id]

    assert failing(rule, batch(bad, ENOUGH_RECORDS - 1, ENOUGH_RECORDS - 1)) == []


@by_id
def test_an_empty_batch_passes(rule):
    assert failing(rule, []) == []


@pytest.mark.parametrize(
    "unreadable",
    [
        {"title_length": 0},
        {"text_length": 0},
        {"control_count": 2},
        {"letter_count": 999},
        {"letter_count": 40, "text_length": 100},
    ],
)
def test_a_batch_is_unreadable_in_several_ways(unreadable):
    rule = RULES["batch_texts_readable"]

    assert len(failing(rule, batch(unreadable, 11))) == 11


def test_first_days_of_different_years_are_not_one_new_year():
    rows = [
        record(n, **{**_NEW_YEAR, "published_date": dt.date(2000 + n % 2, 1, 1)})
        for n in range(20)
    ]

    assert failing(RULES["batch_not_on_one_new_year"], rows) == []
    assert len(failing(RULES["batch_first_january_share"], rows)) == 20


def test_two_records_in_one_place_fail_at_any_size():
    rule = RULES["batch_records_unique"]

    assert failing(rule, [record(1), record(2)]) == []
    assert failing(rule, [record(1), record(1)]) == [(1001, 1, "kazinform/0001.txt", 2)]
