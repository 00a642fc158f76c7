"""Where a record stands in the bytes of its file: what a rejection points to."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

from transforms.readers import GZIPPED
from transforms.readers.encoding import decode
from transforms.readers.feeds import entry_spans
from transforms.readers.gzipped import unpack
from transforms.readers.json_records import find_items, holds_lines, parse_json
from transforms.readers.tables import row_spans
from transforms.records import InputError

if TYPE_CHECKING:
    from transforms.readers.fields import FieldNames

#: A `[` inside a file that opens no list of articles is tried so often.
_MOST_LISTS = 1_000


class RawText(NamedTuple):
    """A file's text, and one record in it.

    Attributes:
        text: the file, unpacked and decoded. Bytes that no encoding takes stand as
            lone surrogates, as ``surrogateescape`` writes them.
        start: where the record begins in the text; 0 where the file is the record.
        end: where it ends.
        place: what it is, in words: ``line 3``, ``row 5``, ``the whole file``.
        header: the line of names above the rows of a table; empty elsewhere.
    """

    text: str
    start: int
    end: int
    place: str
    header: str = ""


def find_raw(  # noqa: PLR0911 - one a format
    content: bytes,
    *,
    path: str,
    file_format: str,
    field_names: FieldNames,
    record_no: int | None,
) -> RawText:
    """Find one record in the bytes of its file.

    Args:
        content: the bytes as they came.
        path: the input's path, by which its reader may go.
        file_format: its reader.
        field_names: the mapping of outlets' field names to ours.
        record_no: the record; None for the whole file.

    Returns:
        The text and the record's place in it; the whole where a format has one record
        a file, or where the record is not found.
    """
    if file_format.endswith(GZIPPED):
        path, file_format = path[: -len(GZIPPED)], file_format[: -len(GZIPPED)]
        try:
            content = unpack(content)
        except InputError:
            return _whole(_as_text(content))
    text = _as_text(content)
    if record_no is None:
        return _whole(text)
    if file_format == "jsonl" or (file_format == "json" and holds_lines(content)):
        return _line(text, record_no)
    if file_format == "json":
        return _item(text, record_no, field_names)
    if file_format == "csv":
        return _row(text, record_no, path, field_names)
    if file_format == "feed":
        spans = entry_spans(text)
        if record_no <= len(spans):
            return RawText(text, *spans[record_no - 1], f"entry {record_no}")
    return _whole(text)


def _as_text(content: bytes) -> str:
    try:
        text = decode(content)[0]
    except InputError:
        text = content.decode("utf-8", "surrogateescape")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _whole(text: str) -> RawText:
    return RawText(text, 0, len(text), "the whole file")


def _line(text: str, number: int) -> RawText:
    start = 0
    for _ in range(number - 1):
        at = text.find("\n", start)
        if at < 0:
            return _whole(text)
        start = at + 1
    end = text.find("\n", start)
    return RawText(text, start, end if end >= 0 else len(text), f"line {number}")


def _row(text: str, number: int, path: str, names: FieldNames) -> RawText:
    header, spans = row_spans(text, path, names)
    if not 1 < number <= len(spans):
        return _whole(text)
    return RawText(text, *spans[number - 1], f"row {number}", header)


def _item(text: str, number: int, names: FieldNames) -> RawText:
    """An item of a JSON list: the list whose values are those that the reader took."""
    try:
        items = find_items(parse_json(text.encode()), names)
    except (InputError, UnicodeEncodeError):
        return _whole(text)
    if not items or number > len(items):
        return _whole(text)
    decoder = json.JSONDecoder(strict=False)
    for tried, opening in enumerate(re.finditer(r"\[", text)):
        if tried > _MOST_LISTS:
            break
        spans = _list_spans(text, opening.end(), decoder, items)
        if spans:
            return RawText(text, *spans[number - 1], f"item {number}")
    return _whole(text)


def _list_spans(
    text: str, at: int, decoder: json.JSONDecoder, items: list[object]
) -> list[tuple[int, int]]:
    """The spans of a list's items; empty unless they are the items looked for."""
    spans = []
    for item in items:
        at += len(text[at : at + 10_000]) - len(text[at : at + 10_000].lstrip(" \n\t,"))
        try:
            value, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            return []
        if value != item:
            return []
        spans.append((at, end))
        at = end
    return spans
