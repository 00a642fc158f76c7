"""Reference tables: workspace rows over packaged ones, and what is refused."""

import os
import subprocess
import sys

import polars as pl
import pytest

from flows.reference_rules import TABLES
from flows.references import ReferenceTableError, load_references
from tests.conftest import ROOT

HEADERS = {
    "countries": "country_code,name_kk,name_ru,name_en,is_former",
    "blocs": "bloc_code,name_kk,kind",
    "places": "name_kk,country_code,kind,latitude,longitude,geonames_id,is_capital",
    "entities": "entity_type,name,country_code,merged_into",
    "aliases": "alias,entity_type,name",
    "offices": "role,country_code,person,valid_from,valid_to",
    "units": "unit_code,kind,name_kk,name_ru,name_en,words,currency_code,"
    "base_code,factor",
    "outlets": "source_code,name,country_code,valid_from",
    "topics": "topic_code,parent_code,name_kk,name_ru,name_en",
    "topic_terms": "topic_code,term,weight",
    "incidents": "from_date,to_date,source_code,measure,reason",
    "corrections": "article,field,wrong,right,reason,expected",
    "fixes": "kind,article,in_title,start_char,end_char,surface,right,scope,reason",
    "waivers": "rule_id,source_code,until,reason,who",
}


def write(folder, table, *rows):
    """A workspace's table; rows as they stand in its file."""
    path = folder / f"{table}.csv"
    path.write_text("\n".join([HEADERS[table], *rows, ""]), encoding="utf-8")
    return path


def refusal(folder):
    with pytest.raises(ReferenceTableError) as caught:
        load_references(folder)
    return str(caught.value)


def test_a_workspace_row_replaces_the_packaged_row_with_its_key(tmp_path):
    write(tmp_path, "entities", "person,Дональд Трамп,CA,", "person,Ақан Бекұлы,KZ,")
    before = load_references(None).entities
    after = load_references(tmp_path).entities
    assert after.columns == before.columns
    trump = after.filter(name="Дональд Трамп").row(0, named=True)
    assert (trump["country_code"], trump["name_ru"]) == ("CA", None)
    assert after.filter(name="Ақан Бекұлы").height == 1


def test_blank_lines_and_spaces_around_a_text_do_no_harm(tmp_path):
    write(tmp_path, "entities", "", "person, Жанна Сейілова ,KZ,", ",,,", "")
    found = load_references(tmp_path).entities.filter(name="Жанна Сейілова")
    assert found.height == 1


def test_every_table_has_the_columns_that_its_rules_name():
    references = load_references(None)
    for name, table in TABLES.items():
        columns = getattr(references, name).columns
        assert {*table.key, *table.required} <= set(columns)
        assert not {"file", "line"} & set(columns)


@pytest.mark.parametrize(
    ("table", "row", "words"),
    [
        ("entities", "person,,KZ,", "'name') must not be empty"),
        ("incidents", "2026-01-02,2026-01-01,,,с", "to_date must not be before"),
        ("incidents", "2026-1-2,2026-01-03,,,с", "from_date must be a date like"),
        ("incidents", "2026-01-01,2026-01-02,жоқ,,с", "must stand in outlets.csv"),
        ("incidents", "2026-01-01,2026-01-02,,odd,с", "measure must be one of"),
        ("incidents", "2026-01-01,2026-01-02,,,", "must not be empty"),
        ("corrections", "x,title,А,Б,р,", "article must be the article's address"),
        ("corrections", "https://a.kz/1,titel,А,Б,р,", "field must be one of title"),
        ("corrections", "baq:1,title,А,А,р,", "right is what wrong is"),
        ("corrections", "baq:1,title,А,,р,", "must not be empty"),
        ("corrections", "baq:1,author,А,,,", "'reason') must not be empty"),
        ("corrections", "baq:1,author,А,,р,soon", "expected must be one of wrong"),
        ("corrections", "baq:1,language,ru,қаз,р,", "two or three small letters"),
        ("corrections", "baq:1,source,baq,nowhere,р,", "a source_code of outlets"),
        ("corrections", "5,published_date,,2026-02-30,р,", "is like 2026-01-31"),
        ("corrections", "5,published_date,soon,2026,р,", "the wrong published_date"),
        ("corrections", "5,published_at,,2026-02-01 10:00,р,", "published_at is like"),
        ("fixes", "colour,5,false,1,2,а,,,р", "kind must be one of"),
        ("fixes", "speaker,5,false,2,2,а,,,р", "the first the smaller"),
        ("fixes", "speaker,5,no,1,2,а,,,р", "in_title must be true or false"),
        ("fixes", "speaker,5,false,1,2,а,,all,р", "scope must be one of"),
        ("fixes", "entity,5,false,1,2,а,,,р", "an entity needs its name"),
        ("fixes", "country,5,false,1,2,а,Q1,,р", "a country_code of countries"),
        ("fixes", "not_a_quote,5,false,1,2,а,Х,,р", "right must be empty"),
        ("entities", "people,Ақан Бек,KZ,", "entity_type must be one of person"),
        ("entities", "person,Ақан Бек,Kz,", "country_code must stand in countries"),
        ("entities", "person,Ақан Бек,QQ,", "country_code must stand in countries"),
        ("entities", "person,Ақан\tБек,KZ,", "a control character"),
        ("entities", f"person,{'а' * 201},KZ,", "more than 200 characters"),
        ("entities", "person,дональд трамп,US,", "a second row for the same entity"),
        ("entities", "location,Алматы,KZ,", "stands in blocs.csv, countries.csv"),
        ("entities", "organisation,Еуропа Одағы,,", "stands in blocs.csv"),
        ("entities", "person,Ақан Бек,KZ,Жоқ Адам", "the name of another entity"),
        ("entities", "person,Ақан Бек,KZ,Ақан Бек", "the name of another entity"),
        (
            "entities",
            "person,Ақан Бек,KZ,Сыртқы істер министрлігі",
            "the name of another entity",
        ),
        ("aliases", "Бек,person,Жоқ Адам", "name must stand in entities.csv"),
        ("aliases", "Бек,organisation,Дональд Трамп", "name must stand in entities"),
        ("aliases", "Бек,human,Дональд Трамп", "entity_type must be one of"),
        (
            "aliases",
            "Қасым-Жомарт Тоқаев,person,Дональд Трамп",
            "alias is the name of another entity",
        ),
        ("offices", "Президент,KG,Жоқ Адам,,", "the name of a person"),
        ("offices", "Президент,QQ,Дональд Трамп,,", "country_code must stand"),
        ("units", "kt,weight,торап,узел,knot,торап,,,", "kind must be one of"),
        ("units", "NGN,money,найра,найра,naira,найра,,,", "currency_code must be"),
        ("units", "naira,money,найра,найра,naira,,naira,,", "three capital letters"),
        ("units", "[kn_i],quantity,торап,узел,knot,торап,,m/s,0", "factor must be"),
        ("units", "[kn_i],quantity,торап,узел,knot,торап,,,0.5", "factor must be"),
        ("units", "[kn_i],quantity,торап,узел,knot,Метр,,,", "another unit too"),
        ("offices", "Елші,KZ,Дональд Трамп,2020-1-05,", "valid_from must be a date"),
        ("offices", "Елші,KZ,Дональд Трамп,,2021-02-30", "valid_to must be a date"),
        (
            "offices",
            "Елші,KZ,Дональд Трамп,2021-01-02,2021-01-01",
            "valid_to must not be before",
        ),
        (
            "offices",
            "Президент,KZ,Дональд Трамп,2026-10-01,",
            "two persons hold one office",
        ),
        (
            "offices",
            "Президент,US,Қасым-Жомарт Тоқаев,,2017-01-20",
            "two persons hold one office",
        ),
        ("places", "Ауыл,KZ,city,91,70,,", "latitude must be a number"),
        ("places", "Ауыл,KZ,city,51,east,,", "longitude must be a number"),
        ("places", "Ауыл,QQ,city,51,70,,", "country_code must stand"),
        ("places", "Ауыл,KZ,hamlet,51,70,,", "kind must be one of city, region"),
        ("places", "Ауыл,KZ,city,51,70,x1,", "geonames_id must be a whole number"),
        ("places", "Ауыл,KZ,city,51,70,,yes", "is_capital must be true or false"),
        ("waivers", "date_known,,2026-02-30,себеп,біз", "until must be a date like"),
        ("waivers", "date_known,,,себеп,біз", "must not be empty"),
        ("waivers", "date_known,,2026-01-31,,біз", "must not be empty"),
        ("waivers", "dates_known,,2026-01-31,себеп,біз", "the name of a rule"),
        ("waivers", "account_of_files,,2026-01-31,себеп,біз", "cannot be waived"),
        ("waivers", "date_known,qq,2026-01-31,себеп,біз", "stand in outlets.csv"),
        (
            "waivers",
            "load_unique,kazinform,2026-01-31,себеп,біз",
            "only a rule on records or batches",
        ),
        ("countries", "Q1,Ел,Страна,Land,", "two capital letters"),
        ("countries", "QQ,Ел,Страна,Land,no", "is_former must be true or false"),
        ("countries", "QQ,Қазақстан,Страна,Land,", "a second country"),
        ("blocs", "B1,Одақ,club", "kind must be one of organisation"),
        ("blocs", "B1,Еуропа Одағы,union", "a second bloc"),
        ("topics", "Chess,,Шахмат,Шахматы,Chess", "small Latin letters"),
        ("topics", "sport.a.b,sport,Шахмат,Шахматы,Chess", "small Latin letters"),
        ("topics", "sport.chess,,Шахмат,Шахматы,Chess", "the part of topic_code"),
        ("topics", "chess,sport,Шахмат,Шахматы,Chess", "the part of topic_code"),
        ("topics", "games.chess,games,Шахмат,Шахматы,Chess", "of another row"),
        ("topics", "chess,,Спорт,Шахматы,Chess", "a second topic of this name_kk"),
        ("topic_terms", "chess,шахмат,3", "topic_code must stand in topics.csv"),
        ("topic_terms", "sport,жүріс,6", "a whole number from -5 to 5"),
        ("topic_terms", "sport,жүріс,1.5", "a whole number from -5 to 5"),
        ("topic_terms", "sport,жүріс,", "must not be empty"),
        ("topic_terms", "sport,«»,3", "term must have a letter"),
        ("topic_terms", "sport,Спорт,3", "a second row for the same term"),
        ("outlets", "x,X,QQ,", "country_code must stand"),
        ("outlets", "x,X,KZ,2024-1-1", "valid_from must be a date"),
    ],
)
def test_a_wrong_row_is_told_by_file_and_line(tmp_path, table, row, words):
    path = write(tmp_path, table, "", row)
    message = refusal(tmp_path)
    assert message.startswith(f"{path}: line 3: ")
    assert words in message


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("incidents", "2026-01-01,2026-01-02,kazinform,articles,сайт ашылмады"),
        ("incidents", "2026-01-01,2026-01-01,,,диск толып қалды"),
        ("places", "Ауыл,KZ,city,-51.5,70,,"),
        ("places", "Ауыл,KZ,city,,,,"),
        ("aliases", "Еуропа,organisation,Еуропа Одағы"),
        ("aliases", "Оңтүстік астана,gpe,Алматы"),
        ("aliases", "Ұлы дала,location,Қазақстан"),
        ("entities", "organisation,Дональд Трамп,US,"),
        ("offices", "Президент,KG,Қасым-Жомарт Тоқаев,2020-10-16,2020-10-16"),
        ("topics", "games,,Үстел ойындары,Настольные игры,Board games"),
        ("topics", "sport.chess,sport,Шахмат,Шахматы,Chess"),
        ("topic_terms", "sport.other,шаршы тақта,-2"),
        ("topic_terms", "sport.other,шаршы тақта,0"),
    ],
)
def test_a_good_row_is_taken(tmp_path, table, row):
    write(tmp_path, table, row)
    before, after = load_references(None), load_references(tmp_path)
    assert getattr(after, table).height == getattr(before, table).height + 1


def test_an_alias_without_a_name_is_taken_away(tmp_path):
    write(tmp_path, "aliases", "Трамп,person,", "Бек,person,")
    aliases = load_references(tmp_path).aliases
    assert load_references(None).aliases.filter(alias="Трамп").height == 1
    assert aliases.filter(pl.col("alias").is_in(["Трамп", "Бек"])).is_empty()
    assert aliases["name"].null_count() == 0


def test_a_merged_entity_leads_to_one_that_is_not_merged(tmp_path):
    write(
        tmp_path,
        "entities",
        "person,Бірінші Адам,KZ,Екінші Адам",
        "person,Екінші Адам,KZ,Дональд Трамп",
    )
    assert "entities.csv: line 2: merged_into must" in refusal(tmp_path)
    write(
        tmp_path,
        "entities",
        "person,Бірінші Адам,KZ,Екінші Адам",
        "person,Екінші Адам,KZ,Бірінші Адам",
    )
    assert "entities.csv: line 2, 3: merged_into must" in refusal(tmp_path)
    write(
        tmp_path,
        "entities",
        "person,Бірінші Адам,KZ,Дональд Трамп",
        "person,Екінші Адам,KZ,Дональд Трамп",
    )
    assert load_references(tmp_path).entities["merged_into"].count() >= 2


def test_a_row_may_point_to_another_file_and_a_broken_pointer_names_the_file(tmp_path):
    entities = write(tmp_path, "entities", "person,Ақан Бекұлы,KZ,")
    write(tmp_path, "aliases", "А. Бекұлы,person,Ақан Бекұлы")
    write(tmp_path, "offices", "Елші,KZ,Ақан Бекұлы,,")
    load_references(tmp_path)
    entities.unlink()
    assert refusal(tmp_path).startswith(f"{tmp_path / 'aliases.csv'}: line 2: ")


def test_the_analysts_file_is_named_where_it_clashes_with_a_packaged_row(tmp_path):
    blocs = write(tmp_path, "blocs", "EU2,Азия,region")
    assert refusal(tmp_path).startswith(f"{blocs}: line 2: a second bloc")
    blocs.unlink()
    entities = write(tmp_path, "entities", "person,ДОНАЛЬД ТРАМП,US,")
    assert refusal(tmp_path).startswith(f"{entities}: line 2: a second row")


def test_an_open_span_is_closed_by_a_row_with_its_key(tmp_path):
    write(
        tmp_path,
        "offices",
        "Президент,US,Дональд Трамп,2025-01-20,2026-01-01",
        "Президент,US,Қасым-Жомарт Тоқаев,2026-01-02,",
    )
    held = load_references(tmp_path).offices.filter(role="Президент", country_code="US")
    assert held.filter(pl.col("valid_to").is_null())["person"].to_list() == [
        "Қасым-Жомарт Тоқаев"
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "this is no CSV table: empty CSV"),
        ("entity_type,name\nperson,Ы\n".encode("cp1251"), "this is no CSV table"),
        (b"entity_type,name\nperson,A,B,C\n", "this is no CSV table"),
        (b"entity_type;name\nperson;A\n", "line 1: missing columns"),
    ],
)
def test_a_file_that_is_no_table_is_told(tmp_path, content, words):
    (tmp_path / "entities.csv").write_bytes(content)
    message = refusal(tmp_path)
    assert message.startswith(f"{tmp_path / 'entities.csv'}: ")
    assert words in message


def test_a_workspaces_folder_of_tables_never_hides_the_packaged_ones(tmp_path):
    """`python -m` looks into the working folder first, as scheduled passes do."""
    (tmp_path / "seeds").mkdir()
    where = subprocess.run(
        [sys.executable, "-c", "import seeds; print(seeds.__file__)"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert where.stdout.strip() == str(ROOT / "seeds" / "__init__.py")
