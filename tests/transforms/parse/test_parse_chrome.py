import pytest
from article_rows import BODY, parse_one


def text_with(line):
    return parse_one({"title": "Тақырып", "text": f"{BODY}\n{line}\nСоңғы сөйлем."})


@pytest.mark.parametrize(
    "line",
    [
        "Бөлісу: Facebook Twitter Telegram",
        "Facebook | WhatsApp | VK",
        "Тағы оқыңыз: Алматыда жаңа мектеп ашылды",
        "Сондай-ақ, оқыңыз: Көктем ерте келді",
        "Тақырыпқа орай: Көпір салынды",
        "Читайте также: В Алматы открыли школу",
        "Біздің Telegram арнамызға жазылыңыз!",
        "Жаңалықтарды Google News-тен оқыңыз",
        "Подписывайтесь на наш Telegram-канал",
        "Қатені байқадыңыз ба? Белгілеп, Ctrl+Enter басыңыз.",
        "Нашли ошибку? Выделите её и нажмите CTRL+ENTER",
        "© 2025 Барлық құқықтар қорғалған",
        "Материалды көшіріп басқанда сілтеме жасау міндетті",
        "При использовании материалов ссылка обязательна",
        "Қаралым: 1 234",
        "1 234 рет оқылды",
        "Басты бет > Саясат",
        "Жарнама",
        "Пікір қалдыру",
        "Қазақша Русский English",
        "Тегтер: су, форум",
    ],
)
def test_a_line_of_the_page_is_removed(line):
    assert text_with(line)["text"] == f"{BODY}\nСоңғы сөйлем."
    assert text_with(line.upper())["text"] == f"{BODY}\nСоңғы сөйлем."


@pytest.mark.parametrize(
    "line",
    [
        "Министр азаматтарды Telegram-арнаны оқуға шақырды.",
        "Бөлісу экономикасы дамып келеді.",
        "Тақырып бойынша баяндама жасалды.",
        "Қате жіберген есепші жұмыстан кетті.",
        "Жарнама нарығы екі есе өсті.",
        "1) екі үкімет арасындағы келісім;",
        "2. Шекара туралы меморандум;",
        "Фотографтар көрме ашты.",
        "Суретшілер одағы кеңес өткізді.",
    ],
)
def test_a_sentence_of_the_article_stays(line):
    assert text_with(line)["text"] == f"{BODY}\n{line}\nСоңғы сөйлем."


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("Сурет: gov.kz", "gov.kz"),
        ("Фото: Ақорда", "Ақорда"),
        ("Сурет © Асан Серіков", "Асан Серіков"),
        ("(Фото: BAQ.KZ)", "BAQ.KZ"),
        ("Сурет gov.kz сайтынан алынды", "gov.kz сайтынан"),
        ("Фотосурет авторы: Асан Серіков.", "Асан Серіков"),
    ],
)
def test_a_photo_credit_moves_out_of_the_text(line, credit):
    article = text_with(line)
    assert article["photo_credit"] == credit
    assert article["text"] == f"{BODY}\nСоңғы сөйлем."


def test_the_records_own_credit_and_tags_go_first():
    article = parse_one(
        {
            "title": "Т",
            "text": f"{BODY}\nСурет: gov.kz\nТегтер: су",
            "photo_credit": "Ақорда",
            "tags": [" форум ", "форум", ""],
        }
    )
    assert article["photo_credit"] == "Ақорда"
    assert article["tags"] == ["форум"]


def test_keywords_glued_to_a_line_become_tags():
    article = text_with(
        "Автор: Асан Серіков Басты сөздер: Спорт , Астана Қате таптыңыз"
    )
    assert article["tags"] == ["Спорт", "Астана"]
    assert article["author"] == "Асан Серіков"
    assert "Басты сөздер" not in article["text"]


def test_links_under_a_bare_heading_go_with_it():
    links = "Тағы оқыңыз:\nКөпір салынды\nМектеп ашылды"
    article = parse_one({"title": "Т", "text": f"{BODY}\n{links}"})
    assert article["text"] == BODY


def test_sentences_after_a_bare_heading_stay():
    links = "Тағы оқыңыз:\nКөпір салынды\nБұл – мақаланың жалғасы."
    article = parse_one({"title": "Т", "text": f"{BODY}\n{links}"})
    assert article["text"].endswith("Көпір салынды\nБұл – мақаланың жалғасы.")
