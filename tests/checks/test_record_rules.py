"""Every record rule passes on a good row and fails on bad ones."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from check_rows import failing, record

from checks.record_rules import RECORD_RULES
from checks.rules import RULES


def at(*parts: int) -> dt.datetime:
    return dt.datetime(*parts)  # noqa: DTZ001 - times of the batch are naive UTC


DAY = {"published_precision": "day", "published_at": None}
NEW_YEAR = {**DAY, "published_date": dt.date(2025, 1, 1)}
UNDATED = {
    "published_at": None,
    "published_date": None,
    "published_precision": "unknown",
    "published_basis": "unknown",
}
UNKNOWN_OUTLET = {"source_code": "unknown", "source_is_known": False}

#: rule -> what to change in a good row so that it fails.
BAD: dict[str, list[dict[str, Any]]] = {
    "record_keys_present": [
        {"file_id": None},
        {"record_no": 0},
        {"article_id": None},
        {"record_hash": ""},
    ],
    "title_present": [{"title_length": 0}, {"title_length": None}],
    "text_present": [{"text_length": 0}, {"text_length": None}],
    "no_replacement_characters": [{"replacement_count": 1}],
    "published_date_not_in_future": [{"published_date": dt.date(2025, 12, 22)}],
    "published_date_plausible": [{"published_date": dt.date(1899, 12, 31)}],
    "date_codes_valid": [
        {"published_precision": "hour"},
        {"published_basis": "guess"},
        {"published_basis": None},
    ],
    "date_agrees_with_precision": [
        {"published_date": None},
        {"published_at": None},
        {"published_precision": "day"},
        {**UNDATED, "published_basis": "url"},
        {**UNDATED, "published_date": dt.date(2025, 12, 19)},
        {**DAY, "published_precision": "month"},
        {**DAY, "published_precision": "year", "published_date": dt.date(2025, 2, 1)},
    ],
    "language_codes_valid": [
        {"language": "Kazakh"},
        {"language": ""},
        {"language": None},
        {"script": "runic"},
    ],
    "outlet_found": [{**UNKNOWN_OUTLET, "source_named": None}],
    "named_outlet_known": [{**UNKNOWN_OUTLET, "source_named": "Жаңа Газет"}],
    "date_known": [UNDATED],
    "date_not_bare_new_year": [
        {**NEW_YEAR, "published_basis": basis}
        for basis in ("url", "filename", "inferred", "metadata")
    ],
    "modified_not_before_published": [
        {"modified_at": at(2025, 12, 19, 4, 29)},
        {**DAY, "modified_at": at(2025, 12, 17, 23, 0)},
    ],
    "modified_not_in_future": [{"modified_at": at(2025, 12, 21, 3, 1)}],
    "url_valid": [
        {"url": "inform.kz/news/1"},
        {"url": "https://localhost/news"},
        {"url": "https://inform.kz/a b"},
        {"url": "ftp://inform.kz/news"},
        {"url": ""},
    ],
    "language_decided": [{"language": "und"}],
    "language_fits_script": [
        {"language": "ru", "script": "latin"},
        {"language": "en"},
        {"language": "fa"},
    ],
    "kazakh_letters_fit_language": [
        {"kazakh_letter_count": 20},
        {"language": "ru"},
    ],
    "script_fits_letters": [
        {"cyrillic_count": 10, "latin_count": 1640},
        {"script": "latin"},
    ],
    "text_long_enough": [{"word_count": 19}],
    "text_more_than_title": [{"is_title_only": True}],
    "words_of_sane_length": [{"longest_word": 121}],
    "no_control_characters": [{"control_count": 1}],
    "title_of_sane_length": [{"title_length": 301}],
    "author_of_sane_length": [{"author_length": 81}],
    "text_of_one_article": [{"word_count": 15_001}],
    "no_scan_noise": [{"has_scan_noise": True}],
}

#: rule -> rows near the edge that are good.
GOOD: dict[str, list[dict[str, Any]]] = {
    "published_date_not_in_future": [
        {"published_date": dt.date(2025, 12, 21)},
        UNDATED,
    ],
    "published_date_plausible": [{"published_date": dt.date(1900, 1, 1)}, UNDATED],
    "date_agrees_with_precision": [
        UNDATED,
        DAY,
        {**DAY, "published_precision": "month", "published_date": dt.date(2025, 2, 1)},
        {**DAY, "published_precision": "year", "published_date": dt.date(2025, 1, 1)},
    ],
    "language_codes_valid": [{"language": "und"}],
    "outlet_found": [{**UNKNOWN_OUTLET, "source_named": "Жаңа Газет"}],
    "named_outlet_known": [
        {"source_named": None},
        {**UNKNOWN_OUTLET, "source_named": None},
    ],
    "date_not_bare_new_year": [
        UNDATED,
        {**NEW_YEAR, "published_basis": "body"},
        {**NEW_YEAR, "published_basis": "header"},
        {**NEW_YEAR, "published_precision": "year", "published_basis": "url"},
        {"published_date": dt.date(2025, 1, 1)},
        {**DAY, "published_date": dt.date(2025, 1, 2), "published_basis": "url"},
    ],
    "modified_not_before_published": [
        {"modified_at": None},
        {"modified_at": at(2025, 12, 19, 4, 30)},
        {**DAY, "modified_at": at(2025, 12, 18, 20, 0)},
        UNDATED,
    ],
    "modified_not_in_future": [{"modified_at": None}],
    "url_valid": [
        {"url": None},
        {"url": "http://qaz365.kz"},
        {"url": "https://baq.kz/жаңалық-1/?id=2:3"},
    ],
    "language_fits_script": [{"script": "latin"}, {"language": "und"}],
    "kazakh_letters_fit_language": [
        {"letter_count": 99, "kazakh_letter_count": 0},
        {"language": "ru", "kazakh_letter_count": 80},
        {"script": "latin", "kazakh_letter_count": 0},
    ],
    "text_long_enough": [{"word_count": 20}],
}


@pytest.mark.parametrize("rule", RECORD_RULES, ids=lambda rule: rule.rule_id)
def test_a_record_rule_passes_on_good_rows(rule):
    rows = [record(n, **row) for n, row in enumerate([{}, *GOOD.get(rule.rule_id, [])])]

    assert failing(rule, rows) == []


@pytest.mark.parametrize("rule", RECORD_RULES, ids=lambda rule: rule.rule_id)
def test_a_record_rule_fails_on_each_bad_row_and_no_other(rule):
    bad = BAD[rule.rule_id]
    rows = [record(n, **row) for n, row in enumerate(bad)] + [record(999)]

    found = failing(rule, rows)

    assert len(found) == len(bad)
    assert "kazinform/0999.txt" not in {row[2] for row in found}


def test_the_cases_speak_of_rules_that_exist():
    assert {*BAD, *GOOD} <= set(RULES)


def test_a_failing_row_tells_where_it_is():
    rule = RULES["title_present"]

    assert failing(rule, [record(5, title_length=0)]) == [
        (1005, 1, "kazinform/0005.txt", 0, "txt")
    ]
