"""Readers: a file's bytes to records.

A further format is one module and one entry in `READERS`. Reader modules are imported
when their first file comes, so that a run pays only for the formats that it meets.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Protocol, cast

from transforms.readers.fields import FieldNames
from transforms.records import InputError, ReadResult

__all__ = ["FORMATS", "READERS", "FieldNames", "format_of", "read_content"]

#: Extension in lower case -> format.
FORMATS: dict[str, str] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}

#: Format -> (module, function).
READERS: dict[str, tuple[str, str]] = {
    "text": ("transforms.readers.plain", "read_text"),
    "markdown": ("transforms.readers.plain", "read_markdown"),
    "html": ("transforms.readers.html_page", "read_html"),
    "json": ("transforms.readers.json_records", "read_json"),
    "jsonl": ("transforms.readers.json_records", "read_json_lines"),
}


class Reader(Protocol):
    """What the function of every reader module is."""

    def __call__(
        self, content: bytes, *, path: str, field_names: FieldNames
    ) -> ReadResult:
        """Read one input or raise `InputError`."""


def format_of(path: str) -> str | None:
    """Tell a file's format by its extension; None where there is no reader for it.

    The path may be relative, and that of a member of an archive
    (``archive.zip::news/a.txt``).
    """
    name = path.replace("\\", "/").rpartition("/")[2].rpartition("::")[2]
    stem, dot, extension = name.rpartition(".")
    return FORMATS.get(dot + extension.lower()) if stem else None


def read_content(
    content: bytes, *, path: str, file_format: str, field_names: FieldNames
) -> ReadResult:
    """Read one input's bytes.

    Args:
        content: the bytes as they came.
        path: relative to the landing root, for messages; never part of a record.
        file_format: a value of `FORMATS`.
        field_names: the table of field names (``seeds/field_names.csv``).

    Returns:
        Records (keys of `RECORD_SCHEMA` but ``file_id``, empty fields left out),
        records that could not be read, and the encoding.

    Raises:
        InputError: the whole input cannot be read; its reason code is in `REASONS`,
            ``reader_error`` being a fault of the reader itself.
    """
    if file_format not in READERS:
        reason = "unsupported_format"
        raise InputError(reason, f"no reader for {file_format!r}")
    try:
        return _reader(file_format)(content, path=path, field_names=field_names)
    except InputError:
        raise
    except Exception as error:
        # One hostile file must cost itself only, and be seen with its cause.
        reason = "reader_error"
        raise InputError(reason, f"{type(error).__name__}: {error}") from error


@cache
def _reader(file_format: str) -> Reader:
    module, function = READERS[file_format]
    return cast("Reader", getattr(import_module(module), function))
