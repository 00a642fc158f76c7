"""Web pages: one page, one article, with what its metadata says of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from transforms.readers.encoding import decode
from transforms.readers.fields import FieldNames, make_record
from transforms.readers.html_body import page_text
from transforms.readers.html_metadata import page_fields
from transforms.readers.markup import parse_html
from transforms.readers.refusal import refuse
from transforms.records import ReadResult, RecordError

if TYPE_CHECKING:
    from collections.abc import Mapping

#: An article's page is some 50 to 500 KB; past this it is an export or an attack,
#: and the extraction of its body would take minutes.
MAX_PAGE_BYTES = 16 * 1024 * 1024

#: Where a page names its charset: HTML wants it in the first 1,024 bytes.
_HEAD_BYTES = 4096
_CHARSET = re.compile(
    rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z][\w:.-]{0,39})", re.IGNORECASE
)


def read_html(content: bytes, *, path: str, field_names: FieldNames) -> ReadResult:
    """Read an HTML page.

    Metadata comes from JSON-LD, then meta tags, then the page itself; the body is
    the article without the site around it, a paragraph a line.

    Raises:
        InputError: ``broken_html`` for a page without an article's text,
            ``too_deep``, ``too_large``, or the bytes are no text.
    """
    del path  # every reader has the same signature
    if len(content) > MAX_PAGE_BYTES:
        refuse("too_large", f"{len(content):,} bytes of {MAX_PAGE_BYTES:,} allowed")
    text, encoding = decode(content, declared_charset(content))
    root = parse_html(text)
    if root is None:
        refuse("broken_html", "no elements")
    fields = page_fields(root, field_names)
    fields["text"] = page_text(root, fields.get("title"), fields.get("text"))
    return _one_record(fields, encoding)


def declared_charset(content: bytes) -> str | None:
    """Find the first charset that a page declares for itself."""
    match = _CHARSET.search(content, 0, _HEAD_BYTES)
    return match[1].decode("ascii", "ignore") if match else None


def _one_record(fields: Mapping[str, Any], encoding: str) -> ReadResult:
    if not fields["text"]:
        title = fields.get("title", "none")
        refuse("broken_html", f"no article text found; title: {title[:100]}")
    record = make_record(1, fields)
    if isinstance(record, RecordError):
        return ReadResult([], [record], encoding)
    return ReadResult([record], [], encoding)
