import pytest
from article_rows import BODY, OUTLETS, parse_one


def source(**fields):
    options = {name: fields.pop(name) for name in ("path", "outlets") if name in fields}
    return parse_one({"title": "Т", "text": BODY} | fields, **options)["source_code"]


@pytest.mark.parametrize(
    "name",
    ["kazinform", "Kazinform", "«ҚазАқпарат»", "inform.kz (ҚазАқпарат)",
     "kaz.inform.kz", "https://www.inform.kz/", "ҚазАқпарат агенттігі", "KAZINFORM "],
)  # fmt: skip
def test_an_outlet_is_known_by_any_of_its_names(name):
    assert source(source=name) == "kazinform"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://www.inform.kz/a", "kazinform"),
        ("https://lenta.inform.kz/a", "kazinform"),
        ("https://www.gov.kz/memleket/entities/mfa/press/1", "mfa"),
        ("https://www.gov.kz/memleket/entities/mfa2/press/1", "unknown"),
        ("https://notinform.kz/a", "unknown"),
    ],
)
def test_an_outlet_is_known_by_its_address(url, code):
    assert source(url=url) == code


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("Форум өтті, деп хабарлайды BAQ.KZ.", "baq.kz"),
        ("Форум өтті, деп жазады BAQ.KZ-ке сілтеме жасап.", "baq.kz"),
        ("Форум өтті, - деп хабарлайды BAQ.KZ тілшісі.", "baq.kz"),
        ("Бұл туралы ҚазАқпаратқа сілтеме жасап жазды.", "kazinform"),
        (
            "Форум өтті, деп хабарлайды Сыртқы істер министрлігінің баспасөз қызметі.",
            "mfa",
        ),
        ("Форумға BAQ.KZ басшысы қатысты.", "unknown"),
        ("Деректер белгісіз, деп хабарлайды белгісіз біреу.", "unknown"),
    ],
)
def test_an_attribution_names_the_outlet(sentence, code):
    assert source(text=f"{sentence}\n{BODY}") == code
    assert source(text=f"{BODY}\n{BODY}\n{sentence}") == code


def test_an_attribution_in_the_middle_is_of_another_matter():
    text = f"{BODY}\nБасқасы, деп хабарлайды BAQ.KZ.\n{BODY}"
    assert source(text=text) == "unknown"


def test_the_nearer_evidence_wins():
    text = f"ТОКИО. KAZINFORM – Форум өтті, деп хабарлайды BAQ.KZ.\n{BODY}"
    assert source(text=text) == "kazinform"
    assert source(text=text, url="https://baq.kz/a") == "baq.kz"
    assert source(text=text, path="baq.kz/a.txt") == "kazinform"


def test_the_top_folder_names_the_outlet_if_nothing_else_does():
    assert source(path="BAQ.KZ/2025/a.txt") == "baq.kz"
    assert source(path="essays/baq.kz/a.txt") == "unknown"


def test_an_empty_register_knows_nobody():
    assert source(source="Kazinform", outlets=OUTLETS.clear()) == "unknown"
