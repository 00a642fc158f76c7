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
        "Қазіргі ауа райы: Астана +18°C Алматы +24°C",
        "Теңгенің бүгінгі бағамы: USD 512.40 EUR 561.02 RUB 5.61",
        "Погода сейчас: Астана +18°C Курс тенге на сегодня: USD 273.53 EUR 307.45",
        "Саясат | Экономика | Қоғам | Әлем | Спорт",
        "Жаңалықтар Бағдарламалар Телебағдарлама Арна туралы",
        "Біз cookie файлдарын пайдаланамыз. Сайтта қалу арқылы келісесіз.",
        "Мы используем файлы cookie, чтобы сайт работал лучше.",
        "Азаттық радиосы © 2026 РФЕ/РЛ. Барлық құқықтары қорғалған.",
        "Маркетинг қызметі Капенов Серік +7(7172) 95-40-72, product@inform.kz",
        "Негізгі мазмұнға өту",
        "Көзі нашар көретіндерге арналған нұсқа",
        "Барлық жаңалықтар",
        "Соңғы жаңалықтар:",
        "#су #форум",
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
        "Экономика",
        "Бүгін Алматыда +35°C күтіледі, деді синоптик.",
        "Доллар бағамы 512.40 теңге, ал еуро 561.02 теңге болды.",
        "Үкімет бұл сайттардың cookie файлдарын жинауына шек қоймақ",
        "Анықтама телефоны: +7 (7172) 95-40-72.",
        "Сессия Президент, Үкімет және қоғам туралы ойлармен аяқталды",
        "2025 жылдың 30 қыркүйегі оған қиын болды…",
        "Спорт пен мәдениет туралы екі заң қабылданды",
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
    assert article["text"] == f"{BODY}\nБұл – мақаланың жалғасы."


def test_a_sentence_right_under_a_bare_heading_stays():
    text = f"{BODY}\nТағы оқыңыз:\nБұл – мақаланың жалғасы.\nОл екі бөлімнен тұрады."
    assert parse_one({"title": "Т", "text": text})["text"].endswith(
        "Бұл – мақаланың жалғасы.\nОл екі бөлімнен тұрады."
    )


def test_names_of_sections_one_under_the_other_are_a_menu():
    menu = "Саясат\nЭкономика\nҚоғам\nСпорт"
    article = parse_one({"title": "Т", "text": f"{menu}\n{BODY}"})
    assert article["text"] == BODY


def test_a_heading_of_one_word_in_an_article_is_no_menu():
    text = f"Экономика\n{BODY}\nҚоғам\n{BODY}"
    assert parse_one({"title": "Т", "text": text})["text"] == text


def test_a_teaser_that_breaks_off_is_no_part_of_the_article():
    teaser = (
        "2015 жылдың 30 қыркүйегі Қазақстанда коммерциялық кемемен тасымалдау "
        "компанияларын бірқатар салықтан босату жоспарланған, деп хабарлады…"
    )
    assert text_with(teaser)["text"] == f"{BODY}\nСоңғы сөйлем."


def test_keywords_glued_to_a_share_button_become_tags():
    article = text_with("Теги: су,форумПоделитьсяТақырып бойынша жаңалықтар")
    assert article["tags"] == ["су", "форум"]
