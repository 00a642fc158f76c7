"""Several machines load into one lake at once, and one of them may die."""

import json
import os
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime

import pytest

from flows.dead_runs import recover_others
from tests.conftest import ROOT
from tests.flows.workspace import Workspace
from tests.lake.conftest import put_part
from tests.lake.lake_workspace import rows_of
from warehouse.lake_writer import finish_run, note_run
from warehouse.marker import Marker


def start(machine, *, count, kill_at=""):
    told = {
        "settings": machine.in_lake | {"data": str(machine.data)},
        "folder": str(machine.shared),
        "name": machine.data.parent.name,
        "count": count,
        "kill_at": kill_at,
    }
    return subprocess.Popen(
        [sys.executable, "-m", "tests.lake.lake_run", json.dumps(told)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )


def same_in_a_file(tmp_path, checker):
    """The same files, one pass after the other, into a warehouse file."""
    file = Workspace(tmp_path / "file" / "data", checker)
    for number in (0, 1):
        put_part(file, number)
        file.load()
    return file


def fill(first, second):
    """Two halves with an overlap: the same file, and the same bytes under two names."""
    put_part(first, 0)
    put_part(second, 1)
    put_part(second, 0)
    for path in list(first.landing.rglob("*.md")) + list(first.landing.rglob("*.txt")):
        second.put(f"copies/{path.name}", path.read_bytes())


def test_two_at_once_give_the_tables_of_one_after_the_other(
    empty_lake, tmp_path, checker
):
    first, second = empty_lake, empty_lake.beside("two")
    fill(first, second)
    at_work = [start(machine, count=2) for machine in (first, second)]
    told = [json.loads(process.communicate()[0]) for process in at_work]
    assert told == [["succeeded", True]] * 2
    assert rows_of(first) == rows_of(same_in_a_file(tmp_path, checker))
    loads = first.ask("select status, count(*) from dim_load group by all")
    assert loads == [("succeeded", 2)]
    contents = first.ask(
        "select content_hash, count_if(status = 'loaded') from fact_file group by all"
    )
    assert {count for _, count in contents} == {1}
    # The bytes are kept once, so that an article can be forgotten.
    pointers = first.ask(
        "select count(distinct content_hash), count(distinct raw_file) from fact_file"
    )
    kept = first.write()
    with closing(kept):
        (rows,) = kept.execute(
            f"select count(*) from '{first.shared}/raw/*.parquet'"
        ).fetchone()
    assert rows == pointers[0][0]


@pytest.mark.parametrize("kill_at", ["measures", "commit", "committed"])
def test_a_machine_killed_in_its_turn_is_closed_by_the_other(
    empty_lake, tmp_path, checker, kill_at
):
    first, second = empty_lake, empty_lake.beside("two")
    fill(first, second)
    killed = start(first, count=1, kill_at=kill_at)
    killed.communicate()
    assert killed.returncode < 0
    summary = second.load()
    assert summary.status == "succeeded"
    states = dict(second.ask("select status, count(*) from dim_load group by all"))
    if kill_at == "committed":
        assert states == {"succeeded": 2}
    else:
        assert states["interrupted"] == 1
        assert not second.ask("from fact_file where status = 'held'")
    assert rows_of(second) == rows_of(same_in_a_file(tmp_path, checker))


def test_a_run_whose_connection_is_gone_is_closed_by_the_next_anywhere(empty_lake):
    now = datetime.now(UTC)
    marker = Marker("run-1", "load-1", "manual", now)
    with closing(empty_lake.write()) as here:
        with closing(empty_lake.write()) as there:
            note_run(there, marker)
            assert not recover_others(here, empty_lake.data, now)
        assert recover_others(here, empty_lake.data, now)
        assert not recover_others(here, empty_lake.data, now)
        assert here.execute(
            "select load_id, run_id, status from dim_load"
        ).fetchall() == [("load-1", "run-1", "interrupted")]


def test_a_run_that_ended_well_is_not_closed_again(empty_lake):
    now = datetime.now(UTC)
    with closing(empty_lake.write()) as here:
        with closing(empty_lake.write()) as there:
            note_run(there, Marker("run-2", "load-2", "manual", now))
            finish_run(there)
        assert not recover_others(here, empty_lake.data, now)


def test_who_begins_waits_for_the_turn_and_sees_what_was_committed(empty_lake):
    with closing(empty_lake.write()) as first, closing(empty_lake.write()) as second:
        first.execute("begin")
        assert not _can_take_turn(second)
        first.execute("insert into dim_date select * from dim_date")
        first.execute("rollback")
        assert _can_take_turn(second)
        first.execute("begin")
        first.execute(
            "insert into forgotten_article by name "
            "select 1 as article_id, timestamp '2026-01-01' as forgotten_at, "
            "'asked' as reason, 1 as versions_removed, 1 as files_redacted"
        )
        first.execute("commit")
        assert second.execute("select count(*) from forgotten_article").fetchall() == [
            (1,)
        ]


def _can_take_turn(connection):
    """Whether nobody has the turn, by the same key."""
    from warehouse.turns import _ask, _key

    found = _ask(
        connection.turns._pool, f"select pg_try_advisory_xact_lock({_key('writers')})"
    )
    return found[0][0]
