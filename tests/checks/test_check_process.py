"""Great Expectations in its own process: agreement, endurance, and honest failure."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest
from check_rows import failing, record, write
from test_record_rules import BAD as BAD_RECORDS

from checks.batch_rules import BATCH_RULES
from checks.process import CheckProcess
from checks.record_rules import RECORD_RULES
from checks.split import split_records

RULES_OF_A_BATCH = (*RECORD_RULES, *BATCH_RULES)


def test_a_good_batch_passes_every_rule(checker, tmp_path):
    results = checker.run(write([record(n) for n in range(30)], tmp_path))

    assert [r.rule_id for r in results] == [r.rule_id for r in RULES_OF_A_BATCH]
    assert [r for r in results if not r.is_passed or r.error] == []
    assert {r.checked_count for r in results} == {30}


def test_it_counts_what_the_rules_and_the_split_find(checker, tmp_path):
    changes = [change for bad in BAD_RECORDS.values() for change in bad]
    # Over 200 failing rows: Great Expectations caps its lists, not its counts.
    rows = [record(n, **change) for n, change in enumerate(changes * 30)]
    path = write(rows, tmp_path)

    results = checker.run(path)

    expected = {rule.rule_id: len(failing(rule, rows)) for rule in RULES_OF_A_BATCH}
    assert {r.rule_id: r.failed_count for r in results} == expected
    assert max(expected.values()) > 200
    assert not [r for r in results if r.is_passed is (r.failed_count > 0) or r.error]
    with duckdb.connect() as connection:
        split = split_records(connection, path)
    critical = {r.rule_id: r.failed_count for r in results if r.severity == "critical"}
    for rule_id, failed in split.group_by("rule_id").len().iter_rows():
        assert critical[rule_id] == failed


def test_a_sample_names_the_file_and_the_values(checker, tmp_path):
    rows = [record(n, title_length=0) for n in range(9)]

    results = checker.run(write(rows, tmp_path))

    (title,) = [r for r in results if r.rule_id == "title_present"]
    assert title.failed_count == 9
    assert len(title.sample) == 5
    assert title.sample[0] == {
        "file_id": "1000",
        "record_no": 1,
        "path": "kazinform/0000.txt",
        "title_length": 0,
        "format": "txt",
    }


def test_an_empty_batch_passes(checker, tmp_path):
    results = checker.run(write([], tmp_path))

    assert {(r.is_passed, r.checked_count) for r in results} == {(True, 0)}


def test_a_folder_may_have_any_name(checker, tmp_path):
    folder = tmp_path / "it's :a {b} [c] қойма*?"
    folder.mkdir()

    results = checker.run(write([record()], folder))

    assert [r.error for r in results if r.error] == []


def test_a_batch_that_cannot_be_read_is_an_error_and_the_next_one_runs(
    checker, tmp_path
):
    (tmp_path / "broken.parquet").write_bytes(b"no parquet")

    for name in ("broken.parquet", "missing.parquet", "odd'name.parquet"):
        results = checker.run(tmp_path / name)
        assert len(results) == len(RULES_OF_A_BATCH)
        assert not any(r.is_passed for r in results)
        assert all(r.error for r in results)

    assert all(r.is_passed for r in checker.run(write([record()], tmp_path)))


def test_a_missing_column_is_the_error_of_the_rules_that_need_it(checker, tmp_path):
    path = write([record()], tmp_path)
    with duckdb.connect() as connection:
        connection.execute(
            "copy (select * exclude (title_length) from read_parquet($path))"
            " to 'OUT' (format parquet)".replace(
                "OUT", str(tmp_path / "narrow.parquet")
            ),
            {"path": str(path)},
        )

    results = checker.run(tmp_path / "narrow.parquet")

    erred = {r.rule_id: r.error for r in results if r.error}
    assert "title_length" in erred["title_present"]
    assert "text_present" not in erred
    assert not any(r.is_passed for r in results if r.error)


def test_a_killed_worker_is_an_error_of_every_rule_from_then_on(tmp_path):
    path = write([record()], tmp_path)
    with CheckProcess() as process:
        os.kill(process.pid, signal.SIGKILL)
        for _ in range(2):
            results = process.run(path)
            assert [r.rule_id for r in results] == [r.rule_id for r in RULES_OF_A_BATCH]
            assert not any(r.is_passed for r in results)
            assert all("ended with code -9" in r.error for r in results)


def test_a_worker_that_is_too_slow_is_an_error_and_is_ended(tmp_path):
    with CheckProcess(ready_seconds=0.0) as process:
        results = process.run(write([record()], tmp_path))

        assert all("did not answer in time" in r.error for r in results)
        assert not any(r.is_passed for r in results)


def test_starting_takes_no_time_and_closing_ends_the_import():
    started = time.monotonic()
    with CheckProcess() as process:
        pid = process.pid
    assert time.monotonic() - started < 2
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_closed_process_passes_nothing(tmp_path):
    process = CheckProcess()
    process.close()
    process.close()

    assert not any(r.is_passed for r in process.run(write([record()], tmp_path)))


def test_the_worker_ends_when_its_parent_is_killed():
    script = (
        "from checks.process import CheckProcess; import time;"
        "process = CheckProcess(); print(process.pid, flush=True); time.sleep(60)"
    )
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", script], cwd=root, stdout=subprocess.PIPE, text=True
    ) as parent:
        worker = int(parent.stdout.readline())
        parent.kill()

    for _ in range(100):
        try:
            os.kill(worker, 0)
        except ProcessLookupError:
            return
        # A container's init may not reap orphans: a zombie has ended too.
        if Path(f"/proc/{worker}/stat").read_text().split()[2] == "Z":
            return
        time.sleep(0.1)
    pytest.fail("the worker outlived its parent")


def test_a_folder_named_checks_in_the_working_folder_is_not_taken(
    tmp_path, monkeypatch
):
    (tmp_path / "checks").mkdir()
    (tmp_path / "checks" / "__init__.py").write_text("raise SystemExit('wrong')")
    path = write([record()], tmp_path)
    monkeypatch.chdir(tmp_path)

    with CheckProcess() as process:
        results = process.run(path)

    assert all(r.is_passed for r in results), results[0].error
