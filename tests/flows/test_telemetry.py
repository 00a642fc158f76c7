"""Great Expectations and Prefect send nothing home, wherever they are imported."""

import json
import os
import subprocess
import sys

import polars as pl
import pytest

from tests.conftest import ROOT

#: Tells, of a process, what it knows when a library is imported, and whom it calls.
_WATCH = """
import json, os, sys
def watch(event, arguments):
    told = None
    if event == "import" and arguments[0] in ("great_expectations", "prefect"):
        names = ("GX_ANALYTICS_ENABLED", "PREFECT_SERVER_ANALYTICS_ENABLED",
                 "DO_NOT_TRACK")
        told = {name: os.environ.get(name) for name in names}
        told["imports"] = arguments[0]
    elif event in ("socket.connect", "socket.getaddrinfo"):
        told = {"calls": repr(arguments)}
    if told:
        os.write(2, ("WATCHED " + json.dumps(told) + "\\n").encode())
sys.addaudithook(watch)
"""
_PREFECT = """
from pathlib import Path
from flows.lazy_engine import set_prefect_environment
set_prefect_environment("http://127.0.0.1:1/api", Path(sys.argv[1]))
import flows.deployment, flows.flow
from prefect.settings import get_current_settings
from prefect._internal.analytics.enabled import is_telemetry_enabled
print(json.dumps([get_current_settings().server.analytics_enabled,
                  is_telemetry_enabled()]))
"""


@pytest.fixture
def watched():
    """Runs code as a process of its own and gives what it wrote and what was seen."""

    def run(code, *arguments, stdin=""):
        without = ("GX_", "PREFECT_", "DO_NOT_TRACK", "CI", "GITHUB_")
        ended = subprocess.run(
            [sys.executable, "-c", _WATCH + code, *map(str, arguments)],
            input=stdin,
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
            env={
                name: value
                for name, value in os.environ.items()
                if not name.startswith(without)
            },
        )
        seen = [
            json.loads(line.removeprefix("WATCHED "))
            for line in ended.stderr.splitlines()
            if line.startswith("WATCHED ")
        ]
        return ended.stdout, seen

    return run


def test_the_checking_process_asks_for_no_analytics_and_calls_nobody(watched, tmp_path):
    batch = tmp_path / "batch.parquet"
    pl.DataFrame({"file_id": [1]}).write_parquet(batch)

    code = (
        "from checks import worker\n"
        "listen = worker._listen\n"
        # The process ends with its input: keep that open until it has answered.
        "import threading\n"
        "def wait(requests):\n"
        "    requests.put(sys.stdin.readline())\n"
        "worker._listen = wait\n"
        "send = worker._send\n"
        "def send_and_end(answers, message):\n"
        "    send(answers, message)\n"
        "    if 'id' in message: answers.flush(); os._exit(0)\n"
        "worker._send = send_and_end\n"
        "worker.main()\n"
    )
    answers, seen = watched(code, stdin=json.dumps({"id": 1, "batch": str(batch)}))

    assert '"results"' in answers
    imports = [one for one in seen if one.get("imports") == "great_expectations"]
    assert imports[0]["GX_ANALYTICS_ENABLED"] == "false"
    assert [one for one in seen if "calls" in one] == []


def test_data_docs_ask_for_no_analytics(watched):
    _, seen = watched("import checks.data_docs.build")

    assert seen[0]["imports"] == "great_expectations"
    assert seen[0]["GX_ANALYTICS_ENABLED"] == "false"
    assert [one for one in seen if "calls" in one] == []


def test_prefect_is_imported_with_its_analytics_off(watched, tmp_path):
    settings, seen = watched(_PREFECT, tmp_path)

    assert json.loads(settings) == [False, False]
    imports = [one for one in seen if one.get("imports") == "prefect"]
    assert imports[0]["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
    assert imports[0]["DO_NOT_TRACK"] == "1"
    assert [one for one in seen if "calls" in one] == []
