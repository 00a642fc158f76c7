"""Answers as an Excel workbook: what CSV cannot keep there, it keeps.

Excel and LibreOffice read a CSV file in the encoding and with the separator of their
own language, round keys of 19 digits, and take a text that begins with "-" or "=" for a
formula.
"""

from __future__ import annotations

import json
import math
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

from flows.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

    from warehouse.query import Answer

#: Limits of the format; a longer text is cut.
_ROWS, _LETTERS = 1_048_576, 32_767
#: Whole numbers up to here are kept exactly: Excel counts in doubles.
_EXACT = 10**15
#: Excel's calendar begins here.
_FIRST_YEAR = 1900
_WIDEST, _NARROWEST, _MEASURED_ROWS = 60, 8, 200


def write_workbook(answer: Answer, keys: list[bool], out: Path) -> None:
    """Write the rows as one sheet with a header that stays in sight, and filters.

    Args:
        answer: the rows.
        keys: for each column whether it holds keys; they become text.
        out: the file.

    Raises:
        UserError: there are more rows than a sheet holds.
        OSError: the file cannot be written.
    """
    import xlsxwriter

    if len(answer.rows) >= _ROWS:
        message = (
            f"{len(answer.rows):,} rows: a sheet holds {_ROWS - 1:,}. "
            "Ask for fewer, or write csv or parquet."
        )
        raise UserError(message)
    content = BytesIO()
    book = xlsxwriter.Workbook(
        content,
        {
            "constant_memory": True,
            "strings_to_numbers": False,
            "strings_to_formulas": False,
            "strings_to_urls": False,
        },
    )
    bold = book.add_format({"bold": True, "bottom": 1})
    formats: dict[type, Any] = {
        date: book.add_format({"num_format": "yyyy-mm-dd"}),
        datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
    }
    sheet = book.add_worksheet("qoima")
    for place, name in enumerate(answer.columns):
        sheet.write_string(0, place, name, bold)
        sheet.set_column(place, place, _width(answer, place))
    sheet.freeze_panes(1, 0)
    if answer.rows:
        sheet.autofilter(0, 0, len(answer.rows), len(answer.columns) - 1)
    for line, row in enumerate(answer.rows, start=1):
        for place, (value, is_key) in enumerate(zip(row, keys, strict=True)):
            _write(
                sheet,
                (line, place),
                str(value) if _is_long(value, is_key) else value,
                formats,
            )
    book.close()
    out.write_bytes(content.getvalue())


def _write(
    sheet: Any, place: tuple[int, int], value: Any, formats: dict[type, Any]
) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(*place, value)
    elif isinstance(value, date) and value.year >= _FIRST_YEAR:
        moment = value.replace(tzinfo=None) if isinstance(value, datetime) else value
        sheet.write_datetime(*place, moment, formats[type(value)])
    elif isinstance(value, int | float | Decimal) and math.isfinite(value):
        sheet.write_number(*place, value)
    else:
        sheet.write_string(*place, _text(value))


def _is_long(value: Any, is_key: bool) -> bool:  # noqa: FBT001 - a column's mark
    """Whether it is a number that would lose its last digits, or a key."""
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    return is_whole and (is_key or abs(value) >= _EXACT)


def _text(value: Any) -> str:
    if isinstance(value, list | dict):
        text = json.dumps(value, ensure_ascii=False, default=str)
    else:
        text = value.isoformat() if isinstance(value, date | time) else str(value)
    return text if len(text) <= _LETTERS else f"{text[: _LETTERS - 1]}…"


def _width(answer: Answer, place: int) -> int:
    """Characters that the column's first values need."""
    longest = max(
        (
            len(_text(row[place]))
            for row in answer.rows[:_MEASURED_ROWS]
            if row[place] is not None
        ),
        default=0,
    )
    return min(_WIDEST, max(_NARROWEST, len(answer.columns[place]) + 2, longest + 1))
