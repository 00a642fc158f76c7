"""Tables in text: ``.csv`` and ``.tsv``, an article a row under a row of names.

Rows are cut here and not by the `csv` module, for three reasons: a quotation mark that
nobody closes costs its own line and not the rest of the file; a long text needs no
limit that holds for the whole process; and a row's cost is bounded however many
columns it claims to have.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from transforms.readers.encoding import decode
from transforms.readers.fields import FieldNames, make_record, map_fields
from transforms.readers.refusal import refuse
from transforms.records import InputError, ReadResult, RecordError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: What stands between columns, likeliest first. Excel writes semicolons where the
#: comma is the decimal sign, as in Kazakhstan.
_DELIMITERS = (",", ";", "\t", "|")

#: Excel's own way to name the delimiter, on a line before the header.
_SEPARATOR_LINE = re.compile(r'"?sep=([,;\t|])"?\n', re.IGNORECASE)

#: A table with more columns is data of another kind.
_MAX_COLUMNS = 1_000

#: More rows in a file of the largest size are no articles: 130 bytes each.
_MAX_ROWS = 500_000

#: After so many bad rows, and fewer good ones, the file is refused as a whole.
_MAX_ERRORS = 10_000

_BLANK_LINE = re.compile(r"[ \t]*(?:\n|\Z)")


def read_table(content: bytes, *, path: str, field_names: FieldNames) -> ReadResult:
    """Read a ``.csv`` or ``.tsv`` file.

    ``record_no`` is the row's number as a spreadsheet shows it: the header is 1, the
    first article 2, blank rows count, and a row of several lines counts once.

    Raises:
        InputError: ``no_records`` where no column is a text or a title,
            ``wrong_columns`` where most of many rows do not fit the header,
            ``too_large``, or the bytes are no text.
    """
    text, encoding = decode(content)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    start, delimiter = _find_delimiter(text, path, field_names)
    rows = (cells for _, cells in _rows(text, start, delimiter))
    header = [name.strip() for name in next(rows, [])]
    _refuse_strange_header(header, field_names)
    records: list[dict[str, Any]] = []
    errors: list[RecordError] = []
    for number, cells in enumerate(rows, start=2):
        if number > _MAX_ROWS:
            refuse("too_large", f"more than {_MAX_ROWS:,} rows")
        if not any(cell.strip() for cell in cells):
            continue
        record = _read_row(number, header, cells, field_names)
        if isinstance(record, RecordError):
            errors.append(record)
            if len(errors) > max(_MAX_ERRORS, len(records)):
                refuse("wrong_columns", f"most rows; {errors[0].detail}")
        else:
            records.append(record)
    if not records and not errors:
        refuse("no_records", "a header without rows")
    return ReadResult(records, errors, encoding)


def row_spans(
    text: str, path: str, names: FieldNames
) -> tuple[str, list[tuple[int, int]]]:
    r"""The header's line, and where each row begins and ends; the header is the first.

    Args:
        text: the table, with ``\n`` for its line ends.
        path: its path: a ``.tsv`` has tabs between columns.
        names: the table of field names.
    """
    start, delimiter = _find_delimiter(text, path, names)
    starts = [begun for begun, _ in _rows(text, start, delimiter)]
    ends = [*starts[1:], len(text)]
    spans = [
        (begun, begun + len(text[begun:end].rstrip("\n")))
        for begun, end in zip(starts, ends, strict=True)
    ]
    return (text[slice(*spans[0])] if spans else ""), spans


def _find_delimiter(text: str, path: str, names: FieldNames) -> tuple[int, str]:
    """Find where the header begins and what separates its columns.

    The delimiter is the one by which most columns are fields that the table of names
    knows, and by which there are most columns.
    """
    said = _SEPARATOR_LINE.match(text)
    if said:
        return said.end(), said[1]
    order: tuple[str, ...] = _DELIMITERS
    if path.lower().endswith((".tsv", ".tsv.gz")):
        order = ("\t", *(d for d in _DELIMITERS if d != "\t"))

    def fitness(delimiter: str) -> tuple[int, int]:
        _, header = next(_rows(text, 0, delimiter), (0, []))
        known = map_fields(dict.fromkeys(header, "x"), names)
        return len(known), len(header)

    return 0, max(order, key=fitness)  # the first of equals


def _refuse_strange_header(header: Sequence[str], names: FieldNames) -> None:
    if len(header) > _MAX_COLUMNS:
        refuse("no_records", f"more than {_MAX_COLUMNS:,} columns")
    known = map_fields(dict.fromkeys(header, "x"), names)
    if not {"text", "title"} & set(known):
        shown = ", ".join(header[:10])[:200]
        refuse(
            "no_records",
            f"no column is a text or a title. Columns: {shown}. "
            "Name them in field_names.csv.",
        )


def _read_row(
    number: int, header: Sequence[str], cells: Sequence[str], names: FieldNames
) -> dict[str, Any] | RecordError:
    if len(cells) != len(header):
        count = f"{len(cells)}" if len(cells) <= _MAX_COLUMNS else "too many"
        detail = f"{count} columns, the header has {len(header)}"
        return RecordError(number, "wrong_columns", detail)
    row: dict[str, str] = {}
    for name, cell in zip(header, cells, strict=True):
        if name and not row.get(name):  # the first of columns with one name
            row[name] = cell
    try:
        fields = map_fields(row, names)
    except InputError as error:  # HTML in a cell, nested beyond reading
        return RecordError(number, error.reason_code, error.detail)
    return make_record(number, fields)


def _rows(text: str, start: int, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Cut a text into rows: where each begins, and its cells; a blank line has none.

    A cell is quoted where a quotation mark opens it and another closes it before the
    delimiter or the line's end; any other quotation mark is text. A row with more
    than `_MAX_COLUMNS` columns is left at the next line end.
    """
    mark = re.escape(delimiter)
    # Possessive, so that no input is gone through more than twice.
    cell = re.compile(rf'"([^"]*+(?:""[^"]*+)*+)"(?={mark}|\n|\Z)|([^{mark}\n]*+)')
    at, end = start, len(text)
    while at < end:
        begun = at
        blank = _BLANK_LINE.match(text, at) if delimiter != "\t" else None
        if blank or text[at] == "\n":
            at = blank.end() if blank else at + 1
            yield begun, []
            continue
        cells: list[str] = []
        while True:
            match = cell.match(text, at)
            assert match  # noqa: S101 - the second half matches anything
            quoted = match[1]
            cells.append(match[2] if quoted is None else quoted.replace('""', '"'))
            at = match.end()
            if len(cells) > _MAX_COLUMNS:
                line_end = text.find("\n", at)
                at = end if line_end < 0 else line_end
            if at >= end or text[at] == "\n":
                break
            at += 1
        at += 1
        yield begun, cells
