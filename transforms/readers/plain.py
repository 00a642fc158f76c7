"""Text and Markdown files: one file, one article.

The text goes on as it is; title, date and byline inside it are found by the parse
step. Front matter, where a file has any, gives fields.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from transforms.readers.encoding import decode
from transforms.readers.fields import FieldNames, make_record, map_fields
from transforms.readers.front_matter import split_front_matter
from transforms.readers.markdown import markdown_to_text
from transforms.records import ReadResult, RecordError

if TYPE_CHECKING:
    from collections.abc import Mapping


def read_text(content: bytes, *, path: str, field_names: FieldNames) -> ReadResult:
    """Read a ``.txt`` file: the whole text, less front matter.

    Raises:
        InputError: the bytes are no text.
    """
    del path  # every reader has the same signature
    text, encoding = _decode_lines(content)
    fields, body = _split_fields(text, field_names)
    return _one_record({"text": body, **fields}, encoding)


def read_markdown(content: bytes, *, path: str, field_names: FieldNames) -> ReadResult:
    """Read a ``.md`` file: front matter, a leading heading as title, plain text.

    Raises:
        InputError: the bytes are no text.
    """
    del path
    text, encoding = _decode_lines(content)
    fields, body = _split_fields(text, field_names)
    heading, body = markdown_to_text(body)
    found = {"title": heading, "text": body}
    kept = {name: value for name, value in found.items() if value}
    return _one_record({**kept, **fields}, encoding)


def _decode_lines(content: bytes) -> tuple[str, str]:
    """Decode with a line feed for every line end."""
    text, encoding = decode(content)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text, encoding


def _split_fields(text: str, names: FieldNames) -> tuple[Mapping[str, Any], str]:
    """Take the front matter off; a block without one known field is text."""
    raw, body = split_front_matter(text)
    fields = map_fields(raw, names) if raw else {}
    return (fields, body) if fields else ({}, text)


def _one_record(fields: dict[str, Any], encoding: str) -> ReadResult:
    if not fields.get("text", "").strip():
        fields.pop("text", None)
    record = make_record(1, fields)
    if isinstance(record, RecordError):
        return ReadResult([], [record], encoding)
    return ReadResult([record], [], encoding)
