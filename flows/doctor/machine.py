"""Python, the libraries against what Qoima asks for, and DuckDB's extensions."""

from __future__ import annotations

import platform
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from flows.doctor.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_EXTENSION = "duckdb-extension-"
_SHOWN = 5


def findings() -> Iterator[Finding]:
    """Look at Python, the libraries and the extensions."""
    about = metadata.distribution("qoima")
    yield _python(about.metadata["Requires-Python"] or "")
    yield _libraries(about.version, map(Requirement, about.requires or []))
    yield from _extensions()


def _python(wanted: str) -> Finding:
    version = platform.python_version()
    if SpecifierSet(wanted).contains(version, prereleases=True):
        return Finding("ok", "python", version)
    return Finding(
        "problem",
        "python",
        f"{version}, Qoima asks for {wanted}",
        "Install it into an environment of such a Python.",
    )


def _libraries(version: str, wanted: Iterable[Requirement]) -> Finding:
    """Libraries of extras are looked at only where they are installed."""
    missing, other, count = [], [], 0
    for requirement in wanted:
        is_needed = requirement.marker is None or requirement.marker.evaluate(
            {"extra": ""}
        )
        try:
            installed = metadata.version(requirement.name)
        except metadata.PackageNotFoundError:
            if is_needed:
                missing.append(f"'{requirement.name}{requirement.specifier}'")
            continue
        count += 1
        if not requirement.specifier.contains(installed, prereleases=True):
            pin = f"'{requirement.name}{requirement.specifier}'"
            other.append((pin, f"{requirement.name} {installed}"))
    if missing:
        return Finding(
            "problem",
            "libraries",
            f"missing: {', '.join(missing[:_SHOWN])}",
            f"pip install {' '.join(missing[:_SHOWN])}",
        )
    if other:
        return Finding(
            "warning",
            "libraries",
            "not the version that Qoima was tried with: "
            + ", ".join(installed for _, installed in other[:_SHOWN]),
            f"pip install {' '.join(pin for pin, _ in other[:_SHOWN])}",
        )
    return Finding("ok", "libraries", f"Qoima {version}; {count} libraries as pinned")


def _extensions() -> Iterator[Finding]:
    """Wheels of DuckDB's extensions must be of the very version of DuckDB."""
    for about in metadata.distributions():
        name = (about.metadata["Name"] or "").lower().replace("_", "-")
        if not name.startswith(_EXTENSION):
            continue
        what = f"extension {name.removeprefix(_EXTENSION)}"
        remedy = f"pip install '{name}=={duckdb.__version__}'"
        if about.version != duckdb.__version__:
            text = f"{about.version}, DuckDB is {duckdb.__version__}"
            yield Finding("warning", what, text, remedy)
        elif trouble := _load_trouble(about):
            yield Finding("warning", what, trouble, remedy)
        else:
            yield Finding("ok", what, f"{about.version} loads from its wheel")


def _load_trouble(about: metadata.Distribution) -> str:
    """Load an extension into a database of its own; why it does not, if so."""
    paths = [
        Path(str(file.locate()))
        for file in about.files or []
        if file.name.endswith(".duckdb_extension")
    ]
    if not paths:
        return "its wheel holds no extension for this machine"
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    with duckdb.connect(config=config) as connection:
        quoted = str(paths[0]).replace("'", "''")
        try:
            connection.execute(f"load '{quoted}'")
        except duckdb.Error as error:
            return f"does not load: {str(error).splitlines()[0]}"
    return ""
