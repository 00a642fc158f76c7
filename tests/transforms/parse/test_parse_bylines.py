import pytest
from article_rows import BODY, parse_one


@pytest.mark.parametrize(
    ("ending", "author"),
    [
        ("Асан СЕРІКҰЛЫ,\nхалықаралық қатынастар сарапшысы", "Асан Серікұлы"),
        ("Асан СЕРІКҰЛЫ,\nсаясаттанушы,\nпрофессор", "Асан Серікұлы"),
        ("Гүлнәр ӘБІШ-ҚЫЗЫ", "Гүлнәр Әбіш-Қызы"),
        ("Асан СЕРІКҰЛЫ, «Егемен Қазақстан»", "Асан Серікұлы"),
        ("Автор: Гүлмира Ғосманәли", "Гүлмира Ғосманәли"),
        ("Сұхбаттасқан Назгүл ОРЫНБАСАРҚЫЗЫ", "Назгүл Орынбасарқызы"),
        ("Асан Серікұлы", "Асан Серікұлы"),
        ("Қазақстан мен Қытай", None),
        ("Форумға Қазақстан АҚ мен АҚШ қатысты.", None),
        ("Автор: KAZINFORM", None),
    ],
)
def test_a_byline_at_the_end_gives_the_author_and_stays(ending, author):
    article = parse_one(f"Тақырып осы\n\n{BODY}\nСоңғы сөйлем.\n\n{ending}")
    assert article["author"] == author
    assert article["text"].endswith(ending)


@pytest.mark.parametrize(
    ("given", "author"),
    [
        ("Асан СЕРІКҰЛЫ", "Асан Серікұлы"),
        ("Автор: Асан Серікұлы", "Асан Серікұлы"),
        ("asan@mail.kz Асан Серікұлы", "Асан Серікұлы"),
        ("admin", None),
        ("Kazinform", None),
        ("редакция", None),
        ("baq.kz", None),
        ("", None),
    ],
)
def test_the_records_author_is_a_person_or_nobody(given, author):
    assert parse_one({"title": "Т", "text": BODY, "author": given})["author"] == author
