"""What an examination finds: one line, and one line on what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["ok", "note", "warning", "problem"]
LEVELS: tuple[Level, ...] = ("problem", "warning", "note", "ok")


@dataclass(frozen=True)
class Finding:
    """One thing looked at.

    Attributes:
        level: ok; note: good to know; warning: will become a problem; problem: keeps
            Qoima from working, or from working right.
        what: the thing.
        text: what was found.
        remedy: what to do; empty where there is nothing to do.
    """

    level: Level
    what: str
    text: str
    remedy: str = ""


def megabytes(size: float) -> str:
    """A size for a person."""
    return f"{size / 1e6:,.1f} MB"
