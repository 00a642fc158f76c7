"""The unit and the compose file of docs/ name what there is."""

import configparser
import re
import shlex
import shutil
import subprocess

import pytest
import typer
import yaml

from flows.cli import app
from flows.settings import ENV_PREFIX, Settings
from tests.conftest import ROOT

UNIT = ROOT / "docs" / "systemd" / "qoima.service"
COMPOSE = ROOT / "docs" / "compose" / "compose.yaml"
COMMANDS = typer.main.get_command(app).commands


def commands_in(words):
    """The commands of qoima in a line, with their options."""
    for at, word in enumerate(words):
        if word.endswith("qoima") and at + 1 < len(words):
            yield words[at + 1], [one for one in words[at + 2 :] if one[:2] == "--"]


def check_commands(words):
    found = list(commands_in(words))
    assert found
    for name, options in found:
        known = {text for one in COMMANDS[name].params for text in one.opts}
        assert set(options) <= known, name


def unit():
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str
    parser.read_string(UNIT.read_text())
    return parser


def test_the_unit_starts_a_command_that_there_is():
    service = unit()["Service"]
    check_commands(shlex.split(service["ExecStart"]))
    data = shlex.split(service["ExecStart"])[-1]
    assert service["ReadWritePaths"] == data
    assert (service["NoNewPrivileges"], service["ProtectSystem"]) == ("yes", "strict")
    assert service["Restart"] == "on-failure"


def test_systemd_takes_the_unit(tmp_path):
    if not shutil.which("systemd-analyze"):
        pytest.skip("no systemd here")
    # Only the program, which is not there, is another one.
    text = re.sub(r"(?<=ExecStart=)\S+", "/bin/true", UNIT.read_text())
    copy = tmp_path / "qoima.service"
    copy.write_text(text)
    ended = subprocess.run(
        ["systemd-analyze", "verify", copy], capture_output=True, text=True, check=False
    )
    if "No such file or directory" in ended.stderr and "systemd/" in ended.stderr:
        pytest.skip("systemd has no units here")
    assert (ended.returncode, ended.stderr) == (0, "")


def test_the_compose_file_names_commands_settings_and_files_that_there_are():
    (service,) = yaml.safe_load(COMPOSE.read_text())["services"].values()
    check_commands(service["healthcheck"]["test"])
    assert service["command"][:2] == ["sh", "-c"]
    check_commands(shlex.split(service["command"][2].replace("&&", "")))
    for name in service["environment"]:
        assert name.removeprefix(ENV_PREFIX).lower() in Settings.model_fields
    context = (COMPOSE.parent / service["build"]["context"]).resolve()
    assert context == ROOT
    dockerfile = context / service["build"]["dockerfile"]
    for line in dockerfile.read_text().splitlines():
        if line.startswith("COPY "):
            assert all((context / name).exists() for name in line.split()[1:-1]), line


def test_the_image_has_every_package():
    dockerfile = (COMPOSE.parent / "Dockerfile").read_text()
    listed = (COMPOSE.parent / "Dockerfile.dockerignore").read_text()
    pyproject = (ROOT / "pyproject.toml").read_text()
    (packages,) = re.findall(r"wheel\]\npackages = \[(.*)\]", pyproject)
    for name in re.findall(r'"(\w+)"', packages):
        assert f"COPY {name} {name}\n" in dockerfile
        assert f"!{name}\n" in listed
