import pytest

from transforms.readers import format_of, read_content
from transforms.readers.markdown import markdown_to_text
from transforms.records import InputError

TEXT = " date 2025-11-03 Егіс басталды\nОблыста егіс басталды.\n"


def test_a_text_file_is_one_record_with_its_whole_text(read):
    assert read(TEXT, "a.txt").records == [{"record_no": 1, "text": TEXT}]


def test_line_ends_become_line_feeds(read):
    assert read("бір\r\nекі\rүш", "a.txt").records[0]["text"] == "бір\nекі\nүш"


FRONT_MATTER = """---
# түсіндірме
title: "Егіс: басталды"
date: 2025-11-03
author:
  - Асан Серік
  - Айгүл Нұр
tags: [егіс, "ауыл, дала"]
meta:
  section: Ауыл
description: >
  Бірінші жол
  екінші жол
url: https://dala.example/1 # мекенжай
views: 5
---

Мәтін.
"""


@pytest.mark.parametrize("path", ["a.md", "a.txt"])
def test_front_matter_gives_fields(read, path):
    [record] = read(FRONT_MATTER, path).records
    assert record.pop("text").strip() == "Мәтін."
    assert record == {
        "record_no": 1,
        "title": "Егіс: басталды",
        "published": "2025-11-03",
        "author": "Асан Серік; Айгүл Нұр",
        "tags": ["егіс", "ауыл", "дала"],
        "section": "Ауыл",
        "lead": "Бірінші жол екінші жол",
        "url": "https://dala.example/1",
    }


def test_toml_front_matter_gives_fields(read):
    text = '+++\ntitle = "Егіс"\ndate = 2025-11-03T10:00:00+05:00\n+++\nМәтін.'
    [record] = read(text, "a.md").records
    assert record["published"] == "2025-11-03T10:00:00+05:00"
    assert (record["title"], record["text"]) == ("Егіс", "Мәтін.")


@pytest.mark.parametrize(
    "text",
    [
        "---\nЖай жол, өріс емес\n---\nМәтін",
        "---\ntitle: жабылмаған\nМәтін",
        "---\nсөз: белгісіз өріс\n---\nМәтін",
        "+++\ntitle = \n+++\nМәтін",
    ],
)
def test_what_is_no_front_matter_stays_text(read, text):
    assert read(text, "a.txt").records == [{"record_no": 1, "text": text}]


def test_a_file_of_empty_front_matter_has_no_text(read):
    result = read("---\nurl: https://dala.example/1\n---\n \n", "a.md")
    assert result.records == []
    assert [(e.record_no, e.reason_code) for e in result.errors] == [(1, "no_text")]


def test_a_leading_heading_is_the_title(read):
    [record] = read("\n# Егіс *басталды* #\n\nБірінші.\n\nЕкінші.", "a.md").records
    assert record == {
        "record_no": 1,
        "title": "Егіс басталды",
        "text": "Бірінші.\n\nЕкінші.",
    }


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        (
            "**Қалың** және *көлбеу* ***екеуі*** __да__ `код` ~~сызық~~",
            "Қалың және көлбеу екеуі да код сызық",
        ),
        (
            '[сілтеме](https://dala.example/1 "т") және [екінші][1]\n\n[1]: https://x.kz',
            "сілтеме және екінші",
        ),
        ("![сурет](a.jpg)Мәтін", "Мәтін"),
        ("## Бөлім\n\nМәтін", "Бөлім\n\nМәтін"),
        ("> дәйексөз\n> жалғасы", "дәйексөз\nжалғасы"),
        ("```py\nкод\n```", "код"),
        ("Бір <!-- жасырын\nжол --> екі", "Бір  екі"),
        ("* бірінші\n- Сұрақ?", "бірінші\n- Сұрақ?"),
        ("Бір\n\n---\n\nекі", "Бір\n\n\nекі"),
        ("2 * 3 * 4 және snake_case_name", "2 * 3 * 4 және snake_case_name"),
        (r"\*жұлдызша\*", "*жұлдызша*"),
        ("<https://dala.example>", "https://dala.example"),
    ],
)
def test_marks_go_and_words_stay(marked, plain):
    assert markdown_to_text(marked) == (None, plain)


@pytest.mark.parametrize(
    ("path", "file_format"),
    [
        ("a/b.TXT", "text"),
        ("қойма/жаңалық.ndjson", "jsonl"),
        ("a.zip::b/c.html", "html"),
        ("a.doc", None),
        ("txt", None),
        (".txt", None),
        ("a.txt/README", None),
    ],
)
def test_the_extension_tells_the_format(path, file_format):
    assert format_of(path) == file_format


def test_a_format_without_a_reader_is_refused(field_names):
    with pytest.raises(InputError, match="unsupported_format"):
        read_content(b"x", path="a.x", file_format="x", field_names=field_names)
