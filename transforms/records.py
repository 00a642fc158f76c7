"""What a reader hands on: records as they stand in a file, and why some do not.

A *record* is one article as its file gives it, before any judgement: every value a
string (tags a list), null where the file has no such field. The parse step makes an
article of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import polars as pl

#: One row a record. ``record_no`` counts from 1 in its file; in line formats it is
#: the line's number, so that a reader of a rejection finds the line.
RECORD_SCHEMA: dict[str, Any] = {
    "file_id": pl.Int64,
    "record_no": pl.Int32,
    "title": pl.String,
    "text": pl.String,
    "lead": pl.String,
    "published": pl.String,
    "modified": pl.String,
    "source": pl.String,
    "author": pl.String,
    "url": pl.String,
    "section": pl.String,
    "tags": pl.List(pl.String),
    "photo_credit": pl.String,
    "outlet_key": pl.String,
}

#: Why an input or a record is refused: code -> what to tell the user.
REASONS: dict[str, str] = {
    "empty_file": "the file has no content",
    "binary_content": "the file holds binary data, not text",
    "undecodable": "no text encoding fits the bytes",
    "unsupported_format": "no reader for this kind of file",
    "unreadable": "the file cannot be opened",
    "vanished": "the file disappeared while it was read",
    "unsafe_name": "the name of the archive's member leads out of the archive",
    "unsupported_compression": "the archive's member is compressed in an unknown way",
    "nested_archive": "archives inside archives are not opened",
    "unpacks_too_large": "unpacked it is over the size limit",
    "broken_archive": "the archive does not unpack",
    "truncated": "the file ends in the middle: it was not copied whole",
    "broken_document": "the document does not open",
    "no_text_layer": "the pages are pictures of text; recognise them first",
    "wrong_columns": "the row has more or fewer columns than the header",
    "broken_xml": "the XML does not parse",
    "xml_entities": "XML with a document type or entities of its own is not read",
    "not_a_file": "neither a file nor a folder: a pipe, a socket or a device",
    "broken_link": "the link leads nowhere or in a circle",
    "link_outside": "the link leads out of the landing folder",
    "link_to_folder": "links to folders are not followed",
    "encrypted": "the file is encrypted",
    "too_large": "the file is over the size limit",
    "broken_json": "the JSON does not parse",
    "too_deep": "the content is nested too deeply",
    "not_an_object": "the record is not an object with fields",
    "no_records": "the file holds no records",
    "no_text": "the record has neither a text nor a title",
    "broken_html": "the HTML has no readable article",
    "record_too_large": "the record is over the size limit",
    "forgotten": "the article was removed on request and is kept out",
    "parser_error": "the text could not be taken apart",
    "reader_error": "the reader failed on this input",
}

_FETCH = "Fetch the file again and put it into the landing folder."
_REPORT = "A fault of Qoima: report it with this record; after the fix replay it."
_NAME_IT = (
    "If the text stands under another name, add the name to seeds/field_names.csv, "
    "then `qoima quarantine replay --reason {}`."
)

#: What to do about each reason of `REASONS`.
REMEDIES: dict[str, str] = {
    "empty_file": f"{_FETCH} If it is empty at the source, dismiss it.",
    "binary_content": "Convert the file to text, or dismiss it.",
    "undecodable": f"The bytes were damaged on their way. {_FETCH}",
    "unsupported_format": "Convert it to a format that is read, or dismiss it.",
    "unreadable": "Give the user that runs Qoima the right to read it; run again.",
    "vanished": "If it comes back, the next run reads it; else dismiss it.",
    "unsafe_name": "Pack the archive anew with plain names.",
    "unsupported_compression": "Pack the archive anew, with deflate.",
    "nested_archive": "Unpack the inner archive into the landing folder.",
    "unpacks_too_large": "Unpack it, or raise the setting max_unpacked_size and run.",
    "broken_archive": _FETCH,
    "truncated": _FETCH,
    "broken_document": f"Open it and save it anew. {_FETCH}",
    "no_text_layer": "Recognise the pages (OCR) and put their text into landing.",
    "wrong_columns": "Quote the cells that hold a delimiter, in a mended file.",
    "broken_xml": _FETCH,
    "xml_entities": "Save the file without its document type.",
    "not_a_file": "Take it out of the landing folder.",
    "broken_link": "Mend or remove the link.",
    "link_outside": "Put the file itself into the landing folder.",
    "link_to_folder": "Put the folder itself into the landing folder.",
    "encrypted": "Take the password off and put it into the landing folder.",
    "too_large": "Cut the file, or raise the setting max_file_size and run again.",
    "broken_json": f"Mend the line at the mark, in a new file. {_FETCH}",
    "too_deep": "Flatten the record at the source, or dismiss it.",
    "not_an_object": "If the line is no article, dismiss it.",
    "no_records": _NAME_IT.format("no_records"),
    "no_text": _NAME_IT.format("no_text"),
    "broken_html": "Save the page with its article; a page without one is dismissed.",
    "record_too_large": "Cut the record into articles, or dismiss it.",
    "forgotten": "Nothing: it was removed on request, and stays out.",
    "parser_error": _REPORT,
    "reader_error": _REPORT,
}


class InputError(Exception):
    """A whole input that cannot be read; it goes to quarantine with its reason."""

    def __init__(self, reason_code: str, detail: str = "") -> None:
        """Keep the reason code (a key of `REASONS`) and a human detail."""
        super().__init__(f"{reason_code}: {detail}" if detail else reason_code)
        self.reason_code = reason_code
        self.detail = detail


@dataclass(frozen=True)
class RecordError:
    """One record of a file that cannot be read, with its number."""

    record_no: int
    reason_code: str
    detail: str


@dataclass(frozen=True)
class ReadResult:
    """What one input held.

    Attributes:
        records: keys are those of `RECORD_SCHEMA` but ``file_id``; missing keys are
            null. ``record_no`` is always there.
        errors: records that could not be read.
        encoding: the encoding the bytes were decoded with, ``utf-8`` style name.
    """

    records: list[dict[str, Any]]
    errors: list[RecordError] = field(default_factory=list)
    encoding: str | None = None
