import pytest
from article_rows import BODY, parse_one

LEAD = "Мемлекет басшысы шетел басылымына сұхбат берді, деп хабарлайды BAQ.KZ."


def test_the_lead_on_the_titles_line_becomes_the_first_paragraph():
    article = parse_one(f" date 2026-02-05 Президенттің сұхбаты.  {LEAD}\n{BODY}")
    assert article["title"] == "Президенттің сұхбаты."
    assert article["text"] == f"{LEAD}\n{BODY}"
    assert article["lead"] == LEAD


@pytest.mark.parametrize(
    "title",
    [
        "А. Құнанбаев атындағы мұражай Семейде қайта ашылып, көрмесін көрсетті",
        "Бензин қымбаттай ма? Министр жауап берді.",
        "Құны 5 млрд. теңге болатын көпір Атырауда екі жылдан кейін салынып бітеді",
        "Теңге нығайды: 2025 ж. қорытындысы туралы Ұлттық банк төрағасы айтып берді",
    ],
)
def test_a_title_is_not_cut_at_dots_that_end_no_sentence(title):
    assert parse_one(f" date 2025-12-19 {title}\n{BODY}")["title"] == title


def test_a_dateline_on_the_titles_line_begins_the_text():
    article = parse_one(
        "08 Қазан 2025, 14:17 Уран өндіру көлемі артады"
        " АСТАНА. ҚазАқпарат - Көлемі аздап артады.\nСоңы осы."
    )
    assert article["title"] == "Уран өндіру көлемі артады"
    assert article["text"].startswith("АСТАНА. ҚазАқпарат - Көлемі")
    assert article["lead"] == "Көлемі аздап артады."


def test_a_title_after_blank_lines_is_found():
    article = parse_one(f"\n\n \nҚысқа тақырып\n\n{BODY}")
    assert article["title"] == "Қысқа тақырып"
    assert article["text"] == BODY


def test_a_title_of_several_lines_is_joined():
    block = parse_one(f"Орта дәліз\nЕуразия көпірі\n\n{BODY}")
    capitals = parse_one(f"ОРТА ДӘЛІЗ\n\nЕУРАЗИЯ КӨПІРІ\n\n{BODY}")
    assert block["title"] == "Орта дәліз Еуразия көпірі"
    assert capitals["title"] == "ОРТА ДӘЛІЗ ЕУРАЗИЯ КӨПІРІ"
    assert block["text"] == capitals["text"] == BODY


def test_a_date_alone_on_the_first_line_stands_over_the_title():
    article = parse_one(f"19 желтоқсан 2025\nТақырып осы\n{BODY}")
    assert (article["title"], article["text"]) == ("Тақырып осы", BODY)


def test_a_title_repeated_in_the_text_is_removed_once():
    article = parse_one({"title": "Тақырып осы!", "text": f"ТАҚЫРЫП ОСЫ\n{BODY}"})
    assert (article["title"], article["text"]) == ("Тақырып осы!", BODY)


def test_a_given_title_leaves_the_text_whole():
    article = parse_one({"title": "Тақырып", "text": BODY, "lead": "Өз лиді."})
    assert (article["text"], article["lead"]) == (BODY, "Өз лиді.")


def test_nothing_but_a_title_has_an_empty_text():
    article = parse_one("Жалғыз жол")
    assert (article["title"], article["text"]) == ("Жалғыз жол", "")
