from datetime import UTC, datetime

import polars as pl

from transforms.pickup import INPUT_SCHEMA, KNOWN_SCHEMA, judge_inputs

EARLY = datetime(2025, 1, 1, tzinfo=UTC)


def inputs(*rows: dict) -> pl.DataFrame:
    base = {
        "format": "text",
        "size_bytes": 1,
        "arrived_at": datetime(2026, 1, 1, tzinfo=UTC),
    }
    return pl.DataFrame([base | row for row in rows], schema=INPUT_SCHEMA)


def known(*rows: dict) -> pl.DataFrame:
    base = {"status": "loaded", "seen_at": EARLY, "arrived_at": EARLY}
    return pl.DataFrame([base | row for row in rows], schema=KNOWN_SCHEMA)


def judge(given: pl.DataFrame, memory: pl.DataFrame) -> list[str]:
    return judge_inputs(given, memory)["judgement"].to_list()


def test_what_was_never_seen_is_new():
    assert judge(inputs({"file_id": 1, "content_hash": "a"}), known()) == ["new"]


def test_what_was_decided_is_known_and_what_is_held_comes_again():
    given = inputs(
        {"file_id": 1, "content_hash": "a"},
        {"file_id": 2, "content_hash": "b"},
        {"file_id": 3, "content_hash": "c"},
    )
    memory = known(
        {"file_id": 1, "content_hash": "a"},
        {"file_id": 2, "content_hash": "b", "status": "quarantined"},
        {"file_id": 3, "content_hash": "c", "status": "held", "raw_file": "raw/x"},
    )
    judged = judge_inputs(given, memory)
    assert judged["judgement"].to_list() == ["known", "known", "new"]
    assert judged["raw_file"].to_list() == [None, None, "raw/x"]
    assert judged["arrived_at"].to_list() == [EARLY] * 3


def test_the_bytes_of_a_loaded_file_are_a_duplicate_of_a_quarantined_one_not():
    given = inputs(
        {"file_id": 1, "content_hash": "a"}, {"file_id": 2, "content_hash": "b"}
    )
    memory = known(
        {"file_id": 8, "content_hash": "a"},
        {"file_id": 9, "content_hash": "b", "status": "quarantined"},
    )
    judged = judge_inputs(given, memory)
    assert judged["judgement"].to_list() == ["duplicate", "new"]
    assert judged["duplicate_of"].to_list() == [8, None]


def test_twins_in_one_batch_are_one_for_the_same_reader_only():
    given = inputs(
        {"file_id": 1, "content_hash": "a"},
        {"file_id": 2, "content_hash": "a"},
        {"file_id": 3, "content_hash": "a", "format": None},
    )
    judged = judge_inputs(given, known())
    assert judged["judgement"].to_list() == ["new", "duplicate", "new"]
    assert judged["duplicate_of"].to_list() == [None, 1, None]


def test_the_same_bytes_for_another_reader_wait_for_the_first():
    given = inputs(
        {"file_id": 1, "content_hash": "a", "format": None},
        {"file_id": 2, "content_hash": "a", "format": "json"},
        {"file_id": 3, "content_hash": "a", "format": "text"},
        {"file_id": 4, "content_hash": "a", "format": "json"},
    )
    assert judge(given, known()) == ["new", "new", "later", "duplicate"]


def test_an_unreadable_input_is_refused_and_never_a_twin():
    given = inputs(
        {"file_id": 1, "reason_code": "unreadable"},
        {"file_id": 2, "reason_code": "unreadable"},
    )
    assert judge(given, known()) == ["refused", "refused"]
