"""A file of lines that never grows past a size: older lines move to numbered files."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class RotatingLines:
    """Appends lines; ``name.1.jsonl`` holds those before, and so on.

    A line is written at once and whole, so that two processes may write. Where the disk
    takes none, lines are lost: a run is not stopped for its log.
    """

    def __init__(self, path: Path, max_size: int, files: int) -> None:
        """Remember where; the file is opened with the first line.

        Args:
            path: the file.
            max_size: bytes after which a new one is begun.
            files: how many there may be, the one that is written to included.
        """
        self._path = path
        self._max_size = max_size
        self._files = files
        self._descriptor: int | None = None
        self._size = 0

    def write(self, line: str) -> None:
        """Append one line, which ends with a newline."""
        data = line.encode()
        with suppress(OSError):
            if self._descriptor is None:
                self._open()
            if self._size and self._size + len(data) > self._max_size:
                self._rotate()
            if self._descriptor is not None:
                self._size += os.write(self._descriptor, data)

    def close(self) -> None:
        """Let the file go; a further line opens it again."""
        if self._descriptor is not None:
            os.close(self._descriptor)
        self._descriptor = None

    def _open(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
        self._descriptor = os.open(self._path, flags, 0o644)
        self._size = os.fstat(self._descriptor).st_size

    def _rotate(self) -> None:
        self.close()
        for number in range(self._files - 1, 0, -1):
            with suppress(FileNotFoundError):
                numbered(self._path, number - 1).replace(numbered(self._path, number))
        if self._files == 1:
            self._path.unlink(missing_ok=True)
        self._open()


def numbered(path: Path, number: int) -> Path:
    """The file that is so many files old; 0 is the one that is written to."""
    return path.with_suffix(f".{number}{path.suffix}") if number else path
