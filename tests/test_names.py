"""The packaged tables of people, organisations, spellings and offices hold together.

What a workspace's rows must hold as well is in `tests/flows/test_references.py`; this
is about how well the packaged ones are written.
"""

import re
from collections import defaultdict
from datetime import date

import polars as pl
import pytest

from flows.references import load_references
from tests.conftest import ROOT

TABLES = ("entities", "aliases", "offices")
CYRILLIC = "А-Яа-яЁёӘәҒғҚқҢңӨөҰұҮүҺһІі"
#: Endings of the genitive, instrumental and ablative: a name in the nominative has them
#: only by chance.
CASE_ENDING = re.compile(r"(?:[ндт][ыі]ң|[мпб]ен|[ндт][ае]н)$")
BY_CHANCE = {"Джо Байден", "Егемен Қазақстан", "Кофи Аннан", "Хакан Фидан"}
#: Bare surnames that several persons of the table have and one has in the news.
SHARED_SURNAMES = {"Трамп"}


def seed(name):
    return pl.read_csv(ROOT / "seeds" / f"{name}.csv", infer_schema=False)


def fold(text):
    return re.sub(r"[«»“”\"]", "", text).casefold().replace("ё", "е").replace("’", "'")


def kind(entity_type):
    return "place" if entity_type in {"gpe", "location", "facility"} else entity_type


def spellings():
    """Each (kind, folded spelling) to the canonical names that it may mean."""
    meant = defaultdict(set)
    for row in seed("entities").iter_rows(named=True):
        for column in ("name", "name_ru", "name_en"):
            if row[column]:
                spelling = kind(row["entity_type"]), fold(row[column])
                meant[spelling].add(row["merged_into"] or row["name"])
    for alias, entity_type, name, _ in seed("aliases").iter_rows():
        meant[kind(entity_type), fold(alias)].add(name)
    for row in seed("blocs").iter_rows(named=True):
        texts = [row["name_kk"], row["name_ru"], row["name_en"]]
        for column in ("other_names", "abbreviations"):
            texts += (row[column] or "").split(";")
        sort = "place" if row["kind"] == "region" else "organisation"
        for text in filter(None, texts):
            meant[sort, fold(text)].add(row["name_kk"])
    return meant


def texts(table, *columns):
    return seed(table).select(columns).unpivot()["value"].drop_nulls().to_list()


def test_no_spelling_means_two_entities():
    assert {text: names for text, names in spellings().items() if len(names) > 1} == {}


def test_no_spelling_of_a_person_is_one_of_an_organisation():
    meant = spellings()
    persons = {text for sort, text in meant if sort == "person"}
    assert persons & {text for sort, text in meant if sort == "organisation"} == set()


@pytest.mark.parametrize("table", TABLES)
def test_texts_are_neat_and_have_a_source(table):
    rows = seed(table)
    assert rows["source"].null_count() == 0
    for text in rows.unpivot()["value"].drop_nulls():
        assert text == " ".join(text.split()), repr(text)
        assert text.count("«") == text.count("»"), text


def test_no_latin_letter_hides_in_a_cyrillic_word():
    both = re.compile(rf"(?=\w*[A-Za-z])(?=\w*[{CYRILLIC}])\w+")
    written = [
        *texts("entities", "name", "name_ru", "name_en"),
        *texts("aliases", "alias"),
        *texts("offices", "role"),
    ]
    assert [text for text in written if both.search(text)] == []


def test_people_are_named_in_cyrillic_and_in_latin_letters():
    people = seed("entities").filter(entity_type="person")
    assert people.select("name_ru", "name_en").null_count().sum_horizontal().item() == 0
    word = rf"[А-ЯЁӘҒҚҢӨҰҮҺІ][{CYRILLIC}]*(?:-[{CYRILLIC}]+)*"
    name = re.compile(
        rf"{word}(?: (?:{word}|[а-я]{{2,3}}-[А-Я][а-я]+"
        r"|де[рн]|да|бен|фон дер|хан|батыр|би|[IVX]+))*"
    )
    assert [one for one in people["name"] if not name.fullmatch(one)] == []
    assert [
        one for one in people["name_ru"] if re.search("[ӘҒҚҢӨҰҮҺІәғқңөұүһі]", one)
    ] == []
    assert [one for one in people["name_en"] if re.search(f"[{CYRILLIC}]", one)] == []


def test_names_and_roles_stand_in_the_nominative():
    written = [*texts("entities", "name"), *texts("offices", "role")]
    declined = {text for text in written if CASE_ENDING.search(text)}
    assert declined == BY_CHANCE


def test_a_canonical_name_has_no_quotation_marks_and_no_abbreviation_of_the_state():
    names = texts("entities", "name")
    assert [
        one for one in names if re.search(r"[«»\"]|^ҚР |^Қазақстан Респуб", one)
    ] == []


def test_a_surname_alone_means_one_person_of_the_table():
    people = seed("entities").filter(entity_type="person")["name"]
    surnames = people.str.split(" ").list.last().value_counts(name="persons")
    shared = set(surnames.filter(pl.col("persons") > 1)[people.name].to_list())
    aliases = set(seed("aliases").filter(entity_type="person")["alias"].to_list())
    assert shared & aliases == SHARED_SURNAMES


def test_packaged_aliases_lead_to_entities_of_the_table():
    """So that a workspace may rename a bloc or country without breaking them."""
    entities = seed("entities").select("entity_type", "name")
    strays = seed("aliases").join(entities, on=["entity_type", "name"], how="anti")
    assert strays.is_empty()


def test_a_common_kazakh_surname_is_nobodys_alone():
    common = {"Ахметов", "Омаров", "Смағұлов", "Сүлейменов", "Әлиев", "Қасымов", "Ким"}
    assert common & set(seed("aliases")["alias"].to_list()) == set()


def test_the_tables_are_large_enough():
    entities = seed("entities")
    assert entities.filter(entity_type="person").height >= 800
    assert entities.filter(entity_type="organisation").height >= 380
    assert seed("aliases").height >= 1400
    assert seed("offices").height >= 240


@pytest.mark.parametrize(
    ("role", "country", "day", "person"),
    [
        ("Президент", "KZ", date(2019, 3, 19), "Нұрсұлтан Назарбаев"),
        ("Президент", "KZ", date(2019, 3, 20), "Қасым-Жомарт Тоқаев"),
        ("Премьер-министр", "KZ", date(2024, 2, 6), "Олжас Бектенов"),
        ("Сыртқы істер министрі", "KZ", date(2025, 9, 25), "Мұрат Нұртілеу"),
        ("Сыртқы істер министрі", "KZ", date(2025, 12, 1), "Ермек Көшербаев"),
        ("Президент", "US", date(2020, 5, 1), "Дональд Трамп"),
        ("Президент", "US", date(2024, 5, 1), "Джо Байден"),
        ("Президент", "US", date(2026, 2, 5), "Дональд Трамп"),
        ("Төраға", "CN", date(2018, 1, 1), "Си Цзиньпин"),
        ("Канцлер", "DE", date(2017, 1, 1), "Ангела Меркель"),
        ("Премьер-министр", "JP", date(2025, 12, 19), "Такаити Санаэ"),
        ("Премьер-министр", "PK", date(2026, 2, 5), "Шахбаз Шариф"),
        ("Президент", "KG", date(2020, 12, 1), None),
    ],
)
def test_an_office_has_its_holder_of_the_day(role, country, day, person):
    offices = load_references(None).offices
    held = offices.filter(
        pl.col("role") == role,
        pl.col("country_code") == country,
        pl.col("valid_from").fill_null("0000") <= day.isoformat(),
        pl.col("valid_to").fill_null("9999") >= day.isoformat(),
    )["person"].to_list()
    assert held == ([person] if person else [])
