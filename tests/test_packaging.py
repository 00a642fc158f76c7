"""The wheel holds everything: installed elsewhere, it works without the sources."""

import os
import subprocess
import sys
import sysconfig
import venv

import pytest

from tests.conftest import ROOT
from tests.flows.workspace import article


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A venv with the wheel alone; the libraries are those of this one."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    subprocess.run(
        [*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", folder, ROOT],
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("qoima-*.whl")
    home = folder / "venv"
    venv.create(home, with_pip=False)
    site = home / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}"
    site /= "site-packages"
    subprocess.run(
        [*pip, "--python", home / "bin" / "python", "install", "--no-deps", wheel],
        check=True,
        capture_output=True,
    )
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return home / "bin"


def test_init_and_run_work_in_an_empty_folder_elsewhere(installed, tmp_path):
    environment = {
        name: value for name, value in os.environ.items() if name != "PYTHONPATH"
    }

    def qoima(*arguments):
        ended = subprocess.run(
            [installed / "qoima", *arguments],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    where = subprocess.run(
        [installed / "python", "-c", "import flows; print(flows.__file__)"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert str(installed.parent) in where
    qoima("init")
    (tmp_path / "landing" / "a.txt").write_text(article("Су қоймасы ашылды"))
    assert "1 loaded" in qoima("run")
    assert "Су қоймасы ашылды" in qoima("report", "latest_articles")
