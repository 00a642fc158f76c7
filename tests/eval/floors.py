"""Figures that are kept beside what they were measured on, with floors that only rise.

A file of figures holds ``gold_sha256`` (of the gold files), ``floors`` (name to the
figure that must be held) and ``figures`` (whatever was measured).
"""

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import orjson

#: Name, figure, floor: whether the figure falls short.
Worse = Callable[[str, float, float], bool]


def is_below(_: str, figure: float, floor: float) -> bool:
    """Of most figures more is better."""
    return figure < floor


def hash_of(*paths: Path) -> str:
    """SHA-256 of gold files, one after the other."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()


def cut(figure: float) -> float:
    """To three places; not rounded: a floor above its own figure would fail at once."""
    return int(figure * 1000) / 1000


def read_figures(path: Path) -> dict[str, Any]:
    """Read a file of figures."""
    return orjson.loads(path.read_bytes())


def short_of(
    now: Mapping[str, float], floors: Mapping[str, float], *, worse: Worse = is_below
) -> list[str]:
    """Say which figures fall short of their floors, or are not measured any more."""
    return [
        f"{name}: {now.get(name)} against the floor {floor}"
        for name, floor in floors.items()
        if name not in now or worse(name, now[name], floor)
    ]


def write_figures(  # noqa: PLR0913 - mostly by keyword
    path: Path,
    sha256: str,
    floors: Mapping[str, float],
    figures: Any,
    *,
    lower: bool = False,
    worse: Worse = is_below,
) -> None:
    """Keep figures; floors of the same gold files only rise.

    Args:
        path: the file.
        sha256: of the gold files.
        floors: name to its figure now.
        figures: what to keep beside them.
        lower: take the figures as the new floors even where that lowers one.
        worse: what it is to fall short.
    """
    kept = dict(floors)
    if path.exists() and not lower:
        old = read_figures(path)
        if old["gold_sha256"] == sha256:
            kept |= {
                name: floor
                for name, floor in old["floors"].items()
                if name in kept and worse(name, kept[name], floor)
            }
    content = {"gold_sha256": sha256, "floors": kept, "figures": figures}
    path.write_bytes(orjson.dumps(content, option=orjson.OPT_INDENT_2) + b"\n")


def rounded(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of figures as they are kept, to four places."""
    return [
        {key: round(v, 4) if isinstance(v, float) else v for key, v in row.items()}
        for row in rows
    ]
