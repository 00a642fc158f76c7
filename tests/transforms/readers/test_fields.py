import polars as pl
import pytest

from transforms.readers.fields import CANONICAL_FIELDS, FieldNames, map_fields
from transforms.readers.values import date_value, tags_value, text_value


@pytest.mark.parametrize(
    "name", ["published_at", "publishedAt", "Published-At", "PUBLISHED AT"]
)
def test_spellings_of_a_name_are_one(field_names, name):
    assert map_fields({name: "2025-11-03"}, field_names) == {"published": "2025-11-03"}


def test_names_in_three_languages_are_known(field_names):
    source = {"Тақырып": "Егіс", "текст": "Мәтін", "күні": "2025-11-03", "сілтеме": "u"}
    assert map_fields(source, field_names) == {
        "title": "Егіс",
        "text": "Мәтін",
        "published": "2025-11-03",
        "url": "u",
    }


def test_the_earlier_row_wins_whatever_the_order_of_keys():
    names = FieldNames.from_rows([("headline", "title"), ("title", "title")])
    assert map_fields({"title": "б", "headline": "а"}, names) == {"title": "а"}
    assert map_fields({"headline": "а", "title": "б"}, names) == {"title": "а"}


def test_an_empty_value_leaves_the_field_to_the_next_name():
    names = FieldNames.from_rows([("headline", "title"), ("title", "title")])
    assert map_fields({"headline": "  ", "title": "б"}, names) == {"title": "б"}


def test_dotted_names_reach_into_objects(field_names):
    source = {"meta": {"published": "2025-11-03", "views": 3}, "_id": {"$oid": "a1"}}
    assert map_fields(source, field_names) == {
        "published": "2025-11-03",
        "outlet_key": "a1",
    }


def test_unknown_keys_and_values_that_say_nothing_are_left_out(field_names):
    source = {"views": 5, "title": None, "text": "", "author": [], "tags": [" "]}
    assert map_fields(source, field_names) == {}


def test_a_row_without_a_field_switches_the_name_off():
    names = FieldNames.from_rows([("body", None), ("body", "text")])
    assert map_fields({"body": "мәтін"}, names) == {}


def test_an_unknown_field_is_refused_by_name():
    with pytest.raises(ValueError, match=r"\['headlin'\].*Use one of"):
        FieldNames.from_rows([("title", "headlin")])


def test_the_table_can_come_as_a_frame():
    frame = pl.DataFrame({"field": ["title"], "field_name": ["Атау"]})
    assert map_fields({"атау": "а"}, FieldNames.from_frame(frame)) == {"title": "а"}


def test_the_packaged_table_reaches_every_field(field_names):
    assert {field for field, _ in field_names.ranked.values()} == CANONICAL_FIELDS


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("Асан Серік", "Асан Серік"),
        (["Асан Серік", "Айгүл Нұр"], "Асан Серік; Айгүл Нұр"),
        ({"name": "Асан Серік", "url": "x"}, "Асан Серік"),
        ([{"name": "Асан"}, {"name": "Асан"}, {"name": "Айгүл"}], "Асан; Айгүл"),
    ],
)
def test_authors_come_in_all_their_shapes(field_names, author, expected):
    assert map_fields({"author": author}, field_names) == {"author": expected}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (["егіс", "үкімет", "егіс"], ["егіс", "үкімет"]),
        ("егіс, үкімет; #сайлау", ["егіс", "үкімет", "сайлау"]),
        ([{"name": "егіс"}], ["егіс"]),
        ("", None),
        (7, ["7"]),
    ],
)
def test_tags_are_a_list_of_each_once(value, expected):
    assert tags_value(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1762146000, "2025-11-03T05:00:00Z"),
        (1762146000123, "2025-11-03T05:00:00Z"),
        ("1762146000", "2025-11-03T05:00:00Z"),
        (1762146000.5, "2025-11-03T05:00:00Z"),
        ({"$date": 1762146000000}, "2025-11-03T05:00:00Z"),
        (20251103, "20251103"),
        (20251103100000, "20251103100000"),
        ("3 қараша 2025", "3 қараша 2025"),
        (float("nan"), None),
        (True, None),
    ],
)
def test_moments_become_iso_and_printed_dates_stay(value, expected):
    assert date_value(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (
            "<p>Бірінші &amp; <b>екінші</b>.</p>\n<p>Үшінші</p>",
            "Бірінші & екінші.\nҮшінші",
        ),
        ("Бір<br>екі<script>var a = '<p>';</script>", "Бір\nекі"),
        ("Бір <i>екі</i>\nүш", "Бір екі\nүш"),
        ("a < b және «<Қазақстан>»", "a < b және «<Қазақстан>»"),
        ("&laquo;Егемен&raquo;", "«Егемен»"),
        (["Бірінші", "Екінші"], "Бірінші\nЕкінші"),
        ({"rendered": "<p>Мәтін</p>"}, "Мәтін"),
    ],
)
def test_texts_lose_their_markup_and_keep_their_paragraphs(value, expected):
    assert text_value(value) == expected


def test_a_script_in_a_title_stays_text(field_names):
    title = "<script>alert(1)</script> жаңалық"
    assert map_fields({"title": title}, field_names) == {"title": title}
