"""What `qoima deploy` and a schedule refuse; what they do is in test_work_pool.py."""

import os
import subprocess
import sys

import pytest

from flows.commands.deploy import _parse
from flows.errors import UserError
from flows.schedule_rules import event_seconds
from flows.settings import Settings
from tests.conftest import ROOT

DAY = 86_400


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("image=qoima", {"image": "qoima"}),
        ('volumes=["/srv:/workspace"]', {"volumes": ["/srv:/workspace"]}),
        ("env.A=b=c", {"env.A": "b=c"}),
    ],
)
def test_a_job_variable_is_a_text_or_json(text, given):
    assert _parse([text]) == given


@pytest.mark.parametrize("text", ["image", "=qoima"])
def test_what_is_no_job_variable_is_refused(text):
    with pytest.raises(UserError, match="KEY=VALUE"):
        _parse([text])


@pytest.mark.parametrize(
    ("cron", "runs", "seconds"),
    [
        ("* * * * * */2", 1000, 2000),
        ("*/15 * * * *", 100, 90_000),
        ("*/15 * * * *", 10_000, 7 * DAY),
        ("0 0 1 1 *", 10, 7 * DAY),
    ],
)
def test_events_are_kept_as_long_as_the_runs_but_a_week_at_most(cron, runs, seconds):
    settings = Settings(schedule_cron=cron, keep_prefect_runs=runs)
    assert event_seconds(settings) == seconds


@pytest.mark.slow
def test_a_server_that_is_not_named_or_does_not_answer_is_said_in_words(tmp_path):
    def deploy(**environment):
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("QOIMA_", "PREFECT_"))
        }
        return subprocess.run(
            [sys.executable, "-m", "flows.cli", "deploy", "--pool", "desk"],
            env=kept | {"HOME": str(tmp_path), "PYTHONPATH": str(ROOT)} | environment,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )

    nobody = deploy()
    assert (nobody.returncode, nobody.stderr.count("\n")) == (2, 1)
    assert "PREFECT_API_URL" in nobody.stderr
    silent = deploy(PREFECT_API_URL="http://127.0.0.1:9/api")
    assert (silent.returncode, silent.stderr.count("\n")) == (2, 1)
    assert "does not answer" in silent.stderr
