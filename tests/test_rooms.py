"""The rooms keep apart: who may import whom, and who may touch the world."""

import ast
from pathlib import Path

import pytest

from tests.conftest import ROOT

ROOMS = ("flows", "transforms", "checks", "warehouse")
MAY_IMPORT = {
    "flows": {"flows", "transforms", "checks", "warehouse", "seeds"},
    "transforms": {"transforms"},
    "checks": {"checks"},
    "warehouse": {"warehouse"},
}
#: Modules by which code would reach out of a pure function.
OUTSIDE = {
    "os",
    "pathlib",
    "time",
    "random",
    "socket",
    "subprocess",
    "tempfile",
    "urllib.request",
    "http",
    "prefect",
}


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found.add(node.module or "")
    return found


def modules(room: str) -> list[Path]:
    return sorted((ROOT / room).rglob("*.py"))


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_what_it_may(room):
    for path in modules(room):
        packages = {name.partition(".")[0] for name in imports(path)}
        strangers = packages & {*ROOMS, "seeds", "tests"} - MAY_IMPORT[room]
        assert not strangers, f"{path} imports {strangers}"


def test_transforms_reach_nothing_outside():
    for path in modules("transforms"):
        outside = imports(path) & OUTSIDE
        assert not outside, f"{path} imports {outside}"


def test_only_settings_read_the_environment():
    for room in ROOMS:
        for path in modules(room):
            text = path.read_text(encoding="utf-8")
            assert "environ.get" not in text, path
            assert "getenv" not in text, path


@pytest.mark.parametrize("room", ROOMS)
def test_every_folder_of_a_room_is_a_package(room):
    for path in modules(room):
        assert (path.parent / "__init__.py").exists(), path
