"""RSS and Atom files: an article an entry.

The library gets bytes in memory only. Given a string it would take it for an address
or a path and fetch it.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any

from transforms.readers.encoding import decode
from transforms.readers.fields import FieldNames, make_record
from transforms.readers.html_page import declared_charset
from transforms.readers.refusal import refuse
from transforms.readers.values import READ_VALUE
from transforms.records import InputError, ReadResult, RecordError

if TYPE_CHECKING:
    from collections.abc import Mapping

#: A feed has 10 to 500 entries of up to 50 KB; the parser is slow on more.
MAX_FEED_BYTES = 16 * 1024 * 1024

_ROOTS = frozenset({"rss", "feed", "rdf"})

_DECLARATION = re.compile(r"\s*<\?xml\b[^>]*\?>")
#: What may stand before the root: space, instructions, comments.
_PROLOG = re.compile(r"(?:\s+|<\?(?:[^?]|\?(?!>))*+\?>|<!--(?:[^-]|-(?!->))*+-->)*+")
_ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)[\s/>]")

_ENTRY_STARTS = re.compile(r"<(?:[\w.-]+:)?(?:item|entry)[\s>]")
_ENTRY_ENDS = re.compile(r"</(?:[\w.-]+:)?(?:item|entry)\s*>")
_FEED_END = re.compile(r"</(?:[\w.-]+:)?(?:rss|feed|rdf)\s*>", re.IGNORECASE)
_CDATA = re.compile(r"<!\[CDATA\[.*?\]\]>", re.DOTALL)

_ADDRESS = re.compile(r"(?:https?:)?//|www\.", re.IGNORECASE)


def read_feed(content: bytes, *, path: str, field_names: FieldNames) -> ReadResult:
    """Read a ``.rss``, ``.atom`` or ``.xml`` feed; ``record_no`` is the position.

    The text is the entry's content, else its summary. The feed's title is the source.
    An entry's guid is the outlet's own key where it is no address.

    Raises:
        InputError: ``xml_entities`` for a document type of its own, ``too_deep``,
            ``broken_xml``, ``unsupported_format`` for XML that is no feed,
            ``no_records``, ``too_large``, or the bytes are no text.
    """
    del path, field_names  # every reader has the same signature
    if len(content) > MAX_FEED_BYTES:
        refuse("too_large", f"{len(content):,} bytes of {MAX_FEED_BYTES:,} allowed")
    text, encoding = decode(content, declared_charset(content))
    text = _DECLARATION.sub("", text, count=1)
    _refuse_other(text)
    feed = _parse(text)
    if not feed.entries:
        refuse("no_records", "the feed has no entries")
    source = dict.get(feed.feed, "title")
    records, errors = [], []
    for number, entry in enumerate(feed.entries, start=1):
        record = _read_entry(number, entry, source)
        if isinstance(record, RecordError):
            errors.append(record)
        else:
            records.append(record)
    return ReadResult(records, errors, encoding)


def entry_spans(text: str) -> list[tuple[int, int]]:
    """Where each entry of a feed's text begins and ends, in order."""
    bare = _CDATA.sub(lambda cdata: " " * len(cdata[0]), text)
    starts = [match.start() for match in _ENTRY_STARTS.finditer(bare)]
    ends = [match.end() for match in _ENTRY_ENDS.finditer(bare)]
    return list(zip(starts, ends, strict=False))


def _refuse_other(text: str) -> None:
    """Look at what the file is before any parser sees it."""
    start = _PROLOG.match(text)
    at = start.end() if start else 0
    if text.startswith("<!", at):
        refuse("xml_entities", "the file declares a document type before its root")
    root = _ROOT.match(text, at)
    if root is None:
        refuse("broken_xml", "no element at the beginning")
    if root[1].lower() not in _ROOTS:
        refuse("unsupported_format", f"XML, but no feed: its root is {root[1][:50]!r}")


def _parse(text: str) -> Any:
    """Parse a feed that is whole.

    Feeds in use often break XML's rules in the small, as with ``&nbsp;``; such ones
    are read as long as no entry is cut off.
    """
    data = text.encode()
    fault = _fault(data)
    if fault and not _is_whole(text):
        refuse("broken_xml", fault)
    import feedparser  # noqa: PLC0415 - costs 0.1 s

    return feedparser.parse(
        BytesIO(data),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,  # markup is reduced to text here
        resolve_relative_uris=False,
    )


def _fault(data: bytes) -> str | None:
    """Say what is wrong with the XML; None where nothing is.

    Raises:
        InputError: ``too_deep``.
    """
    from lxml import etree  # type: ignore[import-untyped] # noqa: PLC0415 - late

    events = etree.iterparse(
        BytesIO(data), resolve_entities=False, no_network=True, huge_tree=False
    )
    try:
        for _, element in events:
            element.clear()
    except etree.XMLSyntaxError as error:
        if "depth" in str(error).lower():
            refuse("too_deep", "elements are nested more than 256 deep")
        return str(error)[:300]
    return None


def _is_whole(text: str) -> bool:
    """Say whether every entry that begins ends, and the feed with them."""
    bare = _CDATA.sub("", text)
    starts, ends = _ENTRY_STARTS.findall(bare), _ENTRY_ENDS.findall(bare)
    return len(starts) == len(ends) and _FEED_END.search(bare[-2000:]) is not None


def _read_entry(
    number: int, entry: Mapping[str, Any], source: str | None
) -> dict[str, Any] | RecordError:
    raw = _raw_fields(entry, source)
    try:
        read = {name: READ_VALUE[name](value) for name, value in raw.items() if value}
    except InputError as error:  # HTML in an entry, nested beyond reading
        return RecordError(number, error.reason_code, error.detail)
    fields = {name: value for name, value in read.items() if value}
    if " ".join(str(fields.get("text", "")).split()) == fields.get("lead"):
        fields.pop("lead", None)  # Atom's content stands in for its summary
    return make_record(number, fields)


def _raw_fields(entry: Mapping[str, Any], source: str | None) -> dict[str, Any]:
    """Values of an entry by our names, as the feed writes them."""
    # The library's own look-up answers for other keys too, with a warning.
    get = dict(entry).get
    contents = [part.get("value") or "" for part in get("content") or ()]
    text = max(contents, key=len, default="")
    summary = get("summary") or ""
    # Its ``updated`` is dc:date in RSS, and the only date that Atom asks for.
    published, updated = get("published"), get("updated")
    author = get("author_detail") or {}
    origin = get("source") or {}
    return {
        "title": get("title"),
        "text": text or summary,
        "lead": summary if text else None,
        "published": published or updated,
        "modified": updated if published else None,
        "source": dict(origin).get("title") or source,
        "author": author.get("name") or get("author"),
        "url": get("link"),
        "tags": [tag.get("term") or tag.get("label") or "" for tag in get("tags", ())],
        "photo_credit": [part.get("content") for part in get("media_credit", ())],
        "outlet_key": _own_key(get("id")),
    }


def _own_key(guid: str | None) -> str | None:
    return None if not guid or _ADDRESS.match(guid.strip()) else guid
