import pytest
from article_rows import parse_one


def read(opening):
    return parse_one({"title": "Тақырып", "text": f"{opening}Форум өтті.\nСоңы."})


@pytest.mark.parametrize(
    ("dateline", "place"),
    [
        ("ТОКИО. KAZINFORM – ", "Токио"),
        ("АСТАНА. ҚазАқпарат - ", "Астана"),
        ("АСТАНА. 8 қазан. ҚазАқпарат — ", "Астана"),
        ("АСТАНА. 2025 жылғы 8 қазан. ҚазАқпарат – ", "Астана"),
        ("АСТАНА /ҚазАқпарат/ – ", "Астана"),
        ("Алматы (ҚазАқпарат) – ", "Алматы"),
        ("Токио. KAZINFORM – ", "Токио"),
        ("НЬЮ-ЙОРК. KAZINFORM − ", "Нью-Йорк"),
        ("РИО-ДЕ-ЖАНЕЙРО. KAZINFORM ― ", "Рио-де-Жанейро"),
        ("НҰР-СҰЛТАН, 8 қазан – ", "Нұр-Сұлтан"),
        ("АСТАНА -ТАРАЗ. КАЗИНФОРМ - ", "Астана-Тараз"),
        ("ӨСКЕМЕН. BAQ.KZ – ", "Өскемен"),
        ("АБАЙ ОБЛЫСЫ. KAZINFORM – ", "Абай облысы"),
        ("ШЫҒЫС ҚАЗАҚСТАН ОБЛЫСЫ. KAZINFORM – ", "Шығыс Қазақстан облысы"),
        ("ШУ АУДАНЫ. KAZINFORM – ", "Шу ауданы"),
        ("ҚОНАЕВ ҚАЛАСЫ. KAZINFORM – ", "Қонаев қаласы"),
        ("ҚЫЗЫЛАҒАШ АУЫЛЫ. KAZINFORM – ", "Қызылағаш ауылы"),
    ],
)
def test_a_dateline_gives_its_place_and_stays_in_the_text(dateline, place):
    article = read(dateline)
    assert article["dateline_place"] == place
    assert article["text"].startswith(dateline.strip())
    assert article["lead"] == "Форум өтті."


@pytest.mark.parametrize(
    "opening",
    [
        "БҰҰ – халықаралық ұйым. ",
        "АСТАНА. Бүгін елордада – мереке. ",
        "Жиынға 42 елден 600-ге жуық сарапшы – бәрі келді. ",
        "Қазақстан – Өзбекстан шекарасы. ",
        "Astana Times – газет. ",
        "НАТО – ұйым. ",
    ],
)
def test_a_sentence_with_a_dash_is_no_dateline(opening):
    assert read(opening)["dateline_place"] is None
