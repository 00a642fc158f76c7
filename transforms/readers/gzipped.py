"""Gzip files: one packed input, read by the reader of what is inside."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from transforms.readers import FORMATS, GZIPPED, format_of, read_content
from transforms.readers.bounds import MAX_UNPACKED_BYTES
from transforms.readers.refusal import refuse

if TYPE_CHECKING:
    from transforms.readers.fields import FieldNames
    from transforms.records import ReadResult

_MAGIC = b"\x1f\x8b"
_ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")

#: ``zlib`` window bits that stand for the gzip format.
_GZIP = 16 + zlib.MAX_WBITS

_CHUNK = 1024 * 1024

#: Archives, which are opened at the top only.
_ARCHIVES = frozenset({"gz", "zip"})
#: Formats that are zip archives inside.
_ZIPPED_DOCUMENTS = frozenset({"docx"})


def read_gzip(content: bytes, *, path: str, field_names: FieldNames) -> ReadResult:
    """Read ``a.txt.gz`` as ``a.txt``; parts packed one after another are one file.

    Raises:
        InputError: ``unsupported_format`` where the name does not say what is inside,
            ``nested_archive``, ``truncated``, ``broken_archive``,
            ``unpacks_too_large`` (nothing past the limit is unpacked), or what the
            reader of the content raises.
    """
    inner_path = path[: -len(GZIPPED)] if path.lower().endswith(GZIPPED) else path
    inner = format_of(inner_path)
    if inner is None:
        known = ", ".join(sorted(set(FORMATS) - {".gz", ".zip"}))
        refuse("unsupported_format", f"what is inside? One of {known} before .gz tells")
    if inner in _ARCHIVES or inner.endswith(GZIPPED):
        refuse("nested_archive", f"{inner} inside gz")
    unpacked = unpack(content)
    if unpacked.startswith(_MAGIC):
        refuse("nested_archive", "gzip data inside gz")
    if unpacked.startswith(_ZIP_MAGIC) and inner not in _ZIPPED_DOCUMENTS:
        refuse("nested_archive", "a ZIP archive inside gz")
    return read_content(
        unpacked, path=inner_path, file_format=inner, field_names=field_names
    )


def unpack(content: bytes) -> bytes:
    """Unpack within the limit.

    Raises:
        InputError: as `read_gzip`.
    """
    if not content:
        refuse("empty_file", "0 bytes")
    if not content.startswith(_MAGIC[: len(content)]):
        refuse("broken_archive", "not gzip data: the first bytes are not 1f 8b")
    unpacked = bytearray()
    rest = memoryview(content)
    while rest:
        at = len(content) - len(rest)
        unpacker = zlib.decompressobj(_GZIP)
        rest = rest[_unpack_part(unpacker, rest, unpacked, at) :]
        if not unpacker.eof:
            refuse("truncated", f"the data end early, after {len(unpacked):,} bytes")
        if content[len(content) - len(rest) :].strip(b"\x00") == b"":
            break  # padding to a block, as tapes and some tools write it
    return bytes(unpacked)


def _unpack_part(
    unpacker: zlib._Decompress, packed: memoryview, unpacked: bytearray, at: int
) -> int:
    """Unpack one part to the end of ``unpacked``; how many packed bytes it took."""
    taken = 0
    try:
        while not unpacker.eof and taken < len(packed):
            fresh = packed[taken : taken + _CHUNK]
            taken += len(fresh)
            waiting: bytes | memoryview = fresh
            while waiting and not unpacker.eof:
                unpacked += unpacker.decompress(waiting, _CHUNK)
                if len(unpacked) > MAX_UNPACKED_BYTES:
                    refuse("unpacks_too_large", f"over {MAX_UNPACKED_BYTES:,} bytes")
                waiting = unpacker.unconsumed_tail
    except zlib.error as error:
        refuse("broken_archive", f"part at byte {at}: {error}")
    return taken - len(unpacker.unused_data)
