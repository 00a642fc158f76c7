import json

import pytest
from article_rows import BODY, parse, parse_one


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
        ("Асан СЕРІКҰЛЫ – саясаттанушы", "Асан Серікұлы"),
        ("Анна КИМ, тілші", "Анна Ким"),
        ("Қытай АҚШ-пен келісімге қол қойды", None),
        ("Өзбекстан ЕАЭО-ға мүше болмайды", None),
        ("Алмания АҚШ, Франция және Жапониямен келіссөз жүргізеді", None),
        ("Бұл Кореяның АСЕАН-ға мүше елдермен байланысы", None),
        ("Өкмөт COVID-19 менен күрөшүү үчүн жардам алды", None),
        ("Қазақстан ЮНЕСКО, БҰҰ және басқа ұйымдармен жұмыс істейді", None),
        ("СЕРІКҰЛЫ Асан – жазушы, қоғам қайраткері.", None),
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


# Not one of these texts names its author but with «Автор:».
@pytest.mark.parametrize(
    "name", ["tengrinews_leads", "ntrex_kk_docs", "russian_news", "kyrgyz_news"]
)
def test_no_author_is_made_of_the_sentences_of_the_corpus(corpus, name):
    lines = (corpus / f"{name}.jsonl").read_text("utf-8").split("\n")
    texts = [json.loads(line)["text"] for line in lines if line]
    assert parse(*texts)["author"].drop_nulls().to_list() == []


def test_no_author_is_made_of_the_sentences_of_newspapers(corpus):
    lines = (corpus / "newsdev2019.kk.txt").read_text("utf-8").splitlines()
    texts = ["\n".join(lines[at : at + 8]) for at in range(0, len(lines), 8)]
    assert parse(*texts)["author"].drop_nulls().to_list() == []
