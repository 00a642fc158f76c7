"""Inputs that are stretches of a file: members of a tar archive, parts of a dump.

A stretch is told by where it begins and how long it is, in the file as it is once it is
unpacked, so reading one costs no more memory than itself. Stretches of a packed file
are read fastest in their order: going back begins anew.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.landing import Found

TAR_ENDINGS = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")
LINES_ENDINGS = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
#: What a broken packed file makes Python raise.
BROKEN_STREAM = (tarfile.TarError, lzma.LZMAError)
#: Dumps are cut at the first end of a line after so many bytes.
PART_SIZE = 8 * 1024 * 1024
_BLOCK = 1024 * 1024
#: Lines of two bytes a letter cannot be cut at a byte.
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")


def open_stream(location: str) -> BinaryIO:
    """Open a file to be read as it is once it is unpacked."""
    name = location.lower()
    if name.endswith((".gz", ".tgz")):
        return cast("BinaryIO", gzip.open(location))
    if name.endswith((".bz2", ".tbz2")):
        return cast("BinaryIO", bz2.open(location))
    if name.endswith((".xz", ".txz")):
        return cast("BinaryIO", lzma.open(location))
    return Path(location).open("rb")


def tar_members(location: str) -> Iterator[tuple[tarfile.TarInfo, int]]:
    """Every member of a tar archive, with where its bytes begin.

    Raises:
        OSError and those of `BROKEN_STREAM`, EOFError: it does not unpack.
    """
    with (
        open_stream(location) as stream,
        tarfile.open(fileobj=stream, mode="r:") as archive,
    ):
        for member in archive:
            yield member, member.offset_data
            cast("Any", archive).members.clear()  # or each stays in memory


def cut_lines(found: Found, *, mark: str, size: int = PART_SIZE) -> list[Found]:
    """Cut a file of JSON lines at the ends of lines, the same way every time.

    Args:
        found: the file.
        mark: stands between the file's path and the name of a part.
        size: bytes after which a part ends with its line.

    Returns:
        Its parts; the file itself where it is one, or cannot be cut.
    """
    bounds = [0]
    with open_stream(found.location) as stream:
        if stream.read(2) in _WIDE_MARKS:
            return [found]
        while (end := _end_of_line(stream, bounds[-1] + size)) > bounds[-1]:
            bounds.append(end)
    if len(bounds) <= 2:  # noqa: PLR2004 - a beginning and an end
        return [found]
    return [
        replace(
            found,
            path=f"{found.path}{mark}part {number:06d}.jsonl",
            size_bytes=end - begin,
            member_no=begin,
        )
        for number, (begin, end) in enumerate(pairwise(bounds), 1)
    ]


def _end_of_line(stream: BinaryIO, after: int) -> int:
    """Where the line ends that goes on at a place; the file's end if it is short."""
    at = stream.seek(0, 2) if not _is_packed(stream) else None
    if at is not None and at <= after:
        return at
    at = stream.seek(after)
    while block := stream.read(_BLOCK):
        newline = block.find(b"\n")
        if newline >= 0:
            return at + newline + 1
        at += len(block)
    return at


def _is_packed(stream: BinaryIO) -> bool:
    """Whether looking for the end would unpack everything."""
    return isinstance(stream, gzip.GzipFile | bz2.BZ2File | lzma.LZMAFile)
