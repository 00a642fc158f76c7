"""The flow against a real Prefect server on loopback."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from flows.lazy_engine import prefect_environment
from flows.server import running_server
from flows.settings import Settings
from tests.flows.test_cli import QOIMA
from tests.flows.workspace import article

START_SECONDS = 90


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    home = tmp_path_factory.mktemp("server")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}/api"
    environment = os.environ | prefect_environment(home)
    with subprocess.Popen(
        [
            sys.executable,
            "-m",
            "prefect",
            "server",
            "start",
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
            "--no-ui",
        ],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        settings = Settings(data=home, prefect_api_url=url)
        until = time.monotonic() + START_SECONDS
        while running_server(settings) is None:
            assert process.poll() is None, "the server ended"
            assert time.monotonic() < until, "the server did not start"
            time.sleep(0.3)
        yield url
        process.terminate()
        process.wait(20)


def post(url, path, **body):
    request = urllib.request.Request(  # noqa: S310 - our own server on loopback
        f"{url}{path}",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:  # noqa: S310 - likewise
        return json.load(answer)


def test_a_run_becomes_a_flow_run_with_its_steps_as_tasks(server, workspace):
    workspace.put("a.txt", article("Су қоймасы ашылды"))
    ended = subprocess.run(
        [QOIMA, "run", "--json", "--data", workspace.data],
        env=os.environ | {"QOIMA_PREFECT_API_URL": server},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout)["articles_loaded"] == 1
    (run,) = post(server, "/flow_runs/filter")
    assert run["state_type"] == "COMPLETED"
    tasks = post(server, "/task_runs/filter")
    names = {task["name"].rsplit("-", 1)[0] for task in tasks}
    assert names >= {"pick up", "raw", "prepare", "load"}
    assert {task["state_type"] for task in tasks} == {"COMPLETED"}
    flow = subprocess.run(
        [QOIMA, "run", "--json", "--data", workspace.data],
        env=os.environ | {"QOIMA_PREFECT_API_URL": server},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(flow.stdout)["files_unchanged"] == 1
    assert len(post(server, "/flow_runs/filter")) == 1, "nothing new makes no flow run"


def test_without_a_server_the_same_steps_are_plain_calls(tmp_path):
    settings = Settings(data=tmp_path, prefect_api_url="http://127.0.0.1:9/api")
    assert running_server(settings) is None
