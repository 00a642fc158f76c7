import pytest
from document_files import docx_of, with_part

from transforms.records import InputError

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def body(xml, prolog=""):
    return (
        f'<?xml version="1.0"?>{prolog}<w:document xmlns:w="{SPACE}" xmlns:mc='
        '"http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<w:body>{xml}</w:body></w:document>"
    )


def run(text):
    return f"<w:r><w:t>{text}</w:t></w:r>"


def record(read, content):
    result = read(content, "a.docx")
    assert result.errors == []
    return result.records[0]


def test_paragraphs_come_in_order_a_line_each(read):
    content = docx_of("Су қоймасы ашылды", "", "Бірінші абзац.", "Екінші абзац.")
    assert record(read, content) == {
        "record_no": 1,
        "text": "Су қоймасы ашылды\n\nБірінші абзац.\nЕкінші абзац.",
    }


@pytest.mark.parametrize("style", ["Title", "Heading 1"])
def test_a_first_paragraph_in_a_titles_style_is_the_title(read, style):
    def build(document):
        document.add_paragraph("Су қоймасы ашылды", style=style)
        document.add_paragraph("Бірінші абзац.")

    found = record(read, docx_of(build=build, title="Басқа тақырып тұр"))
    assert (found["title"], found["text"]) == ("Су қоймасы ашылды", "Бірінші абзац.")


def test_a_heading_further_down_is_no_title(read):
    def build(document):
        document.add_heading("Не өзгереді?", 1)

    found = record(read, docx_of("Бірінші абзац.", build=build))
    assert "title" not in found
    assert found["text"] == "Бірінші абзац.\nНе өзгереді?"


def test_rows_of_tables_are_lines_between_the_paragraphs(read):
    def build(document):
        table = document.add_table(2, 2)
        for cell, text in zip(
            [*table.rows[0].cells, *table.rows[1].cells],
            ["Облыс", "Су, млрд м³", "Абай", "1,2"],
            strict=True,
        ):
            cell.text = text
        document.add_paragraph("Соңғы абзац.")

    assert record(read, docx_of("Бірінші абзац.", build=build))["text"] == (
        "Бірінші абзац.\nОблыс | Су, млрд м³\nАбай | 1,2\nСоңғы абзац."
    )


def test_insertions_links_and_text_boxes_stay_and_deletions_go(read):
    box = "<w:txbxContent><w:p>" + run("жақтау") + "</w:p></w:txbxContent>"
    xml = body(
        f"<w:p>{run('Бір')}<w:ins>{run(' екі')}</w:ins>"
        f"<w:del><w:r><w:delText> үш</w:delText></w:r></w:del>"
        f"<w:hyperlink>{run(' төрт')}</w:hyperlink>"
        "<w:r><w:tab/><w:t>бес</w:t></w:r></w:p>"
        f"<w:sdt><w:sdtContent><w:p>{run('Алты.')}</w:p></w:sdtContent></w:sdt>"
        f"<w:p><w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert record(read, with_part(docx_of(), xml))["text"].split("\n") == [
        "Бір екі төрт бес",
        "Алты.",
        "жақтау",
    ]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Су қоймасы ашылды", "Су қоймасы ашылды"),
        ("Документ Microsoft Word", None),
        ("Microsoft Word - хабар.docx", None),
        ("Құжат1", None),
        ("press_reliz_final", None),
        ("Annual report", None),
    ],
)
def test_a_property_is_the_title_where_it_is_more_than_a_placeholder(
    read, title, expected
):
    content = docx_of("Бірінші абзац.", title=title)
    assert record(read, content).get("title") == expected


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("Асан Серікұлы", "Асан Серікұлы"),
        ("А. Серікұлы", "А. Серікұлы"),
        ("python-docx", None),
        ("Пользователь Windows", None),
        ("Admin", None),
        ("user 1", None),
        ("асан серікұлы", None),
    ],
)
def test_a_property_is_the_author_where_it_is_a_name(read, author, expected):
    content = docx_of("Бірінші абзац.", author=author)
    assert record(read, content).get("author") == expected


def test_keywords_are_tags_and_the_files_own_dates_are_not_taken(read):
    content = docx_of("Бірінші абзац.", keywords="су; форум", category="Қоғам")
    found = record(read, content)
    assert (found["tags"], found["section"]) == (["су", "форум"], "Қоғам")
    assert "published" not in found
    assert "modified" not in found


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "empty_file"),
        (docx_of(), "empty_file"),
        (docx_of("", " "), "empty_file"),
        (b"abc", "broken_document"),
        (docx_of("а")[:2_000], "broken_document"),
        (with_part(docx_of("а"), "<a/>"), "broken_document"),
        (with_part(docx_of("а"), "<a"), "broken_document"),
        (with_part(docx_of("а"), body("<w:p>" * 300 + "</w:p>" * 300)), "too_deep"),
        (with_part(docx_of("а"), " " * 9_000_000), "unpacks_too_large"),
        (CFB + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (CFB, "binary_content"),
    ],
    ids=lambda value: value if isinstance(value, str) else "bytes",
)
def test_what_cannot_be_read_says_why(read, content, expected):
    with pytest.raises(InputError) as caught:
        read(content, "a.docx")
    assert caught.value.reason_code == expected


@pytest.mark.parametrize(
    "entity", ['SYSTEM "file:///etc/hostname"', 'PUBLIC "a" "http://localhost/"', '"б"']
)
def test_entities_are_not_resolved(read, entity):
    xml = body(f"<w:p>{run('а&x;в')}</w:p>", f"<!DOCTYPE w [<!ENTITY x {entity}>]>")
    with pytest.raises(InputError) as caught:
        read(with_part(docx_of(), xml), "a.docx")
    assert caught.value.reason_code == "xml_entities"


def test_entities_that_grow_are_refused(read):
    steps = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    xml = body(run("&a9;"), f'<!DOCTYPE w [<!ENTITY a0 "aaaaaaaaaa">{steps}]>')
    with pytest.raises(InputError) as caught:
        read(with_part(docx_of(), xml), "a.docx")
    assert caught.value.reason_code in {"broken_document", "xml_entities"}
