"""Every rule is shown a batch that is broken in just its way, and finds it.

The ways stand beside the tests of each kind of rule; here they are held together, so
that a rule without one fails. Tables are broken in `test_table_rules`, `test_grains`.
"""

from __future__ import annotations

import pytest
from check_rows import record, write
from grain_faults import promised_faults
from test_batch_rules import BAD as BAD_BATCHES
from test_batch_rules import batch
from test_record_rules import BAD as BAD_RECORDS
from test_table_rules import FAULTS
from warehouse_rows import good_warehouse

from checks.rule import Level, Severity
from checks.rules import RULES
from checks.split import split_records
from checks.verdict import explain

_GOOD = 40


def bad_batch(rule_id):
    """Records of which some break the rule, and how many of them do."""
    if rule_id == "batch_records_unique":
        return [*(record(n) for n in range(_GOOD)), record(0)], 1
    if rule_id in BAD_BATCHES:
        bad, allowed = BAD_BATCHES[rule_id]
        return batch(bad, allowed + 1), None
    bad = BAD_RECORDS[rule_id]
    good = [record(1000 + n) for n in range(_GOOD)]
    return [record(n, **row) for n, row in enumerate(bad)] + good, len(bad)


HISTORY = {rule_id for rule_id in FAULTS if RULES[rule_id].level is Level.HISTORY}
MUTATED = {
    Level.RECORD: set(BAD_RECORDS),
    Level.BATCH: {*BAD_BATCHES, "batch_records_unique"},
    Level.TABLE: {*FAULTS, *(rule_id for rule_id, _, _ in promised_faults())} - HISTORY,
    Level.HISTORY: HISTORY,
}


@pytest.mark.parametrize("level", Level)
def test_every_rule_has_a_mutation(level):
    rules = {rule.rule_id for rule in RULES.values() if rule.level is level}

    assert MUTATED[level] == rules, "a rule without a broken batch, or the reverse"


@pytest.mark.parametrize("rule_id", sorted(MUTATED[Level.BATCH]))
def test_a_broken_batch_is_found_by_its_rule_with_its_records(
    checker, tmp_path, rule_id
):
    rows, failed = bad_batch(rule_id)

    results = checker.run(write(rows, tmp_path))

    assert_found(results, rule_id, failed)


def test_broken_records_are_found_by_their_rules_with_their_place(checker, tmp_path):
    # In one batch, as the rules look at each record alone: the paths tell them apart.
    broken = {
        rule_id: [
            record(100 * number + n, **row)
            for n, row in enumerate(BAD_RECORDS[rule_id])
        ]
        for number, rule_id in enumerate(sorted(BAD_RECORDS), 1)
    }
    rows = [row for rows in broken.values() for row in rows]
    path = write([*rows, *(record(n) for n in range(_GOOD))], tmp_path)

    results = {result.rule_id: result for result in checker.run(path)}

    with good_warehouse() as connection:
        split = split_records(connection, path)
    for rule_id, own in broken.items():
        assert_found(list(results.values()), rule_id, None)
        assert results[rule_id].failed_count >= len(own)
        if RULES[rule_id].severity is Severity.CRITICAL and rule_id != (
            "record_keys_present"
        ):
            places = {(row["file_id"], row["record_no"]) for row in own}
            found = split.filter(rule_id=rule_id).select("file_id", "record_no")
            assert places <= set(found.rows())


def assert_found(results, rule_id, failed):
    (result,) = [one for one in results if one.rule_id == rule_id]
    assert (result.error, result.is_passed) == (None, False)
    assert failed in {None, result.failed_count}
    assert result.sample
    assert rule_id in explain(result)
    for row in result.sample:
        shown = row.get("path") or next(value for value in row.values() if value)
        assert str(shown) in explain(result)
