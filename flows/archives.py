"""Zip and tar archives: their members are inputs of their own, ``archive.zip::member``.

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
from flows.stretches import BROKEN_STREAM, TAR_ENDINGS, open_stream, tar_members

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import BinaryIO

    from flows.landing import Found

MEMBER_MARK = "::"
_ENDING = ".zip"
_ENCRYPTED = 0x1
#: More members than any archive of articles has; their list alone would fill memory.
MAX_MEMBERS = 200_000

#: What a broken archive or member makes Python raise.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    ValueError,
    OverflowError,
    *BROKEN_STREAM,
)


def expand(
    found: Iterable[Found], *, max_unpacked_size: int
) -> tuple[list[Found], list[Found]]:
    """Put the members of each archive in the archive's place.

    Args:
        found: inputs; those that are no archive stay as they are, members too.
        max_unpacked_size: bytes that one archive may hold unpacked.

    Returns:
        The inputs, and the archives that were opened. An archive that does not open
        stays an input itself, to be refused when it is read.
    """
    inputs: list[Found] = []
    opened: list[Found] = []
    for entry in found:
        name = entry.path.lower()
        is_archive = name.endswith((_ENDING, *TAR_ENDINGS)) and entry.member_no is None
        if entry.reason_code is not None or not is_archive:
            inputs.append(entry)
            continue
        list_members = _zip_members if name.endswith(_ENDING) else _tar_members
        try:
            members = list_members(entry, max_unpacked_size)
        except (*BROKEN, OSError, NotImplementedError):
            reason = None if list_members is _zip_members else "broken_archive"
            inputs.append(replace(entry, reason_code=reason))
            continue
        if members is None:
            inputs.append(replace(entry, reason_code="unpacks_too_large"))
        elif not members:
            inputs.append(replace(entry, reason_code="no_records"))
        else:
            opened.append(entry)
            inputs += members
    return inputs, opened


def _zip_members(archive: Found, max_unpacked_size: int) -> list[Found] | None:
    """Its members, those that are unsafe with a reason; None if they are too much."""
    with zipfile.ZipFile(archive.location) as opened:
        members = opened.infolist()
    total = sum(member.file_size for member in members)
    if total > max_unpacked_size or len(members) > MAX_MEMBERS:
        return None
    return [
        _as_input(
            archive,
            member.filename,
            member.file_size,
            number,
            _refuse(member.filename, is_encrypted=bool(member.flag_bits & _ENCRYPTED)),
        )
        for number, member in enumerate(members)
        if not member.is_dir()
    ]


def _tar_members(archive: Found, max_unpacked_size: int) -> list[Found] | None:
    """The same of a tar archive; a member is told by where its bytes begin."""
    members: list[Found] = []
    total = 0
    for member, begin in tar_members(archive.location):
        if member.isdir():
            continue
        total += member.size
        if total > max_unpacked_size or len(members) >= MAX_MEMBERS:
            return None
        reason = _refuse(member.name, is_encrypted=False)
        if not member.isreg() or member.issparse():
            reason = "not_a_file"
        members.append(_as_input(archive, member.name, member.size, begin, reason))
    return members


class ArchiveReader:
    """Reads members, keeping the archive open from one member to the next."""

    def __init__(self) -> None:
        """Nothing is open yet."""
        self._location: str | None = None
        self._archive: zipfile.ZipFile | BinaryIO | None = None

    def read(self, member: Found, most: int | None = None) -> bytes:
        """The bytes of one member.

        Args:
            member: a member of a zip archive, or a stretch of another file.
            most: only so many bytes of its beginning.

        Raises:
            OSError: the archive is gone.
            zipfile.BadZipFile and others of `BROKEN`: the member does not unpack.
            NotImplementedError: it is compressed in a way that Python does not know.
        """
        if self._location != member.location or self._archive is None:
            self.close()
            is_zip = member.location.lower().endswith(_ENDING)
            self._archive = (zipfile.ZipFile if is_zip else open_stream)(
                member.location
            )
            self._location = member.location
        if not isinstance(self._archive, zipfile.ZipFile):
            self._archive.seek(member.member_no or 0)
            return self._archive.read(min(most or member.size_bytes, member.size_bytes))
        info = self._archive.infolist()[member.member_no or 0]
        with self._archive.open(info) as file:
            return file.read(most or member.size_bytes + 1)

    def close(self) -> None:
        """Let the archive go."""
        if self._archive is not None:
            self._archive.close()
        self._location = self._archive = None


def _as_input(
    archive: Found, name: str, size: int, place: int, reason_code: str | None
) -> Found:
    return replace(
        archive,
        path=f"{archive.path}{MEMBER_MARK}{readable(name)}",
        size_bytes=size,
        member_no=place,
        reason_code=reason_code,
    )


def _refuse(name: str, *, is_encrypted: bool) -> str | None:
    parts = (*PurePosixPath(name).parts, *PureWindowsPath(name).parts)
    is_rooted = name.startswith(("/", "\\")) or bool(PureWindowsPath(name).drive)
    if ".." in parts or is_rooted:
        return "unsafe_name"
    if is_encrypted:
        return "encrypted"
    is_nested = name.lower().endswith((_ENDING, *TAR_ENDINGS))
    return "nested_archive" if is_nested else None
