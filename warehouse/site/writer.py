"""Writes the site: changed pages only, each by renaming, the first page last."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MANIFEST = ".manifest.json"
_LOCK = ".lock"
_FRESH = ".new"


@dataclass
class Writer:
    """Pages of one building of the site.

    Attributes:
        folder: the site.
        before: what the manifest says of the pages that are there.
        pages: path to what the manifest will say.
        written: pages whose bytes changed.
        removed: pages that are no more.
    """

    folder: Path
    before: dict[str, dict[str, str]]
    pages: dict[str, dict[str, str]] = field(default_factory=dict)
    written: int = 0
    removed: int = 0

    def put(self, path: str, content: str | bytes, *, made_of: str = "") -> None:
        """Write a page if it is not there as it is.

        Args:
            path: relative to the site, of keys only.
            content: the page.
            made_of: hash of what it was made of, for `has`.
        """
        data = content.encode() if isinstance(content, str) else content
        digest = hashlib.sha256(data).hexdigest()
        self.pages[path] = {"sha256": digest, "made_of": made_of}
        target = self.folder / path
        is_there = self.before.get(path, {}).get("sha256") == digest
        if is_there and target.is_file():
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = target.with_name(target.name + _FRESH)
        fresh.write_bytes(data)
        fresh.replace(target)
        self.written += 1

    def keep(self, path: str, made_of: str) -> bool:
        """Keep a page that was made of the same; False where it has to be made."""
        before = self.before.get(path)
        if before is None or not made_of or before["made_of"] != made_of:
            return False
        if not (self.folder / path).is_file():
            return False
        self.pages[path] = before
        return True

    def finish(self, made_of: str) -> None:
        """Remove pages that are no more, then say what there is."""
        for path in set(self.before) - set(self.pages):
            (self.folder / path).unlink(missing_ok=True)
            self.removed += 1
        for part in self.folder.glob(f"*/*{_FRESH}"):
            part.unlink()
        manifest = {"made_of": made_of, "pages": dict(sorted(self.pages.items()))}
        fresh = self.folder / (MANIFEST + _FRESH)
        fresh.write_text(json.dumps(manifest, indent=0), encoding="utf-8")
        fresh.replace(self.folder / MANIFEST)


@contextlib.contextmanager
def locked_site(folder: Path) -> Iterator[None]:
    """Keep two buildings of one site apart: the second waits."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / _LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def read_manifest(folder: Path) -> tuple[str, dict[str, dict[str, str]]]:
    """What the site was made of, and its pages; nothing where it cannot be read."""
    try:
        read: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
        return read["made_of"], read["pages"]
    except (OSError, ValueError, KeyError, TypeError):
        return "", {}


def is_whole(folder: Path, pages: dict[str, dict[str, str]]) -> bool:
    """Whether every page is there."""
    there = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if not path.name.startswith(".")
    }
    return bool(pages) and set(pages) <= there
