from contextlib import suppress

import pytest

from transforms.records import InputError

HEADER = "тақырып,күні,мәтін"


def texts(result):
    return [(r["record_no"], r.get("title"), r.get("text")) for r in result.records]


def failures(result):
    return [(e.record_no, e.reason_code) for e in result.errors]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("path", ["a.csv", "a.tsv"])
def test_a_row_is_an_article_whatever_stands_between_the_columns(read, mark, path):
    rows = ["title|date|text|views", "Су келді|2025-11-19|Арал: су, балық; егін.|7"]
    if mark != "|":
        rows = [row.replace("|", mark) for row in rows]
        rows[1] = rows[1].replace("Арал: су, балық; егін.", '"Арал: су, балық; егін."')
    assert read("\n".join(rows), path).records == [
        {
            "record_no": 2,
            "title": "Су келді",
            "published": "2025-11-19",
            "text": "Арал: су, балық; егін.",
        }
    ]


def test_quoted_cells_hold_line_ends_delimiters_and_quotation_marks(read):
    content = f'{HEADER}\r\n"Су, жер",,"Бірінші ""абзац"".\r\nЕкінші."\r\nЖел,,Үшінші.'
    assert texts(read(content, "a.csv")) == [
        (2, "Су, жер", 'Бірінші "абзац".\nЕкінші.'),
        (3, "Жел", "Үшінші."),
    ]


def test_numbers_are_those_of_a_spreadsheet(read):
    content = f'{HEADER}\nА,,"бір\nекі"\n\n,,\nБ,,үш\n'
    assert [number for number, *_ in texts(read(content, "a.csv"))] == [2, 5]


def test_a_row_with_a_wrong_number_of_columns_costs_only_itself(read):
    content = f"{HEADER}\nА,,бір\nБ,,екі, тағы\nВ,үш\nГ,,төрт"
    result = read(content, "a.csv")
    assert texts(result) == [(2, "А", "бір"), (5, "Г", "төрт")]
    assert failures(result) == [(3, "wrong_columns"), (4, "wrong_columns")]
    assert result.errors[0].detail == "4 columns, the header has 3"


def test_a_quotation_mark_that_nobody_closes_costs_only_its_line(read):
    content = f'{HEADER}\nА,,"бір\nБ,,екі, тағы\n"В",,"үш"'
    result = read(content, "a.csv")
    assert texts(result) == [(2, "А", '"бір'), (4, "В", "үш")]
    assert failures(result) == [(3, "wrong_columns")]


def test_quotation_marks_inside_a_text_are_text(read):
    content = f'{HEADER}\n"Хабар" арнасы,,«Ол: "келдік" деді»'
    assert texts(read(content, "a.csv")) == [
        (2, '"Хабар" арнасы', '«Ол: "келдік" деді»')
    ]


def test_the_first_of_two_columns_with_one_name_counts_unless_empty(read):
    assert texts(read("title,text,text\nА,бір,екі\nБ,,үш", "a.csv")) == [
        (2, "А", "бір"),
        (3, "Б", "үш"),
    ]


def test_excels_own_line_about_the_delimiter_is_no_header(read):
    assert texts(read("sep=;\ntitle;text\nА;бір", "a.csv")) == [(2, "А", "бір")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "kz1048"])
def test_tables_are_read_in_any_encoding(read, encoding):
    content = f"{HEADER}\nСу қоймасы,,Ұлытауда қойма ашылды.".encode(encoding)
    assert texts(read(content, "a.csv")) == [
        (2, "Су қоймасы", "Ұлытауда қойма ашылды.")
    ]


def test_html_in_a_cell_becomes_text(read):
    content = 'title;text\nА;"<p>Бір.</p><p>Екі.</p>"'
    assert texts(read(content, "a.csv")) == [(2, "А", "Бір.\nЕкі.")]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("код,сан\n1,2", "no_records"),
        ("title,text\n", "no_records"),
        ("title,text\n,\n\n", "no_records"),
        ("text," + "a," * 2_000, "no_records"),
        ("text,title\n" + "бір\n" * 20_000, "wrong_columns"),
        ("text\n" + "а\n" * 500_001, "too_large"),
    ],
)
def test_what_is_no_table_of_articles_is_refused(read, content, reason):
    with pytest.raises(InputError) as caught:
        read(content, "a.csv")
    assert caught.value.reason_code == reason


def test_a_table_without_known_columns_names_its_columns(read):
    with pytest.raises(InputError, match=r"Columns: код, сан\. Name them in"):
        read("код,сан\n1,2", "a.csv")


@pytest.mark.parametrize("piece", ['"', ",", 'a""', ',"a""', ",a", "\n", ',"'])
def test_no_pattern_of_signs_takes_long(read, piece):
    # The timeout of the tests is the measure: a quadratic way would take hours.
    content = "title,text\nА,бір\n" + piece * 2_000_000
    with suppress(InputError):
        assert texts(read(content, "a.csv"))[0] == (2, "А", "бір")


def test_a_field_of_megabytes_is_read(read):
    text = "сөз " * 1_000_000
    assert len(read(f'title,text\nА,"{text}"', "a.csv").records[0]["text"]) > 3_900_000
    too_long = "сөз " * 1_300_000
    assert failures(read(f'title,text\nА,"{too_long}"', "a.csv")) == [
        (2, "record_too_large")
    ]
