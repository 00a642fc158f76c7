"""With a Prefect server parts are tasks of the flow run: real server, real workers."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections import Counter

import pytest

from flows.lazy_engine import prefect_environment
from flows.server import answers
from tests.conftest import ROOT
from tests.flows.workspace import Workspace

pytestmark = [pytest.mark.server, pytest.mark.slow]

#: A pass over the samples, of whose workers one is killed in the middle.
SCRIPT = """
import os, signal, sys
from pathlib import Path
from flows.dask_cluster import Cluster
from flows.landing import Root
from flows.lazy_engine import LazyPrefectEngine
from flows.run import RunRequest, run_pass
from flows.settings import Settings

killed = []
answers = Cluster._answers

def kill_one(self, *arguments):
    if not killed:
        killed.append(min(self._client.run(os.getpid).values()))
        os.kill(killed[0], signal.SIGKILL)
    return answers(self, *arguments)

if __name__ == "__main__":
    url, data, seeds = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    Cluster._answers = kill_one
    settings = Settings(data=data, engine="dask", dask_part_articles=8)
    request = RunRequest(data=data, roots=(Root(seeds),), settings=settings)
    summary = run_pass(request, engine=LazyPrefectEngine(url, data))
    print(summary.status, summary.articles_loaded, len(killed))
"""


@pytest.fixture
def server(tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "prefect", "server", "start", "--port", str(port)],
        env=os.environ | prefect_environment(tmp_path / "server"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}/api"
    while not answers(url):
        assert process.poll() is None
        time.sleep(0.5)
    yield url
    process.terminate()
    process.wait(60)


def test_parts_are_tasks_of_the_flow_run_and_outlive_a_worker(
    server, samples, tmp_path, checker
):
    workspace = Workspace(tmp_path / "data", checker)
    script = tmp_path / "one_pass.py"
    script.write_text(SCRIPT)
    ended = subprocess.run(
        [sys.executable, script, server, workspace.data, ROOT / "seeds" / "articles"],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    count = samples.one("select count(*) from fact_article")
    assert ended.stdout.split() == ["succeeded", str(count), "1"], ended.stderr
    assert workspace.tables() == samples.tables()
    states = Counter(
        (run["name"].split("-")[0], run["state_type"])
        for run in asked(f"{server}/task_runs/filter")
        if run["flow_run_id"]
    )
    assert states["read", "COMPLETED"] > 1
    assert states["enrich", "COMPLETED"] > 1


def asked(url):
    request = urllib.request.Request(  # noqa: S310 - our own server
        url, b'{"limit": 200}', {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
        return json.load(answer)
