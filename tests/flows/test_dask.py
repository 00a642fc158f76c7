"""Workers of a Dask cluster read what one process reads; what goes wrong is told."""

import gc
import os
import shutil
import signal
import sys
import threading
import time
import warnings

import dask
import polars as pl
import pytest
from distributed import Client, LocalCluster

from flows import dask_connect, dask_worker
from flows.dask_cluster import Cluster, ClusterError, _submitter
from flows.dask_connect import check_workers
from flows.dask_engine import DaskWork, shared_of
from flows.dask_part import Part
from flows.dask_worker import WorkerMismatchError, environment, perform
from flows.doctor.engine import findings
from flows.errors import UserError
from flows.references import load_references
from flows.settings import Settings
from tests.conftest import ROOT
from tests.flows import dask_parts
from tests.flows.workspace import Workspace, article
from warehouse.marker import MARKER

pytestmark = [
    pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning"),
]

SEEDS = ROOT / "seeds" / "articles"
OPTIONS = {
    "threads_per_worker": 1,
    "host": "127.0.0.1",
    "dashboard_address": "127.0.0.1:0",
    "silence_logs": 50,
}


@pytest.fixture(scope="module")
def cluster():
    """Two worker processes; a part that two of them ended with goes to neither."""
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 1}),
        LocalCluster(n_workers=2, env={"POLARS_MAX_THREADS": "1"}, **OPTIONS) as made,
    ):
        yield made
    collect_leftovers()


@pytest.fixture
def nobody():
    """A scheduler without workers."""
    with LocalCluster(n_workers=0, **OPTIONS) as made:
        yield made
    collect_leftovers()


def collect_leftovers():
    """Dask leaves sockets to the collector: here, not in the midst of other tests."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


@pytest.fixture(scope="module")
def shared():
    return shared_of(load_references(None))


def on(cluster, **settings):
    return {
        "engine": "dask",
        "dask_address": cluster.scheduler_address,
        "dask_part_articles": 12,
    } | settings


def at_work(client, shared, wait_seconds=30.0):
    return Cluster(client, shared, wait_seconds, _submitter(client))


def parts(*sizes):
    numbers = iter(range(sum(sizes)))
    made = [[next(numbers) for _ in range(size)] for size in sizes]
    return [
        Part(pl.DataFrame({"number": some}), tuple(f"{one}.txt" for one in some))
        for some in made
    ]


def none_refused(part):
    raise AssertionError(part.names)


def test_a_cluster_makes_the_tables_of_one_process_also_where_a_worker_is_killed(
    cluster, samples, tmp_path, checker, monkeypatch
):
    killed = []
    answers = Cluster._answers

    def kill_one(self, result, function, *others):
        if function is dask_worker.understand and not killed:
            killed.append(cluster.workers[0].pid)
            os.kill(killed[0], signal.SIGKILL)
        return answers(self, result, function, *others)

    monkeypatch.setattr(Cluster, "_answers", kill_one)
    workspace = Workspace(tmp_path / "data", checker)
    summary = workspace.load(SEEDS, **on(cluster))
    assert (summary.status, len(killed)) == ("succeeded", 1)
    assert {"read", "enrich"} < set(summary.step_seconds)
    assert workspace.tables() == samples.tables()


def test_answers_come_in_the_order_of_the_parts(cluster, shared):
    with Client(cluster, set_as_default=False) as client:
        found = at_work(client, shared).spread(
            "double", dask_parts.double, parts(*[1, 2] * 10), none_refused
        )
    assert [number for some in found for number in some] == list(range(30))


def test_a_row_that_ends_every_process_is_refused_and_its_neighbours_are_kept(
    cluster, shared
):
    refused = []

    def refuse(part):
        refused.extend(part.names)
        return ["refused"]

    with Client(cluster, set_as_default=False) as client:
        found = at_work(client, shared).spread(
            "end", dask_parts.end_at_three, parts(2, 2, 1), refuse
        )
    assert refused == ["3.txt"]
    assert found == [[0, 1], [2], ["refused"], [4]]


def test_an_error_of_a_part_is_the_error_of_the_run(cluster, shared):
    with (
        Client(cluster, set_as_default=False) as client,
        pytest.raises(ValueError, match="an own fault"),
    ):
        at_work(client, shared).spread("fail", dask_parts.fail, parts(1), none_refused)


def test_a_run_whose_workers_are_all_gone_ends_with_a_reason(nobody, shared):
    begun = time.monotonic()
    with (
        Client(nobody, set_as_default=False) as client,
        pytest.raises(ClusterError, match=r"no worker for 0\.5 seconds"),
    ):
        at_work(client, shared, 0.5).spread(
            "double", dask_parts.double, parts(1, 1), none_refused
        )
    assert time.monotonic() - begun < 30


def test_a_run_whose_scheduler_is_lost_ends_with_a_reason(shared):
    with (
        LocalCluster(n_workers=0, **OPTIONS) as lost,
        Client(lost.scheduler_address, timeout=5, set_as_default=False) as client,
    ):
        threading.Timer(0.5, lost.close).start()
        with pytest.raises(ClusterError, match="scheduler"):
            at_work(client, shared).spread(
                "double", dask_parts.double, parts(1, 1), none_refused
            )
    collect_leftovers()


def test_what_cannot_be_used_is_refused_before_anything_is_read(
    nobody, samples, tmp_path, checker, monkeypatch
):
    monkeypatch.setattr(dask_connect, "CONNECT_SECONDS", 0.5)
    workspace = Workspace(tmp_path / "data", checker)
    shutil.copytree(samples.data, workspace.data, dirs_exist_ok=True)
    workspace.put("a.txt", article("Су қоймасы ашылды"))
    before = workspace.tables()
    cases = {
        "no worker for 0.2 seconds": on(nobody, dask_wait_seconds=0.2),
        "no Dask scheduler answers at tcp://127.0.0.1:9": {
            "engine": "dask",
            "dask_address": "tcp://127.0.0.1:9",
        },
        r"qoima\[scale\]": {"engine": "dask"},
    }
    for reason, settings in cases.items():
        if "scale" in reason:
            monkeypatch.setitem(sys.modules, "distributed", None)
        with pytest.raises(UserError, match=reason):
            workspace.load(**settings)
    assert workspace.tables() == before
    assert not (workspace.data / MARKER).exists()


def test_workers_that_are_unlike_are_refused_by_name(cluster, monkeypatch):
    other = environment() | {"polars": "1.0.0", "code": "0"}
    monkeypatch.setattr(dask_connect, "environment", lambda: other)
    with (
        Client(cluster, set_as_default=False) as client,
        pytest.raises(UserError, match=r"tcp://127.0.0.1:\d+ .* here 1.0.0; it runs"),
    ):
        check_workers(client, cluster.scheduler_address, 5)


def test_workers_without_this_qoima_are_refused_by_name(cluster, monkeypatch):
    monkeypatch.setattr(dask_worker, "environment", dask_parts.not_installed)
    with (
        Client(cluster, set_as_default=False) as client,
        pytest.raises(UserError, match=r"tcp://127.0.0.1:\d+ .* does not run Qoima"),
    ):
        check_workers(client, cluster.scheduler_address, 5)


def test_a_worker_that_joined_later_is_looked_at_with_its_first_part(monkeypatch):
    part = parts(1)[0]
    monkeypatch.setattr("flows.dask_part.environment", lambda: {"python": "2.7"})
    from flows.dask_part import payload_of

    with pytest.raises(WorkerMismatchError, match=r"python .* here 2\.7"):
        perform(payload_of(dask_parts.double, part), None)


def test_parts_are_bounded_by_rows_and_bytes_and_keep_the_order(monkeypatch):
    monkeypatch.setattr("flows.dask_engine._MOST_BYTES", 10)
    work = DaskWork(None, None, None, most_rows=3, paths={7: "a.txt"})
    frame = pl.DataFrame({"file_id": [7] * 7, "row": range(7)})
    sizes = pl.Series([1, 1, 1, 1, 20, 4, 6])
    cut = work._cut(frame, sizes)
    assert [part.frame["row"].to_list() for part in cut] == [
        [0, 1, 2],
        [3],
        [4],
        [5, 6],
    ]
    assert cut[-1].names == ("a.txt", "a.txt")


def test_the_doctor_tells_of_the_engine(cluster, nobody, tmp_path, monkeypatch):
    def told(**settings):
        (finding,) = findings(Settings(data=tmp_path, **settings))
        return finding.level, finding.text

    monkeypatch.setattr("flows.doctor.engine._SECONDS", 0.5)
    assert told()[0] == "ok"
    assert told(engine="dask")[0] == "ok"
    assert told(**on(cluster)) == (
        "ok",
        f"dask: 2 workers at {cluster.scheduler_address}, like this one",
    )
    assert told(**on(nobody))[0] == "problem"
    assert told(engine="dask", dask_address="tcp://127.0.0.1:9")[0] == "problem"
    monkeypatch.setattr("flows.doctor.engine.find_spec", lambda _: None)
    assert told(engine="dask")[0] == "problem"
