"""What the machine does to a run: a full disk, a disk that cannot be written."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from flows.doctor.finding import megabytes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: As the system says it, whichever library passes it on.
_FULL = ("No space left on device", "Disk quota exceeded", "File too large")
_SHUT = ("Read-only file system", "Permission denied", "Operation not permitted")
_MOST_WORDS = 200


def explain_trouble(error: BaseException, data: Path) -> str | None:
    """One line on a disk that is full or shut, with what to do.

    Polars and DuckDB pass on what the system says in errors of their own, and what
    follows from it may hide it: so the errors behind an error are asked too.

    Args:
        error: what ended a run.
        data: the data folder.

    Returns:
        The line; None if it was something else.
    """
    for words in _words(error):
        if any(sign in words for sign in _FULL):
            return (
                f"the disk of {data} is full, or may hold no more of yours "
                f"({words}; {megabytes(_free(data))} free). "
                "Nothing is lost: what was committed stays, and the next run takes up "
                "the rest. Make room (`qoima tidy --dry-run` says what could go), "
                "then `qoima run`."
            )
    for words in _words(error):
        if any(sign in words for sign in _SHUT):
            return (
                f"a file or folder of {data} cannot be written or read ({words}). "
                "Nothing is lost: what was committed stays, and the next run takes up "
                "the rest. Give it to the user who runs Qoima (chown, chmod), or mount "
                "its disk for writing; then `qoima run`."
            )
    return None


def _words(error: BaseException | None) -> Iterator[str]:
    """What an error and those behind it say, the first cause last."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield " ".join(str(error).split())[:_MOST_WORDS]
        error = error.__cause__ or error.__context__


def _free(data: Path) -> int:
    try:
        return shutil.disk_usage(data).free
    except OSError:
        return 0
