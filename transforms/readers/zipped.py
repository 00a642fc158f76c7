"""Zip archives that could not be opened as a whole: why not.

An archive's members are inputs of their own and are read by their own readers. An
archive itself comes here only where it did not open, or stands inside another one.
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, NoReturn

from transforms.readers.bounds import MAX_UNPACKED_BYTES
from transforms.readers.refusal import refuse

if TYPE_CHECKING:
    from transforms.readers.fields import FieldNames

_MEMBER_MARK = "::"
_MEMBER_START = b"PK\x03\x04"
_LISTED_MEMBER = b"PK\x01\x02"
_ENCRYPTED = 0x1

#: An archive with more members is not listed: the list alone would fill memory.
_MAX_MEMBERS = 200_000


def refuse_zip(content: bytes, *, path: str, field_names: FieldNames) -> NoReturn:
    """Say why this archive could not be opened.

    Raises:
        InputError: always: ``nested_archive``, ``empty_file``, ``truncated``,
            ``broken_archive``, ``unpacks_too_large``, ``encrypted`` or ``no_records``.
    """
    del field_names  # every reader has the same signature
    if _MEMBER_MARK in path:
        refuse("nested_archive", "a ZIP archive inside an archive")
    if not content:
        refuse("empty_file", "0 bytes")
    if content.count(_LISTED_MEMBER) > _MAX_MEMBERS:
        refuse("unpacks_too_large", f"more than {_MAX_MEMBERS:,} members")
    members = _members(content)
    total = sum(member.file_size for member in members)
    if total > MAX_UNPACKED_BYTES:
        refuse("unpacks_too_large", f"{total:,} bytes of {MAX_UNPACKED_BYTES:,}")
    if any(member.flag_bits & _ENCRYPTED for member in members):
        refuse("encrypted", "a ZIP archive with a password")
    if all(member.is_dir() for member in members):
        refuse("no_records", "the archive is empty")
    refuse("broken_archive", "its members could not be told apart")


def _members(content: bytes) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError) as e:
        if content.startswith(_MEMBER_START) and _LISTED_MEMBER not in content:
            refuse("truncated", "the archive's list of members is missing")
        refuse("broken_archive", str(e))
