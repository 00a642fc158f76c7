import datetime as dt

import pytest
from article_rows import BODY, parse_one

ADDRESS = "https://baq.kz/news/2025/12/19/koktem-keldi"
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


@pytest.mark.parametrize("field", [None, ""])
def test_a_text_without_a_title_gives_its_first_sentence_and_keeps_the_rest(field):
    article = parse_one(
        {"title": field, "text": "Бірінші сөйлем осы. Екінші сөйлем. Үшінші сөйлем."},
        file_format="json",
    )
    assert article["title"] == "Бірінші сөйлем осы."
    assert article["text"] == "Екінші сөйлем. Үшінші сөйлем."


def test_one_sentence_without_a_title_is_both():
    article = parse_one({"title": "", "text": "Жалғыз сөйлем осы."})
    assert article["title"] == article["text"] == "Жалғыз сөйлем осы."


def test_a_header_is_never_chrome_whatever_its_title_says():
    title = "Біздің Telegram арнамызға жазылыңыз"
    article = parse_one(f" date 2025-12-19 {title}\n{BODY}")
    assert article["title"] == title
    assert article["published_date"] == dt.date(2025, 12, 19)
    assert parse_one(f"{title}\nТақырып осы\n{BODY}")["title"] == "Тақырып осы"


@pytest.mark.parametrize(
    "text",
    [
        f"{ADDRESS}\nТақырып осы\n{BODY}",
        f"\n<{ADDRESS}>\n\nТақырып осы\n\n{BODY}",
        f"Тақырып осы\n{BODY}\n\n{ADDRESS}\n",
    ],
)
def test_an_address_on_a_line_of_its_own_is_the_articles(text):
    article = parse_one(text)
    assert (article["title"], article["text"]) == ("Тақырып осы", BODY)
    assert article["url"] == ADDRESS
    assert article["source_code"] == "baq.kz"
    assert article["published_date"] == dt.date(2025, 12, 19)
    assert article["published_basis"] == "url"


def test_a_home_page_names_the_outlet_and_is_no_articles_address():
    article = parse_one(f"https://baq.kz\nТақырып осы\n{BODY}")
    assert (article["title"], article["text"]) == ("Тақырып осы", BODY)
    assert (article["url"], article["source_code"]) == (None, "baq.kz")


@pytest.mark.parametrize("last", ["https://t.me/baq_kz1", "https://baq.kz/"])
def test_a_channel_or_home_page_at_the_end_is_no_articles_address(last):
    article = parse_one(f"Тақырып осы\n{BODY}\n{last}")
    assert article["url"] is None
    assert article["text"].endswith(last)


@pytest.mark.parametrize(
    "labels",
    [
        "Тақырып: Көктем келді\nКүні: 2025-12-19\nДереккөз: BAQ.KZ\nАвтор: А. Серік",
        "title: Көктем келді\n\ndate: 2025-12-19\n\nsource: BAQ.KZ\n\nauthor: А. Серік",
        "Күні: 19 желтоқсан 2025\nДереккөз: baq.kz\nАвтор: А. Серік\nКөктем келді",
    ],
)
def test_labelled_lines_at_the_top_are_fields(labels):
    article = parse_one(f"{labels}\n\n{BODY}")
    assert (article["title"], article["text"]) == ("Көктем келді", BODY)
    assert article["published_date"] == dt.date(2025, 12, 19)
    assert article["published_basis"] == "header"
    assert (article["source_code"], article["author"]) == ("baq.kz", "А. Серік")


def test_one_labelled_line_alone_is_text():
    article = parse_one(f"Дереккөз: су туралы толғау\n{BODY}")
    assert article["title"] == "Дереккөз: су туралы толғау"


def test_labels_and_addresses_in_records_with_markup_stay_text():
    text = f"Күні: 2025-12-19\nДереккөз: BAQ.KZ\n{BODY}\n{ADDRESS}"
    article = parse_one({"title": "Тақырып", "text": text}, file_format="json")
    assert article["text"] == text
    assert article["url"] is None
