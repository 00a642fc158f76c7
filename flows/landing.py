"""Discovery: what lies in a landing folder, and what of it is still being written."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

#: Endings that writers use until a file is whole.
PENDING_SUFFIXES = (".part", ".tmp", "~", ".crdownload")
NANOSECONDS = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Found:
    """One input of the landing folder.

    Attributes:
        path: relative to the root, readable: backslashes doubled, control characters
            and bytes that are no UTF-8 written as escapes, so that nothing is lost.
        location: where to open it.
        reason_code: why it cannot be an input at all; None for an ordinary file.
        member_no: its place in the archive at ``location``: its number in a zip
            archive, else the byte with which it begins; None for a file.
    """

    path: str
    location: str
    size_bytes: int
    modified_ns: int
    changed_ns: int
    reason_code: str | None = None
    member_no: int | None = None


@dataclass(frozen=True)
class Root:
    """A folder that is read, or one file of it, or what was found there already.

    Attributes:
        folder: the folder.
        only: the one file.
        listed: what is to be read, members of archives among it; None to look.
        archives: those of which the last members are listed.
    """

    folder: Path
    only: str | None = None
    listed: tuple[Found, ...] | None = None
    archives: tuple[Found, ...] = ()

    @property
    def root_id(self) -> int:
        """Key of the folder, by which its hints are kept apart from others'."""
        digest = hashlib.sha256(os.fsencode(self.folder.resolve())).digest()
        return int.from_bytes(digest[:8], "big", signed=True)


def discover(root: Root) -> list[Found]:
    """List every input below a root, in the order of its path's parts.

    Links are not followed out of the root, nor into folders; what is neither a file
    nor a folder is listed with a reason.
    """
    if root.listed is not None:
        return list(root.listed)
    folder = os.path.realpath(root.folder)
    if root.only is not None:
        found = [_look(folder, os.path.join(folder, root.only), root.only)]  # noqa: PTH118 - same form as scandir's
        return [entry for entry in found if entry]
    return list(_walk(folder, folder, ""))


def is_pending_name(path: str) -> bool:
    """Whether the name says that the file is still being written."""
    return path.lower().endswith(PENDING_SUFFIXES)


def settle(
    fresh: Iterable[Found], *, settle_seconds: float
) -> tuple[list[Found], list[Found]]:
    """Wait once until fresh files have settled, and look again.

    A file counts as fresh if it changed less than ``settle_seconds`` ago; a time in
    the future never does.

    Returns:
        The settled ones as they now are, and those that changed in between.
    """
    window = int(settle_seconds * NANOSECONDS)
    now = time.time_ns()
    listed = list(fresh)
    youngest = max(
        (f.modified_ns for f in listed if 0 <= now - f.modified_ns < window), default=0
    )
    if not youngest:
        return listed, []
    time.sleep(max(0, youngest + window - now) / NANOSECONDS)
    settled: list[Found] = []
    pending: list[Found] = []
    for before in listed:
        if not 0 <= now - before.modified_ns < window:
            settled.append(before)
            continue
        after = _again(before)
        same = (after.size_bytes, after.modified_ns) == (
            before.size_bytes,
            before.modified_ns,
        )
        (settled if same else pending).append(after)
    return settled, pending


def _again(before: Found) -> Found:
    try:
        status = os.lstat(before.location)
    except OSError:
        return replace(before, size_bytes=-1)
    return replace(
        before,
        size_bytes=status.st_size,
        modified_ns=status.st_mtime_ns,
        changed_ns=status.st_ctime_ns,
    )


def _walk(root: str, folder: str, prefix: str) -> Iterator[Found]:
    """Depth first; a stack of iterators would gain nothing at these depths."""
    stack = [(folder, prefix)]
    while stack:
        here, before = stack.pop()
        try:
            with os.scandir(here) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError:
            yield Found(readable(before.rstrip("/")), here, 0, 0, 0, "unreadable")
            continue
        folders = []
        for entry in listed:
            name = before + entry.name
            if entry.is_dir(follow_symlinks=False):
                folders.append((entry.path, name + "/"))
                continue
            found = _look(root, entry.path, name)
            if found:
                yield found
        stack.extend(reversed(folders))


def _look(root: str, location: str, name: str) -> Found | None:
    """Describe one entry; None if it went away since it was listed."""
    try:
        status = os.lstat(location)
        reason = None
        if stat.S_ISLNK(status.st_mode):
            reason = _refuse_link(root, location)
            if reason is None:
                status = os.stat(location)  # noqa: PTH116 - a str path, 20,000 times
    except OSError:
        return None
    if reason is None and not stat.S_ISREG(status.st_mode):
        reason = "not_a_file"
    return Found(
        path=readable(name),
        location=location,
        size_bytes=status.st_size,
        modified_ns=status.st_mtime_ns,
        changed_ns=status.st_ctime_ns,
        reason_code=reason,
    )


def _refuse_link(root: str, location: str) -> str | None:
    try:
        target = os.path.realpath(location, strict=True)
    except OSError:
        return "broken_link"
    if os.path.commonpath([root, target]) != root:
        return "link_outside"
    return "link_to_folder" if os.path.isdir(target) else None  # noqa: PTH112 - str


def readable(name: str) -> str:
    """A name that can be shown and stored, from which the name can be told.

    Backslashes are doubled, control characters and bytes that are no UTF-8 escaped.
    """
    if name.isascii() and name.isprintable() and "\\" not in name:
        return name
    escaped = name.replace("\\", "\\\\").encode("utf-8", "surrogateescape")
    text = escaped.decode("utf-8", "backslashreplace")
    return "".join(
        letter
        if letter.isprintable()
        else letter.encode("unicode_escape").decode("ascii")
        for letter in text
    )
