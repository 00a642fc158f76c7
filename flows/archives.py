"""Zip archives: their members are inputs of their own, ``archive.zip::member``.

Nothing is unpacked to disk. A member is read when its turn comes, within the limits
of any other file, so an archive of any size costs no more memory than a folder.
"""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import replace
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

from flows.landing import readable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flows.landing import Found

MEMBER_MARK = "::"
_ENDING = ".zip"
_ENCRYPTED = 0x1
#: More members than any archive of articles has; their list alone would fill memory.
MAX_MEMBERS = 200_000

#: What a broken archive or member makes Python raise.
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OverflowError)


def expand(
    found: Iterable[Found], *, max_unpacked_size: int
) -> tuple[list[Found], list[Found]]:
    """Put the members of each archive in the archive's place.

    Args:
        found: inputs; those that are no zip archive stay as they are.
        max_unpacked_size: bytes that one archive may hold unpacked.

    Returns:
        The inputs, and the archives that were opened. An archive that does not open
        stays an input itself, to be refused when it is read.
    """
    inputs: list[Found] = []
    opened: list[Found] = []
    for entry in found:
        if entry.reason_code is not None or not entry.path.lower().endswith(_ENDING):
            inputs.append(entry)
            continue
        try:
            with zipfile.ZipFile(entry.location) as archive:
                members = archive.infolist()
        except (*BROKEN, OSError, NotImplementedError):
            inputs.append(entry)
            continue
        total = sum(member.file_size for member in members)
        if total > max_unpacked_size or len(members) > MAX_MEMBERS:
            inputs.append(replace(entry, reason_code="unpacks_too_large"))
            continue
        if all(member.is_dir() for member in members):
            inputs.append(replace(entry, reason_code="no_records"))
            continue
        opened.append(entry)
        inputs += [
            _as_input(entry, member, number)
            for number, member in enumerate(members)
            if not member.is_dir()
        ]
    return inputs, opened


class ArchiveReader:
    """Reads members, keeping the archive open from one member to the next."""

    def __init__(self) -> None:
        """Nothing is open yet."""
        self._location: str | None = None
        self._archive: zipfile.ZipFile | None = None

    def read(self, member: Found) -> bytes:
        """The bytes of one member.

        Raises:
            OSError: the archive is gone.
            zipfile.BadZipFile and others of `BROKEN`: the member does not unpack.
            NotImplementedError: it is compressed in a way that Python does not know.
        """
        if self._location != member.location or self._archive is None:
            self.close()
            self._archive = zipfile.ZipFile(member.location)
            self._location = member.location
        info = self._archive.infolist()[member.member_no or 0]
        with self._archive.open(info) as file:
            return file.read(member.size_bytes + 1)

    def close(self) -> None:
        """Let the archive go."""
        if self._archive is not None:
            self._archive.close()
        self._location = self._archive = None


def _as_input(archive: Found, member: zipfile.ZipInfo, number: int) -> Found:
    return replace(
        archive,
        path=f"{archive.path}{MEMBER_MARK}{readable(member.filename)}",
        size_bytes=member.file_size,
        member_no=number,
        reason_code=_refuse(member),
    )


def _refuse(member: zipfile.ZipInfo) -> str | None:
    name = member.filename
    parts = (*PurePosixPath(name).parts, *PureWindowsPath(name).parts)
    is_rooted = name.startswith(("/", "\\")) or bool(PureWindowsPath(name).drive)
    if ".." in parts or is_rooted:
        return "unsafe_name"
    if member.flag_bits & _ENCRYPTED:
        return "encrypted"
    return "nested_archive" if name.lower().endswith(_ENDING) else None
