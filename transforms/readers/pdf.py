"""PDF documents with a text layer: one file, one article."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any

from transforms.readers.bounds import MAX_XML_BYTES
from transforms.readers.document_properties import plausible_name, plausible_title
from transforms.readers.fields import FieldNames, make_record
from transforms.readers.pdf_text import Line, page_lines, paragraphs_of, take_heading
from transforms.readers.pdf_work import MAX_WORK, page_work
from transforms.readers.refusal import refuse
from transforms.readers.values import tags_value
from transforms.records import InputError, ReadResult, RecordError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdf import PdfReader

_MAGIC = b"%PDF-"
#: Some programs write bytes before the header; readers look this far.
_HEADER_WITHIN = 1024

#: A longer document is a book; an article has one to five pages.
MAX_PAGES = 2_000

#: Fewer letters in a whole document are stamps and numbers on scanned pages.
_MIN_LETTERS = 20

#: Above this share of characters without a meaning the text layer is none: fonts
#: without a table of characters give such.
_MAX_UNKNOWN_SHARE = 0.1

#: pypdf's own limits for one page, lower than its defaults: a page of text has some
#: thousands of operations. Streams over them are refused, not cut.
_LIMITS: dict[str, Any] = {
    "zlib_maximum_output_length": MAX_XML_BYTES,
    "lzw_maximum_output_length": MAX_XML_BYTES,
    "run_length_maximum_output_length": MAX_XML_BYTES,
    "brotli_maximum_output_length": MAX_XML_BYTES,
    "array_based_stream_maximum_output_length": MAX_XML_BYTES,
    "stream_decoding_work_maximum_length": 2 * MAX_XML_BYTES,
    "stream_parsing_work_maximum_count": 500_000,
    "xform_maximum_invocations_per_extraction": 50,
}


def read_pdf(content: bytes, *, path: str, field_names: FieldNames) -> ReadResult:
    """Read a ``.pdf`` file: its text layer in paragraphs, a paragraph a line.

    Lines of print are joined to paragraphs by their places on the page; running heads
    and page numbers are left out. The title is what the first page prints larger than
    the text, else the property where it is more than a placeholder. The dates among
    the properties are those of the file and are not taken.

    Raises:
        InputError: ``encrypted``, ``no_text_layer``, ``broken_document``,
            ``too_large`` (pages), ``unpacks_too_large``, ``empty_file``.
    """
    del path, field_names  # every reader has the same signature
    _refuse_other(content)
    with _bounded():
        reader = _open(content)
        properties = _properties(reader)
        lines = _all_lines(reader)
    _refuse_pictures(lines)
    heading, lines = take_heading(lines)
    text = "\n".join(paragraphs_of(lines))
    fields: dict[str, Any] = {
        "title": heading or plausible_title(properties.get("/Title"), text),
        "author": plausible_name(properties.get("/Author")),
        "tags": tags_value(properties.get("/Keywords")),
        "text": text,
    }
    record = make_record(1, {name: value for name, value in fields.items() if value})
    if isinstance(record, RecordError):
        return ReadResult([], [record])
    return ReadResult([record])


def _refuse_other(content: bytes) -> None:
    if not content:
        refuse("empty_file", "0 bytes")
    if _MAGIC not in content[:_HEADER_WITHIN]:
        refuse("broken_document", "it is no PDF: %PDF- is missing")


@contextmanager
def _bounded() -> Iterator[None]:
    """Put pypdf's limits in place and keep it from writing to the terminal."""
    from pypdf import apply_configuration  # noqa: PLC0415 - costs 0.3 s

    log = logging.getLogger("pypdf")
    level = log.level
    log.setLevel(logging.CRITICAL)
    try:
        with apply_configuration(**_LIMITS):
            yield
    except InputError:
        raise
    except Exception as error:  # noqa: BLE001 - it fails in many ways on broken files
        _refuse_error(error)
    finally:
        log.setLevel(level)


def _refuse_error(error: Exception) -> None:
    from pypdf.errors import (  # noqa: PLC0415 - late, with the library
        DependencyError,
        FileNotDecryptedError,
        LimitReachedError,
        WrongPasswordError,
    )

    detail = f"{type(error).__name__}: {error}"[:300]
    if isinstance(error, LimitReachedError):
        refuse("unpacks_too_large", detail)
    if isinstance(error, (FileNotDecryptedError, WrongPasswordError, DependencyError)):
        refuse("encrypted", "a PDF document with a password")
    refuse("broken_document", detail)


def _open(content: bytes) -> PdfReader:
    from pypdf import PasswordType, PdfReader  # noqa: PLC0415 - late

    reader = PdfReader(BytesIO(content), strict=False)
    # Most protected documents open to everybody and only forbid printing.
    if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
        refuse("encrypted", "a PDF document with a password")
    return reader


def _properties(reader: PdfReader) -> dict[str, Any]:
    """The document's properties; broken ones cost nothing but themselves."""
    try:
        return dict(reader.metadata or {})
    except Exception:  # noqa: BLE001 - the text may be good all the same
        return {}


def _all_lines(reader: PdfReader) -> list[Line]:
    count = len(reader.pages)
    if count > MAX_PAGES:
        refuse("too_large", f"{count:,} pages, at most {MAX_PAGES:,} are read")
    work = 0
    for number, page in enumerate(reader.pages, start=1):
        work += page_work(page)
        if work > MAX_WORK:
            refuse("unpacks_too_large", f"over {MAX_WORK:,} bytes by page {number}")
    return [
        line
        for number, page in enumerate(reader.pages)
        for line in page_lines(page, number)
    ]


def _refuse_pictures(lines: list[Line]) -> None:
    """Refuse a document whose pages have no letters, or none that mean anything."""
    text = "".join(line.text for line in lines)
    if sum(map(str.isalpha, text)) < _MIN_LETTERS:
        refuse("no_text_layer", f"{len(text)} characters of text in the document")
    unknown = sum(map(_is_unknown, text))
    if unknown > _MAX_UNKNOWN_SHARE * len(text):
        share = f"{unknown / len(text):.0%}"
        refuse("no_text_layer", f"{share} of the characters are in unknown fonts")


def _is_unknown(char: str) -> bool:
    return char == "\ufffd" or "\ue000" <= char <= "\uf8ff"
