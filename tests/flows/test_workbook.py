"""A workbook keeps what a CSV file loses in Excel."""

import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest

from flows import workbook
from flows.errors import UserError
from flows.output import OutputError, write_answer
from warehouse.query import Answer

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
KEY = -7715620530461711075


def answer(**columns):
    return Answer(list(columns), ["?"] * len(columns), [tuple(columns.values())])


def cells(path):
    """Rows of (kind, content): n number or date, b boolean, inlineStr text."""
    with zipfile.ZipFile(path) as archive:
        sheet = ET.fromstring(  # noqa: S314 - our own file
            archive.read("xl/worksheets/sheet1.xml")
        )
    return [
        [
            (cell.get("t", "n"), "".join(cell.itertext()))
            for cell in row.iter(f"{MAIN}c")
        ]
        for row in sheet.iter(f"{MAIN}row")
    ]


def written(tmp_path, given):
    write_answer(given, "xlsx", tmp_path / "a.xlsx")
    header, *rows = cells(tmp_path / "a.xlsx")
    assert [name for _, name in header] == given.columns
    return rows


def test_keys_are_text_with_every_digit_and_numbers_are_numbers(tmp_path):
    given = answer(
        article_id=KEY, words=147, big=10**17, weight=0.5, sum=Decimal("1.5")
    )
    assert written(tmp_path, given) == [
        [
            ("inlineStr", str(KEY)),
            ("n", "147"),
            ("inlineStr", str(10**17)),
            ("n", "0.5"),
            ("n", "1.5"),
        ]
    ]


def test_a_text_is_never_a_formula_a_number_or_a_link(tmp_path):
    texts = [
        "=1+1",
        "- Сіз қалай ойлайсыз?",
        "+7 701",
        "007",
        "https://baq.kz/1",
        "ңғқ",
    ]
    given = Answer(["text"], ["VARCHAR"], [(text,) for text in texts])
    assert written(tmp_path, given) == [[("inlineStr", text)] for text in texts]


def test_dates_are_dates_and_those_before_the_calendar_are_text(tmp_path):
    given = answer(
        one=date(2026, 1, 2),
        two=datetime(2026, 1, 2, 12, tzinfo=UTC),
        old=date(1465, 5, 1),
        sure=True,
        none=None,
        odd=float("nan"),
        tags=["су", "көл"],
    )
    assert written(tmp_path, given) == [
        [
            ("n", "46024"),
            ("n", "46024.5"),
            ("inlineStr", "1465-05-01"),
            ("b", "1"),
            ("inlineStr", "nan"),
            ("inlineStr", '["су", "көл"]'),
        ]
    ]


def test_control_characters_and_texts_too_long_do_not_break_the_file(tmp_path):
    ((_, odd), (_, long)) = written(
        tmp_path, answer(odd="a\x00b\x1f<&>", long="ә" * 40_000)
    )[0]
    assert "<&>" in odd
    assert len(long) == 32_767
    assert long.endswith("…")


def test_an_answer_without_rows_is_a_header(tmp_path):
    assert written(tmp_path, Answer(["title"], ["VARCHAR"], [])) == []


def test_too_many_rows_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "_ROWS", 2)
    given = Answer(["n"], ["INTEGER"], [(1,), (2,)])
    with pytest.raises(UserError, match="a sheet holds 1"):
        write_answer(given, "xlsx", tmp_path / "a.xlsx")


def test_a_workbook_needs_a_file_that_can_be_written(tmp_path):
    with pytest.raises(OutputError, match="add --out FILE"):
        write_answer(answer(n=1), "xlsx", None)
    with pytest.raises(OutputError, match="No such file"):
        write_answer(answer(n=1), "xlsx", tmp_path / "absent" / "a.xlsx")
