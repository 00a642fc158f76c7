"""HTML fragments to text with paragraphs, for fields that carry markup and for pages.

Only elements that HTML knows count as markup: ``a < b`` and ``<Қазақстан>`` are text.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

from transforms.readers.refusal import refuse

if TYPE_CHECKING:
    from collections.abc import Iterator

_HTML_BLOCKS = (
    "address article aside blockquote body br caption center dd details dialog div dl "
    "dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html li "
    "main nav ol p pre section summary table tbody td tfoot th thead title tr ul"
)
_HTML_INLINE = (
    "a abbr b big cite code em font i img ins mark q s small span strike strong sub "
    "sup time tt u wbr"
)
_HTML_SILENT = (
    "button iframe math noscript object script select style svg template textarea"
)

#: What trafilatura renames blocks to.
_EXTRACTED_BLOCKS = "cell head item lb list quote row"

#: Elements that begin and end a paragraph.
_BLOCKS = frozenset(_HTML_BLOCKS.split()) | frozenset(_EXTRACTED_BLOCKS.split())

#: Elements whose content nobody reads.
_SILENT = frozenset(_HTML_SILENT.split())


def _any_tag(*names: str) -> str:
    return rf"</?(?:{'|'.join(' '.join(names).split())})\b[^<>]{{0,2000}}>"


_TAG = re.compile(_any_tag(_HTML_BLOCKS, _HTML_INLINE, _HTML_SILENT), re.IGNORECASE)
_LINE_TAG = re.compile(
    _any_tag(_HTML_INLINE, "br div p h1 h2 h3 h4 h5 h6"), re.IGNORECASE
)
_BLOCK_TAG = re.compile(
    r"<(?:p|br|div|h[1-6]|li|ul|ol|table|blockquote|section|article)\b", re.IGNORECASE
)
_HTML_SPACE = re.compile(r"[ \t\n\r\f]+")

#: Stands for a paragraph break until whitespace has been folded (ASCII's own record
#: separator).
_BREAK = "\x1e"


def inline_to_text(text: str) -> str:
    """Take the inline markup out of a one-line text and resolve entities.

    A ``<script>`` in a title stays: it is text there, and shown as text.
    """
    if "<" in text:
        text = _LINE_TAG.sub(_space_for_block, text)
    return unescape(text) if "&" in text else text


def _space_for_block(match: re.Match[str]) -> str:
    return " " if _BLOCK_TAG.match(match[0]) else ""


def markup_to_text(text: str) -> str:
    """Reduce a text to plain paragraphs if it carries HTML, else leave it alone.

    Returns:
        Paragraphs separated by line feeds. Line breaks of the source stay paragraph
        breaks where no element makes paragraphs.
    """
    if "<" not in text or not _TAG.search(text):
        return unescape(text) if "&" in text else text
    if not _BLOCK_TAG.search(text):
        text = text.replace("\n", "<br>")
    root = parse_html(f"<html><body><div>{text}</div></body></html>")
    return "" if root is None else element_text(root)


def parse_html(text: str) -> Any:
    """Parse a page or a fragment; the root element, or None where there is none.

    The text goes in as UTF-8 whatever charset the page declares: it is decoded.

    Raises:
        InputError: ``too_deep``.
    """
    from lxml import etree, html  # type: ignore[import-untyped] # noqa: PLC0415 - late

    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True
    )
    try:
        root = html.document_fromstring(text.encode("utf-8"), parser=parser)
    except etree.ParserError:  # nothing but comments or whitespace
        return None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        refuse("too_deep", "elements are nested more than 256 deep")
    return root


def element_text(element: Any) -> str:
    """Write the text of an element, a paragraph a line, scripts and styles left out."""
    folded = _HTML_SPACE.sub(" ", "".join(_pieces(element)))
    paragraphs = (part.strip() for part in folded.split(_BREAK))
    return "\n".join(part for part in paragraphs if part)


def _pieces(element: Any) -> Iterator[str]:
    """Yield text and breaks in the order of the page, without recursion."""
    from lxml.etree import iterwalk  # type: ignore[import-untyped] # noqa: PLC0415

    walk = iterwalk(element, events=("start", "end"))
    for event, node in walk:
        is_named = isinstance(node.tag, str)  # comments and instructions are not
        if event == "start":
            if not is_named or node.tag in _SILENT:
                walk.skip_subtree()
                continue
            yield _BREAK if node.tag in _BLOCKS else ""
            yield node.text or ""
            continue
        if is_named and node.tag in _BLOCKS:
            yield _BREAK
        if node is not element:
            yield node.tail or ""
