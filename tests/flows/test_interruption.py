import os
import random
import signal
import subprocess
import sys
import time

import pytest

from tests.conftest import ROOT
from tests.flows.test_lock import QOIMA
from tests.flows.test_versions import make_pile
from tests.flows.workspace import Workspace, article

#: Every name that a pass tells its observer, in the order of a load.
STEPS = (
    "discover",
    "settle",
    "pick up",
    "raw",
    "read",
    "parse",
    "sentences",
    "check",
    "load",
    "check tables",
    "commit",
    "committed",
    "publish",
)


def run_and_kill(workspace, step, count):
    ended = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.flows.killed_run",
            workspace.data,
            step,
            str(count),
        ],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory, checker):
    workspace = Workspace(tmp_path_factory.mktemp("calm") / "data", checker)
    for name, content in make_pile(5).items():
        workspace.put(name, content)
    workspace.load(load_max_files=3)
    return workspace.tables()


@pytest.mark.parametrize("step", STEPS)
def test_a_run_killed_at_any_step_is_finished_by_the_next(workspace, undisturbed, step):
    for name, content in make_pile(5).items():
        workspace.put(name, content)
    once = step in {"discover", "settle", "publish"}
    run_and_kill(workspace, step, 1 if once else 2)
    workspace.load(load_max_files=3)
    assert workspace.tables() == undisturbed
    cut_off = workspace.one(
        "select count(*) from dim_load where status = 'interrupted'"
    )
    is_in_load = step not in {"discover", "settle", "pick up", "committed", "publish"}
    assert cut_off == is_in_load
    assert workspace.one("select count(*) from fact_file where status = 'held'") == 0
    assert workspace.load().load_ids == []


@pytest.mark.parametrize("seed", range(2))
def test_a_run_killed_at_a_random_moment_is_finished_by_the_next(
    workspace, undisturbed, seed
):
    for name, content in make_pile(5).items():
        workspace.put(name, content)
    luck = random.Random(seed)  # noqa: S311 - repeatable, not secret
    for _ in range(3):
        with subprocess.Popen(
            [QOIMA, "run", "--data", workspace.data],
            env=os.environ | {"QOIMA_SETTLE_SECONDS": "0", "QOIMA_LOAD_MAX_FILES": "3"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as run:
            time.sleep(luck.uniform(0.3, 6))
            run.kill()
    workspace.load(load_max_files=3)
    assert workspace.tables() == undisturbed
    assert workspace.one("select count(*) from fact_file where status = 'held'") == 0


def test_a_file_that_left_after_a_killed_run_is_loaded_from_the_raw_zone(workspace):
    path = workspace.put("a.txt", article("Су қоймасы ашылды"))
    run_and_kill(workspace, "commit", 1)
    path.unlink()
    summary = workspace.load()
    assert (summary.files_seen, summary.articles_loaded) == (1, 1)
    assert workspace.one("select title from fact_article") == "Су қоймасы ашылды"


def test_readers_keep_the_old_file_while_a_new_one_is_published(workspace):
    import duckdb

    workspace.put("a.txt", article("Су қоймасы ашылды"))
    workspace.load()
    reports = str(workspace.data / "reports.duckdb")
    with duckdb.connect(reports, read_only=True) as reader:
        workspace.put("b.txt", article("Жаңа мектеп ашылды"))
        workspace.load()
        count = reader.execute("select count(*) from fact_article").fetchone()
        assert count == (1,)
    assert workspace.one("select count(*) from fact_article") == 2
