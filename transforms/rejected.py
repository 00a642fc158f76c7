"""Shows a rejected record: its own bytes, with what is wrong between ⟦ and ⟧."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from transforms.readers import read_content
from transforms.readers.raw_records import find_raw
from transforms.records import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from transforms.readers import FieldNames
    from transforms.readers.raw_records import RawText

OPENS, CLOSES = "⟦", "⟧"
#: Characters that are shown before and after what is wrong.
_BEFORE, _AFTER = 500, 900
#: Of a field's value, as it was read.
_VALUE = 300
#: Marks in one record; more of them tell nothing new.
_MOST_MARKS = 20
#: A longer value may be written otherwise in the file.
_KNOWN_BY = 60

_LINE_COLUMN = re.compile(r"line (\d+), column (\d+)")
_COLUMN = re.compile(r"\bcolumn (\d+)")
_DATES = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_LOST = re.compile(r"[\udc80-\udcff]+|\ufffd+")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]+")
_KEY = re.compile(r'"((?:[^"\\]|\\.)*)"\s*:')
#: Reasons that speak of the whole record.
_ALL_WRONG = frozenset({"not_an_object", "no_text", "empty_file"})
_WORD_ENDS = r"(?:_\w+)?\b"
#: What a rule measures on the text or title under other names.
_OF_TEXT = re.compile(
    r"\b(?:replacement|control|letter|kazakh_letter|cyrillic|latin|word)_count"
    r"|\blanguage\b|\bscript\b|\blongest_word|\bhas_mixed|\bhas_scan"
)


class Seen(NamedTuple):
    """A rejected record, made printable.

    Attributes:
        place: where it stands in its file, in words.
        raw: its own bytes as text, what is wrong marked; cut around the first mark.
        fields: (field, value) as the reader took them; the value marked where it is
            what is wrong. Empty where the reader took none.
        unknown: names in the record that stand for no field.
    """

    place: str
    raw: str
    fields: list[tuple[str, str]]
    unknown: list[str]


class Rejected(NamedTuple):
    """What is known of a rejected input or record.

    Attributes:
        path: of its file.
        file_format: the reader; None where there is none.
        record_no: the record; None for the whole file.
        reason_code: why it was refused.
        detail: where and what.
        predicate: of the rule that refused it; empty where a reader did.
    """

    path: str
    file_format: str | None
    record_no: int | None
    reason_code: str
    detail: str
    predicate: str = ""


def show_rejected(content: bytes, what: Rejected, field_names: FieldNames) -> Seen:
    """Find a rejected record in its file's bytes and mark what is wrong with it.

    Args:
        content: the bytes as they came.
        what: the rejection.
        field_names: the mapping of outlets' field names to ours.
    """
    raw = find_raw(
        content,
        path=what.path,
        file_format=what.file_format or "",
        field_names=field_names,
        record_no=what.record_no,
    )
    record = _read(content, what, field_names)
    wrong = _wrong_fields(what)
    named = _names(raw, what)
    unknown = [
        name
        for name in named
        if what.reason_code in {"no_text", "no_records"}
        and field_names.fold(name) not in field_names.ranked
    ]
    marks = _marks(raw, what, [record.get(name) for name in wrong], unknown)
    fields = [(name, _value(record[name], name in wrong)) for name in record]
    fields += [(name, f"{OPENS}nothing{CLOSES}") for name in wrong - record.keys()]
    if what.reason_code == "wrong_columns":
        fields = _columns(raw)
    return Seen(raw.place, _marked(raw, marks), fields, unknown)


def printable(text: str) -> str:
    r"""Text that a terminal shows as it is: controls and bad bytes as ``\xNN``."""
    return "".join(
        char if char.isprintable() or char in "\n\t" else _escaped(char)
        for char in text
    )


def _escaped(char: str) -> str:
    code = ord(char)
    if 0xDC80 <= code <= 0xDCFF:  # noqa: PLR2004 - a byte kept by surrogateescape
        return f"\\x{code - 0xDC00:02x}"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"  # noqa: PLR2004


def _read(content: bytes, what: Rejected, field_names: FieldNames) -> dict[str, Any]:
    """The record's fields as its reader takes them today; none where it refuses."""
    if what.file_format is None or what.record_no is None:
        return {}
    try:
        result = read_content(
            content,
            path=what.path,
            file_format=what.file_format,
            field_names=field_names,
        )
    except InputError:
        return {}
    for record in result.records:
        if record["record_no"] == what.record_no:
            return {
                name: value for name, value in record.items() if name != "record_no"
            }
    return {}


def _wrong_fields(what: Rejected) -> set[str]:
    """The fields of a record that a rule's predicate speaks of."""
    said = what.predicate
    fields = {
        name
        for name in ("title", "text", "lead", "published", "modified", "source",
                     "author", "url")
        if re.search(rf"\b{name}{_WORD_ENDS}", said)
    }  # fmt: skip
    if not fields and _OF_TEXT.search(said):
        return {"text"}
    return fields


def _names(raw: RawText, what: Rejected) -> list[str]:
    """Names of fields as the record itself has them: keys, or columns."""
    text = raw.text[raw.start : raw.end]
    if (what.file_format or "").startswith("csv"):
        header = raw.header or text.split("\n", 1)[0]
        return [name.strip().strip('"') for name in re.split(r"[,;\t|]", header)]
    return list(dict.fromkeys(match[1] for match in _KEY.finditer(text)))


def _marks(
    raw: RawText, what: Rejected, values: Sequence[Any], unknown: Sequence[str]
) -> list[tuple[int, int]]:
    """Spans of the file's text that are wrong."""
    start, end = raw.start, raw.end
    marks = _place_of_detail(raw, what)
    if not marks:
        finders = [_LOST] if "replacement" in what.predicate else [_LOST, _CONTROLS]
        if not what.predicate or _OF_TEXT.search(what.predicate):
            marks += [
                match.span()
                for finder in finders
                for match in finder.finditer(raw.text, start, end)
            ]
    if not marks:
        wanted = [str(value)[:_KNOWN_BY] for value in values if value]
        wanted += _DATES.findall(what.detail)
        for value in dict.fromkeys(wanted):
            at = raw.text.find(value, start, end)
            if at >= 0:
                marks.append((at, at + len(value)))
    for name in unknown:
        at = raw.text.find(name, start, end)
        if at >= 0:
            marks.append((at, at + len(name)))
    if not marks and (start == end or what.reason_code in _ALL_WRONG):
        marks = [(start, end)]
    return sorted(marks)[:_MOST_MARKS]


def _place_of_detail(raw: RawText, what: Rejected) -> list[tuple[int, int]]:
    """The place that the reader gave: a line and column."""
    detail = what.detail
    if what.reason_code not in {"broken_json", "broken_xml"}:
        return []
    if found := _LINE_COLUMN.search(detail):
        at = 0
        for _ in range(int(found[1]) - 1):
            at = raw.text.find("\n", at) + 1
        at += int(found[2]) - 1
    elif found := _COLUMN.search(detail):
        at = raw.start + int(found[1]) - 1
    else:
        return []
    at = max(raw.start, min(at, raw.end))
    return [(at, min(at + 1, raw.end))]


def _marked(raw: RawText, marks: Sequence[tuple[int, int]]) -> str:
    """The record's text around its first mark, with all marks in it."""
    first = marks[0][0] if marks else raw.start
    begin = max(raw.start, first - _BEFORE)
    finish = min(raw.end, max(first, begin + _BEFORE) + _AFTER)
    parts = ["… " if begin > raw.start else ""]
    at = begin
    for start, end in marks:
        if start < at or start > finish:
            continue
        inside = printable(raw.text[start : min(end, finish)]) or "nothing more"
        parts += [printable(raw.text[at:start]), OPENS, inside, CLOSES]
        at = min(end, finish)
    parts.append(printable(raw.text[at:finish]))
    parts.append(" …" if finish < raw.end else "")
    return "".join(parts)


def _value(value: Any, is_wrong: bool) -> str:  # noqa: FBT001 - of one caller
    text = "; ".join(value) if isinstance(value, list) else str(value)
    lost = _LOST.search(text) if is_wrong else None
    if lost:
        begin = max(0, lost.start() - _VALUE // 2)
        part = text[begin : begin + _VALUE]
        marked = _LOST.sub(lambda run: f"{OPENS}{run[0]}{CLOSES}", part)
        return ("… " if begin else "") + printable(marked)
    shown = printable(text[:_VALUE]) + (" …" if len(text) > _VALUE else "")
    return f"{OPENS}{shown}{CLOSES}" if is_wrong else shown


def _columns(raw: RawText) -> list[tuple[str, str]]:
    """A row's cells beside the header's names; those without a partner marked."""
    delimiter = max(",;\t|", key=raw.header.count)
    names = raw.header.split(delimiter)
    cells = raw.text[raw.start : raw.end].split(delimiter)
    shown: list[tuple[str, str]] = []
    for at in range(min(max(len(names), len(cells)), 50)):
        name = names[at].strip() if at < len(names) else f"{OPENS}no column{CLOSES}"
        cell = printable(cells[at][:_VALUE]) if at < len(cells) else ""
        is_alone = at >= len(names) or at >= len(cells)
        cell = cell or "nothing"
        shown.append((name, f"{OPENS}{cell}{CLOSES}" if is_alone else cell))
    return shown


def describe_values(row: Mapping[str, Any], predicate: str) -> str:
    """The measures of a row that a rule's predicate speaks of, with their values.

    Args:
        row: one row of `transforms.measure.measure_records`.
        predicate: the rule's.

    Returns:
        Such as ``published_date: 2099-01-01, arrived_at: 2026-11-22 13:48:36``.
    """
    named = [name for name in row if re.search(rf"\b{name}\b", predicate)]
    values = [(name, row[name]) for name in named]
    return ", ".join(
        f"{name}: {'nothing' if value is None else printable(str(value))[:200]}"
        for name, value in values
    )
