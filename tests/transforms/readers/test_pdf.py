import io
import logging

import pytest
from document_files import pdf_of, pdf_of_objects, pdf_of_pages, printed, stream

from transforms.records import InputError

LONG = "Облыста су деңгейін тәулік бойы өлшейтін бекеттер іске қосылды деп"


def text_of(read, *pages):
    return read(pdf_of(*pages), "a.pdf").records[0]["text"].split("\n")


def reason(read, content):
    with pytest.raises(InputError) as caught:
        read(content, "a.pdf")
    return caught.value.reason_code


def test_lines_of_a_paragraph_are_joined(read):
    lines = [
        LONG,
        "хабарлады әкімдік сейсенбіде. Бекеттер он минут",
        "сайын жұмыс істейді.",
    ]
    assert text_of(read, lines) == [" ".join(lines)]


def test_a_line_that_stops_early_ends_its_paragraph(read):
    lines = [LONG, "хабарлады әкімдік.", "Бекеттер " + LONG, "дейді."]
    assert text_of(read, lines) == [" ".join(lines[:2]), " ".join(lines[2:])]


def test_a_gap_ends_a_paragraph(read):
    lines = [
        (LONG, 72, 700, 12),
        (LONG, 72, 685, 12),
        (LONG, 72, 650, 12),
        (LONG, 72, 635, 12),
    ]
    assert text_of(read, lines) == [f"{LONG} {LONG}"] * 2


def test_an_indent_begins_a_paragraph(read):
    lines = [
        (f"{LONG}.", 90, 700, 12),
        (f"{LONG}.", 72, 685, 12),
        (f"{LONG}.", 90, 670, 12),
        (f"{LONG}.", 72, 655, 12),
    ]
    assert text_of(read, lines) == [f"{LONG}. {LONG}."] * 2


def test_items_of_a_list_are_paragraphs(read):
    lines = [f"{LONG} былай:", f"1) {LONG};", f"2) {LONG};", f"3) {LONG}."]
    assert text_of(read, lines) == lines


def test_large_print_at_the_beginning_is_the_title(read):
    lines = [
        ("Жайықтағы су деңгейін бақылау", 72, 780, 18),
        ("жүйесі іске қосылды", 72, 758, 18),
        ("2026 жылғы 17 наурыз", 72, 730, 12),
        (LONG, 72, 700, 12),
        ("Не өзгереді?", 72, 670, 14),
        (LONG, 72, 640, 12),
    ]
    record = read(pdf_of(lines), "a.pdf").records[0]
    assert record["title"] == "Жайықтағы су деңгейін бақылау жүйесі іске қосылды"
    assert record["text"].split("\n") == [
        "2026 жылғы 17 наурыз",
        LONG,
        "Не өзгереді?",
        LONG,
    ]


def test_a_sentence_goes_on_over_the_pages_end_without_running_heads(read):
    def page(number, *lines):
        head = ("Ақпараттық бюллетень № 12", 72, 820, 9)
        return [head, *lines, (f"– {number} –", 300, 20, 9)]

    first = [(LONG, 72, 700, 12), (LONG, 72, 685, 12)]
    second = [("хабарлады әкімдік.", 72, 760, 12), (f"Бекет {LONG}.", 72, 730, 12)]
    assert text_of(read, page(1, *first), page(2, *second)) == [
        f"{LONG} {LONG} хабарлады әкімдік.",
        f"Бекет {LONG}.",
    ]


@pytest.mark.parametrize(
    ("lines", "word"),
    [
        (["дала мен жауын-", "шашын туралы"], "жауын-шашын"),
        (["бұл жауынгер-", "лер туралы және жауынгерлер"], "жауынгерлер"),
        (["бұл жауын\u00ad", "гер туралы"], "жауынгер"),
        (["бұл 2020-", "2025 жылдар"], "2020-2025"),
    ],
)
def test_a_hyphen_at_a_lines_end_stays_where_it_belongs_to_the_word(read, lines, word):
    filler = [LONG] * 40
    assert word in " ".join(text_of(read, [*filler, *lines]))


def test_where_words_are_divided_their_halves_are_joined(read):
    lines = [f"{LONG} мем-", f"лекет {LONG} ау-", f"дан {LONG}."]
    assert text_of(read, lines) == [f"{LONG} мемлекет {LONG} аудан {LONG}."]


def with_properties(**properties):
    import pypdf

    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf_of([LONG])))
    writer.add_metadata({f"/{name}": value for name, value in properties.items()})
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def test_properties_give_title_author_and_tags_but_no_date(read):
    content = with_properties(
        Title="Су туралы есеп",
        Author="Асан Серікұлы",
        Keywords="су, егін",
        CreationDate="D:20250101000000",
    )
    assert read(content, "a.pdf").records == [
        {
            "record_no": 1,
            "title": "Су туралы есеп",
            "author": "Асан Серікұлы",
            "tags": ["су", "егін"],
            "text": LONG,
        }
    ]


def test_what_programs_leave_in_the_properties_is_nothing(read):
    content = with_properties(Title="Microsoft Word - a.docx", Author="User")
    assert read(content, "a.pdf").records == [{"record_no": 1, "text": LONG}]


@pytest.mark.parametrize("algorithm", ["RC4-40", "RC4-128", "AES-128", "AES-256"])
def test_a_password_that_keeps_readers_out_is_told_from_one_that_does_not(
    read, algorithm
):
    import pypdf

    def protected(password):
        writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf_of([LONG])))
        writer.encrypt(password, "owner", algorithm=algorithm)
        file = io.BytesIO()
        writer.write(file)
        return file.getvalue()

    assert read(protected(""), "a.pdf").records[0]["text"] == LONG
    assert reason(read, protected("құпия")) == "encrypted"


whole = pdf_of([LONG])
FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "empty_file"),
        (b"abc", "broken_document"),
        (b"%PDF-1.4", "broken_document"),
        (whole[: len(whole) // 2], "broken_document"),
        (pdf_of_objects(b"<</Type/Catalog>>"), "broken_document"),
        (pdf_of([]), "no_text_layer"),
        (pdf_of(["12", "№ 7"]), "no_text_layer"),
        (pdf_of(["\ue001\ue002\ue003 " * 9 + LONG[:25]]), "no_text_layer"),
        (pdf_of_pages([printed(["а"])], pages=2_001), "too_large"),
        (pdf_of_pages([b" " * 9_000_000]), "unpacks_too_large"),
        (pdf_of_pages([b"(a) Tj " * 800_000]), "unpacks_too_large"),
        (pdf_of_pages([b"(a) Tj " * 100_000], pages=1_000), "unpacks_too_large"),
        (
            pdf_of_pages(
                [b"/X Do " * 1_000],
                resources=b"/XObject<</X 5 0 R>>",
                extra=[
                    stream(b"/X Do " * 1_000, FORM % (number + 6))
                    for number in range(9)
                ]
                + [stream(b"(a) Tj " * 1_000, FORM % 5)],
            ),
            "unpacks_too_large",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "bytes",
)
def test_what_cannot_be_read_says_why(read, content, expected):
    assert reason(read, content) == expected


def test_the_librarys_log_stays_silent_and_keeps_its_level(read, caplog):
    before = logging.getLogger("pypdf").level
    # A wrong place of the table makes the library complain and mend it.
    mended = whole.replace(b"startxref\n", b"startxref\n1")
    assert read(mended, "a.pdf").records[0]["text"] == LONG
    assert caplog.records == []
    assert logging.getLogger("pypdf").level == before
