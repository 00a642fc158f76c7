"""Word documents (``.docx``): one file, one article.

The date is not taken from the document's properties: ``created`` is when somebody
typed it, or when the template that it was made from was.
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any

from transforms.readers.binary import refuse_binary
from transforms.readers.bounds import MAX_UNPACKED_BYTES, MAX_XML_BYTES
from transforms.readers.document_properties import plausible_name, plausible_title
from transforms.readers.fields import FieldNames, make_record
from transforms.readers.refusal import refuse
from transforms.readers.values import tags_value
from transforms.records import ReadResult, RecordError

if TYPE_CHECKING:
    from collections.abc import Iterator

_ZIP_MAGIC = b"PK\x03\x04"
_LISTED_MEMBER = b"PK\x01\x02"
_ENCRYPTED = 0x1
_MAX_PARTS = 10_000
_XML_ENDINGS = (".xml", ".rels")

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ALTERNATIVE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PARAGRAPH, _ROW, _CELL = _WORD + "p", _WORD + "tr", _WORD + "tc"

#: Elements inside a paragraph that stand for characters.
_CHARACTERS = {
    _WORD + "tab": " ",
    _WORD + "br": "\n",
    _WORD + "cr": "\n",
    _WORD + "noBreakHyphen": "\u2011",
}

#: What stands between the cells of a table's row, which becomes one line.
_BETWEEN_CELLS = " | "

#: Styles of a title; Word keeps these names in English in every language.
_TITLE_STYLES = frozenset({"title", "heading 1"})


def read_word(content: bytes, *, path: str, field_names: FieldNames) -> ReadResult:
    """Read a ``.docx`` file: paragraphs and tables in order, a paragraph a line.

    The title is the first paragraph if its style is a title's, else the property
    where it is more than a placeholder. Headers, footers, footnotes and deleted text
    are left out.

    Raises:
        InputError: ``encrypted``, ``unpacks_too_large``, ``broken_document``,
            ``xml_entities``, ``too_deep``, ``binary_content``, ``empty_file``.
    """
    del path, field_names  # every reader has the same signature
    document = _open(content)
    body = getattr(document.element, "body", None)
    if body is None:
        refuse("broken_document", "the document has no body")
    if body.getroottree().docinfo.doctype:
        refuse("xml_entities", "the document declares a document type")
    lines = list(_lines(body))
    heading, lines = _take_heading(document, lines)
    text = "\n".join(lines).strip("\n")
    properties = document.core_properties
    fields: dict[str, Any] = {
        "title": heading or plausible_title(properties.title, text),
        "author": plausible_name(properties.author),
        "tags": tags_value(properties.keywords),
        "section": (properties.category or "").strip(),
        "text": text,
    }
    if not text.strip() and not heading:
        refuse("empty_file", "the document has no text")
    record = make_record(1, {name: value for name, value in fields.items() if value})
    if isinstance(record, RecordError):
        return ReadResult([], [record])
    return ReadResult([record])


def _open(content: bytes) -> Any:
    """Open a document whose parts are small enough."""
    if not content:
        refuse("empty_file", "0 bytes")
    if not content.startswith(_ZIP_MAGIC):
        refuse_binary(content)
        refuse("broken_document", "it is no Word document: not a ZIP archive")
    _refuse_large(content)
    import docx  # noqa: PLC0415 - costs 0.2 s
    from lxml.etree import XMLSyntaxError  # type: ignore[import-untyped] # noqa: PLC0415

    try:
        return docx.Document(BytesIO(content))
    except XMLSyntaxError as error:
        reason = "too_deep" if "depth" in str(error) else "broken_document"
        refuse(reason, str(error))
    except Exception as error:  # noqa: BLE001 - it fails in many ways on broken files
        refuse("broken_document", f"{type(error).__name__}: {error}"[:300])


def _refuse_large(content: bytes) -> None:
    """Look at the sizes before anything is unpacked; more is never unpacked."""
    if content.count(_LISTED_MEMBER) > _MAX_PARTS:
        refuse("unpacks_too_large", f"more than {_MAX_PARTS:,} parts")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
    except Exception as error:  # noqa: BLE001 - it fails in many ways on broken files
        refuse("broken_document", str(error))
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        refuse("encrypted", "a Word document in a ZIP archive with a password")
    total = sum(part.file_size for part in parts)
    if total > 2 * MAX_UNPACKED_BYTES:  # pictures take most of it
        refuse("unpacks_too_large", f"{total:,} bytes")
    for part in parts:
        if part.filename.endswith(_XML_ENDINGS) and part.file_size > MAX_XML_BYTES:
            refuse("unpacks_too_large", f"{part.filename}: {part.file_size:,} bytes")


def _lines(body: Any) -> Iterator[str]:
    """Write paragraphs a line each, rows of tables a line each, in order.

    Walks the tree itself: the library's own lists of paragraphs leave out tracked
    insertions, content controls and text boxes.
    """
    from lxml.etree import iterwalk  # noqa: PLC0415 - late, with the library

    writer = _Writer()
    walk = iterwalk(body, events=("start", "end"))
    for event, node in walk:
        if event == "end":
            yield from writer.end(node)
        elif node.tag == _ALTERNATIVE:  # the same text box again, for old programs
            walk.skip_subtree()
        else:
            writer.start(node)


class _Writer:
    """Collects the characters of open paragraphs and the cells of open rows."""

    def __init__(self) -> None:
        self._paragraphs: list[list[str]] = []
        self._rows: list[list[list[str]]] = []  # of cells, of lines

    def start(self, node: Any) -> None:
        if node.tag == _PARAGRAPH:
            self._paragraphs.append([])
        elif node.tag == _ROW:
            self._rows.append([])
        elif node.tag == _CELL and self._rows:
            self._rows[-1].append([])
        elif self._paragraphs:
            self._paragraphs[-1].append(_characters(node))

    def end(self, node: Any) -> Iterator[str]:
        if node.tag == _PARAGRAPH and self._paragraphs:
            yield from self._put("".join(self._paragraphs.pop()))
        elif node.tag == _ROW and self._rows:
            yield from self._put(_join_row(self._rows.pop()))

    def _put(self, line: str) -> Iterator[str]:
        """Give a line to the open cell, or out."""
        if self._rows and self._rows[-1]:
            self._rows[-1][-1].append(line)
        else:
            yield line


def _characters(node: Any) -> str:
    if node.tag == _WORD + "t":
        return node.text or ""
    return _CHARACTERS.get(node.tag, "")


def _join_row(cells: list[list[str]]) -> str:
    texts = (" ".join(" ".join(cell).split()) for cell in cells)
    return _BETWEEN_CELLS.join(text for text in texts if text)


def _take_heading(document: Any, lines: list[str]) -> tuple[str | None, list[str]]:
    """Take the title off, where the first paragraph with text is styled as one."""
    first = next((i for i, line in enumerate(lines) if line.strip()), None)
    if first is None or not _is_title(document, lines[first]):
        return None, lines
    return " ".join(lines[first].split()), lines[first + 1 :]


def _is_title(document: Any, line: str) -> bool:
    style_names = {style.style_id: style.name for style in document.styles}
    for paragraph in document.element.body.iter(_PARAGRAPH):
        if paragraph.text.strip():
            name = style_names.get(paragraph.style) or ""
            same = paragraph.text.split() == line.split()
            return same and name.casefold() in _TITLE_STYLES
    return False
