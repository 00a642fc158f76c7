"""What blocks a load, what does not, and how it is told."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest

from checks import codes
from checks.results import CheckResult, erred, plain_row, ran
from checks.rule import Level, Severity
from checks.rules import RULES, unknown_rules
from checks.verdict import blocking, explain


def failed(rule_id: str, failed_count: int = 2, **sample) -> CheckResult:
    return ran(
        RULES[rule_id], checked_count=40, failed_count=failed_count, rows=[sample] * 2
    )


def test_rules_are_many_and_each_says_what_it_protects_and_what_to_do():
    by_level = {
        level: [r for r in RULES.values() if r.level is level] for level in Level
    }

    assert len(RULES) >= 24
    for level, rules in by_level.items():
        severities = {rule.severity for rule in rules}
        # What is unusual may be true: history stops no load.
        assert (Severity.CRITICAL in severities) == (level is not Level.HISTORY)
    for rule in RULES.values():
        assert rule.protects
        assert not rule.protects.endswith(".")
        assert rule.remedy.endswith(".")
        assert rule.rule_id == rule.rule_id.lower()
        assert rule.severity in codes.SEVERITIES
        assert (rule.predicate is not None) == (rule.level is Level.RECORD)


@pytest.mark.parametrize("rule_id", ["batch_texts_readable", "article_one_current"])
def test_a_critical_failure_of_batch_or_table_blocks(rule_id):
    result = failed(rule_id)

    assert blocking([result]) == [result]


@pytest.mark.parametrize(
    "rule_id", ["title_present", "batch_dates_known", "no_scan_noise", "date_known"]
)
def test_rejected_records_and_warnings_do_not_block(rule_id):
    assert blocking([failed(rule_id)]) == []


def test_a_passed_rule_does_not_block():
    result = ran(RULES["article_one_current"], checked_count=9, failed_count=0, rows=[])

    assert result.is_passed
    assert blocking([result]) == []


@pytest.mark.parametrize(
    "rule_id", ["title_present", "no_scan_noise", "batch_dates_known", "file_unique"]
)
def test_a_rule_that_could_not_run_blocks_whatever_it_is(rule_id):
    result = erred(RULES[rule_id], "boom")

    assert not result.is_passed
    assert blocking([result]) == [result]


def test_an_accepted_rule_does_not_block_and_others_still_do():
    results = [failed("batch_texts_readable"), failed("article_one_current")]

    assert blocking(results, {"batch_texts_readable"}) == results[1:]


def test_an_error_is_accepted_of_a_batch_but_never_of_a_table():
    results = [
        erred(RULES["batch_texts_readable"], "boom"),
        erred(RULES["article_one_current"], "boom"),
    ]

    assert blocking(results, RULES) == results[1:]


def test_names_that_no_rule_has_are_told():
    assert unknown_rules(["title_present", "titel_present"]) == ["titel_present"]


def test_a_critical_result_of_an_unknown_rule_blocks():
    result = replace(failed("article_one_current"), rule_id="retired")

    assert blocking([result]) == [result]
    assert "retired" in explain(result)


def test_a_failure_is_told_with_place_values_and_remedy():
    result = failed(
        "named_outlet_known", file_id="5", record_no=3, path="a.jsonl", source_named="Ж"
    )

    assert explain(result) == (
        "named_outlet_known (warning): 2 of 40 records of fact_article break the rule "
        "that every outlet that a record names is in seeds/outlets.csv: "
        "[a.jsonl:3 source_named=Ж; a.jsonl:3 source_named=Ж]. "
        "Add these outlets to seeds/outlets.csv; later loads match with it."
    )


def test_a_blocking_failure_is_told_with_the_way_to_accept_it():
    message = explain(failed("batch_texts_readable", failed_count=30, path="a.txt"))

    assert "30 of 40" in message
    assert "; …]" in message
    assert message.endswith("`qoima run --accept batch_texts_readable`.")
    assert "--accept" not in explain(failed("title_present", path="a.txt"))


def test_an_error_is_told_as_one():
    message = explain(erred(RULES["file_unique"], "Binder Error:\n no such column"))

    assert message.startswith("file_unique: could not be checked")
    assert "Binder Error: no such column" in message
    assert "\n" not in message


@pytest.mark.parametrize("rule_id", RULES)
def test_every_rule_can_be_told(rule_id):
    row = {"file_id": "1", "record_no": 2, "path": "а/ә.txt", "value": None}

    assert "а/ә.txt:2" in explain(failed(rule_id, **row))
    assert explain(
        ran(RULES[rule_id], checked_count=1, failed_count=0, rows=[])
    ).startswith(f"{rule_id}: passed")


def test_results_travel_as_json_and_come_back_equal():
    row = {
        "article_id": 2**62,
        "record_no": 4,
        "published_date": dt.date(2025, 1, 1),
        "arrived_at": dt.datetime(2025, 1, 2, 3, 4),  # noqa: DTZ001 - naive UTC
        "share": float("nan"),
        "is_known": True,
        "tags": ["а", "ә"],
        "text": "ұ" * 500,
    }
    result = ran(RULES["title_present"], checked_count=5, failed_count=1, rows=[row])

    again = CheckResult(**json.loads(json.dumps(result.as_dict())))

    assert again == result
    plain = plain_row(row)
    assert plain["article_id"] == str(2**62)
    assert plain["record_no"] == 4
    assert plain["published_date"] == "2025-01-01"
    assert plain["arrived_at"] == "2025-01-02T03:04:00"
    assert plain["share"] is None
    assert plain["is_known"] is True
    assert len(plain["text"]) == 120
