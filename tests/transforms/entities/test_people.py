"""Who a mention of a person is."""

import polars as pl
import pytest

from transforms.entities.people import KnownPeople, link_people
from transforms.entities.spelling import name_key

TOKAEV, TRUMP = 11, 22
SPELLINGS = pl.DataFrame(
    [
        ("Қасым-Жомарт Тоқаев", TOKAEV, "Қасым-Жомарт Тоқаев"),
        ("Тоқаев", TOKAEV, "Қасым-Жомарт Тоқаев"),
        ("Дональд Трамп", TRUMP, "Дональд Трамп"),
        ("Трамп", TRUMP, "Дональд Трамп"),
    ],
    schema=["alias", "entity_id", "name"],
    orient="row",
)


def link(*forms, article_id=1):
    mentions = pl.DataFrame({"form": forms}, schema={"form": pl.String}).with_columns(
        row_id=pl.lit(0, pl.Int32), article_id=pl.lit(article_id, pl.Int64)
    )
    linked = link_people(mentions, KnownPeople(SPELLINGS))
    rows = {row["form"]: row for row in linked.iter_rows(named=True)}
    return [rows[form] for form in forms]


@pytest.mark.parametrize(
    "form",
    [
        "Қасым-Жомарт Тоқаевтың",
        "Тоқаевқа",
        "Қ.Тоқаев",
        "Қ. К. Тоқаевпен",
        "Қасым-Жомарт Кемелұлы Тоқаев",
        "Тоқаев Қасым-Жомарт Кемелұлы",
        "ҚАСЫМ-ЖОМАРТ ТОҚАЕВ",
        "Касым-Жомарт Токаев",
        "Kassym-Jomart Tokayev",
    ],
)
def test_a_known_person_is_known_in_every_form(form):
    assert link(form)[0]["entity_id"] == TOKAEV
    assert link(form)[0]["name"] == "Қасым-Жомарт Тоқаев"


def test_short_forms_belong_to_the_full_name_of_their_article():
    rows = link("Ержан Ашықбаевтың", "Е.Ашықбаев", "Ашықбаевқа", "Ержан Маратұлы")
    assert len({row["entity_id"] for row in rows[:3]}) == 1
    assert {row["name"] for row in rows[:3]} == {"Ержан Ашықбаев"}


def test_two_people_of_one_surname_stay_two_and_the_surname_is_nobodys():
    first, second, bare, initial = link(
        "Асан Омаров", "Бауыржан Омаровтың", "Омаров", "Б.Омаровқа"
    )
    assert first["entity_id"] != second["entity_id"]
    assert bare["entity_id"] is None
    assert initial["entity_id"] == second["entity_id"]


def test_initials_that_differ_are_two_people():
    first, second, bare = link("А.Омаров", "Б.Омаров", "Омаров")
    assert first["entity_id"] != second["entity_id"]
    assert bare["entity_id"] is None


def test_a_plural_surname_is_nobody():
    assert link("Қадыр Рысбеков", "Рысбековтердің")[1]["entity_id"] is None


def test_an_article_knows_its_own_person_better_than_the_table():
    full, short = link("Бауыржан Тоқаев", "Тоқаевтың")
    assert full["entity_id"] != TOKAEV
    assert short["entity_id"] == full["entity_id"]


def test_a_surname_alone_is_a_person_of_its_article_only():
    here, there = link("Сәлімов"), link("Сәлімов", article_id=2)
    assert here[0]["origin"] == "article"
    assert here[0]["entity_id"] != there[0]["entity_id"]


def test_a_full_name_is_one_person_in_all_articles():
    here, there = link("Нұрлан Сәлімов"), link("Нурлан Салимовтың", article_id=2)
    assert here[0]["entity_id"] == there[0]["entity_id"]
    assert here[0]["origin"] == "learned"


def test_a_nominative_that_several_forms_share_is_chosen():
    rows = link("Дархан Сатыбалдының", "Сатыбалдыға", "Сатыбалды")
    assert {row["name"] for row in rows} == {"Дархан Сатыбалды"}


def test_a_patronymic_as_surname_keeps_its_end():
    assert link("Бауыржан Момышұлының")[0]["name"] == "Бауыржан Момышұлы"


def test_a_part_of_a_longer_full_name_is_the_same_person():
    rows = link("Режеп Тайып Ердоғанның", "Тайып Ердоған", "Ердоғанмен")
    assert len({row["entity_id"] for row in rows}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Қасым-Жомарт Тоқаев", "Kassym-Jomart Tokayev"),
        ("Нұрлан Өтебаев", "Нурлан Отебаев"),
        ("Сергей Королёв", "Сергей Королев"),
        ("«Самұрық-Қазына»", "Самұрық Қазына"),
    ],
)
def test_spellings_of_one_name_have_one_key(one, other):
    keys = pl.DataFrame({"name": [one, other]}).select(name_key(pl.col("name")))
    assert keys.to_series().n_unique() == 1


def test_names_that_differ_have_keys_that_differ():
    names = ["Асан Омаров", "Асан Омарова", "Айдос Омаров", "Қасым Омаров"]
    keys = pl.DataFrame({"name": names}).select(name_key(pl.col("name")))
    assert keys.to_series().n_unique() == len(names)


def test_nothing_gives_nothing():
    assert link() == []
