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
    ".csv": "csv",
    ".tsv": "csv",
    ".docx": "docx",
    ".pdf": "pdf",
    ".rss": "feed",
    ".atom": "feed",
    ".xml": "feed",
    ".gz": "gz",
    ".zip": "zip",
}

#: A gzip file's format tells what is inside: ``a.txt.gz`` is ``text.gz``.
GZIPPED = ".gz"

#: Format -> (module, function).
READERS: dict[str, tuple[str, str]] = {
    "text": ("transforms.readers.plain", "read_text"),
    "markdown": ("transforms.readers.plain", "read_markdown"),
    "html": ("transforms.readers.html_page", "read_html"),
    "json": ("transforms.readers.json_records", "read_json"),
    "jsonl": ("transforms.readers.json_records", "read_json_lines"),
    "csv": ("transforms.readers.tables", "read_table"),
    "docx": ("transforms.readers.word", "read_word"),
    "pdf": ("transforms.readers.pdf", "read_pdf"),
    "feed": ("transforms.readers.feeds", "read_feed"),
    "gz": ("transforms.readers.gzipped", "read_gzip"),
    "zip": ("transforms.readers.zipped", "refuse_zip"),
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
    (``archive.zip::news/a.txt``). ``a.txt.gz`` is ``text.gz``; a gzip file whose name
    does not say what is inside is ``gz``, which its reader refuses.
    """
    name = path.replace("\\", "/").rpartition("/")[2].rpartition("::")[2]
    stem, found = _split_ending(name)
    if found != "gz":
        return found
    inner = _split_ending(stem)[1]
    return f"{inner}{GZIPPED}" if inner else found


def read_content(
    content: bytes, *, path: str, file_format: str, field_names: FieldNames
) -> ReadResult:
    """Read one input's bytes.

    Args:
        content: the bytes as they came.
        path: relative to the landing root, for messages; never part of a record.
        file_format: what `format_of` said.
        field_names: the table of field names (``seeds/field_names.csv``).

    Returns:
        Records (keys of `RECORD_SCHEMA` but ``file_id``, empty fields left out),
        records that could not be read, and the encoding.

    Raises:
        InputError: the whole input cannot be read; its reason code is in `REASONS`,
            ``reader_error`` being a fault of the reader itself.
    """
    reader = "gz" if file_format.endswith(GZIPPED) else file_format
    if reader not in READERS:
        reason = "unsupported_format"
        raise InputError(reason, f"no reader for {file_format!r}")
    try:
        return _reader(reader)(content, path=path, field_names=field_names)
    except InputError:
        raise
    except Exception as error:
        # One hostile file must cost itself only, and be seen with its cause.
        reason = "reader_error"
        raise InputError(reason, f"{type(error).__name__}: {error}") from error


def _split_ending(name: str) -> tuple[str, str | None]:
    stem, dot, extension = name.rpartition(".")
    return stem, FORMATS.get(dot + extension.lower()) if stem else None


@cache
def _reader(name: str) -> Reader:
    module, function = READERS[name]
    return cast("Reader", getattr(import_module(module), function))
