"""Learned and seeded entities: merging, overriding, forgetting."""

import itertools

import polars as pl
import pytest

from tests.warehouse.name_batches import (
    NOW,
    article,
    entity,
    holds,
    load,
    mention,
    new_warehouse,
    rows_of,
    tables,
)
from transforms.evidence import ALIAS_SCHEMA, ENTITY_SCHEMA
from warehouse.catalog import open_warehouse
from warehouse.entities import merge_reference_entities
from warehouse.forget import remove_article


@pytest.fixture
def warehouse():
    connection = new_warehouse()
    yield connection
    connection.close()


def names_article(article_id, *entities, **more):
    """An article that mentions entities under their names, and teaches them."""
    return article(
        article_id,
        mentions=[mention(row["entity_id"], row["name"]) for row in entities],
        entities=list(entities),
        aliases=[
            {"entity_id": row["entity_id"], "alias": row["name"]} for row in entities
        ],
        **more,
    )


def seed(connection, entities=(), aliases=(), countries=(), places=()):
    merge_reference_entities(
        connection,
        pl.DataFrame(list(entities), schema=ENTITY_SCHEMA),
        pl.DataFrame(list(aliases), schema=ALIAS_SCHEMA, orient="row"),
        pl.DataFrame(
            list(countries),
            schema={
                "country_code": pl.String,
                "name_kk": pl.String,
                "name_ru": pl.String,
                "name_en": pl.String,
                "region": pl.String,
                "is_former": pl.Boolean,
                "entity_id": pl.Int64,
            },
            orient="row",
        ),
        pl.DataFrame(
            list(places),
            schema={
                "place_id": pl.Int64,
                "entity_id": pl.Int64,
                "name": pl.String,
                "name_ru": pl.String,
                "kind": pl.String,
                "country_code": pl.String,
                "latitude": pl.Float64,
                "longitude": pl.Float64,
                "geonames_id": pl.Int64,
                "is_capital": pl.Boolean,
            },
            orient="row",
        ),
    )


def test_mentions_are_numbered_title_first_then_by_place(warehouse):
    spans = [(20, False), (3, False), (5, True), (0, False)]
    load(
        warehouse,
        article(
            1,
            mentions=[
                mention(
                    None,
                    start_char=start,
                    end_char=start + 5,
                    in_title=in_title,
                    sentence_no=None if in_title else 1,
                )
                for start, in_title in spans
            ],
        ),
    )
    assert rows_of(
        warehouse,
        "select mention_no, in_title, start_char, confidence from fact_mention "
        "order by mention_no",
    ) == [
        (1, True, 5, 0.9),
        (2, False, 0, 0.9),
        (3, False, 3, 0.9),
        (4, False, 20, 0.9),
    ]


def test_what_articles_teach_does_not_depend_on_order_or_batches():
    articles = [
        names_article(1, entity(10, "Сәуле Асанова", entity_type="person")),
        names_article(2, entity(10, "СӘУЛЕ АСАНОВА", origin="article")),
        names_article(3, entity(10, "Сәуле Асанова", country_code="KZ"), entity(11)),
        names_article(4, entity(12, "Арал", entity_type="location")),
        names_article(5, entity(12, "Арал", entity_type="gpe", name_en="Aral")),
        names_article(6, entity(13, "Жоқ", merged_into=14), entity(14, "Бар")),
    ]
    results = []
    for order in itertools.islice(itertools.permutations(articles), 0, None, 179):
        for cuts in ([6], [1, 2, 3], [1] * 6):
            connection = new_warehouse()
            rest = list(order)
            for size in cuts:
                load(connection, *rest[:size])
                rest = rest[size:]
            results.append(tables(connection))
            connection.close()
    assert all(result == results[0] for result in results)
    assert results[0]["dim_entity"][0] == (
        (10, "person", "Сәуле Асанова", None, None, "KZ", "learned", None)
    )
    assert results[0]["dim_entity"][2][1:5] == ("gpe", "Арал", None, "Aral")


def test_a_known_record_adds_no_rows_and_teaches_nothing(warehouse):
    load(warehouse, names_article(1, entity(10, "Сәуле")))
    before = tables(warehouse)
    again = names_article(1, entity(10, "Аружан"), entity(11, "Болат"))
    again["roles"] = [holds(10)]
    assert load(warehouse, again) == (0, 1)
    assert tables(warehouse) == before


def test_an_entity_or_spelling_that_no_mention_has_is_not_kept(warehouse):
    one = names_article(1, entity(10, "Сәуле"))
    one["entities"] += [entity(11, "Болат")]
    one["aliases"] += [
        {"entity_id": 10, "alias": "Сәуке"},
        {"entity_id": 11, "alias": "Болат"},
    ]
    load(warehouse, one)
    assert rows_of(warehouse, "select entity_id from dim_entity") == [(10,)]
    assert rows_of(warehouse, "select alias from dim_entity_alias") == [("Сәуле",)]


def test_what_a_role_or_a_merge_refers_to_is_kept(warehouse):
    one = names_article(1, entity(10, "Сәуле", merged_into=13))
    one["roles"] = [holds(10, organisation_id=12)]
    one["entities"] += [
        entity(12, "Су министрлігі", entity_type="organisation"),
        entity(13, "Сәуле Асанова"),
    ]
    load(warehouse, one)
    assert rows_of(warehouse, "select entity_id from dim_entity order by all") == [
        (10,),
        (12,),
        (13,),
    ]


def test_a_reference_table_wins_before_and_after(warehouse):
    seeded = entity(10, "Сәуле Асанова", name_en="Saule Asanova", origin="seed")
    load(warehouse, names_article(1, entity(10, "Сәуле")))
    seed(warehouse, [seeded], [(10, "Сәуле"), (10, "Сәуле Асанова")])
    load(warehouse, names_article(2, entity(10, "А", entity_type="art")))
    assert rows_of(warehouse, "from dim_entity") == [tuple(seeded.values())]
    assert rows_of(
        warehouse, "select alias, origin from dim_entity_alias order by 1"
    ) == [
        ("А", "learned"),
        ("Сәуле", "seed"),
        ("Сәуле Асанова", "seed"),
    ]


def test_rows_that_the_reference_tables_lost_go_unless_articles_use_them(warehouse):
    everything = {
        "entities": [
            entity(number, name, entity_type="gpe", origin="seed")
            for number, name in enumerate("АБВГД", 20)
        ],
        "aliases": [(20, "А"), (20, "А а"), (21, "Б")],
        "countries": [
            ("KZ", "Қазақстан", None, None, "asia", False, 22),
            ("KG", "Қырғызстан", None, None, "asia", False, 23),
        ],
        "places": [(24, 24, "Арал", None, "city", "KZ", 46.8, 61.7, None, False)],
    }
    seed(warehouse, **everything)
    load(
        warehouse,
        article(
            1,
            mentions=[mention(20, "А")],
            countries=[{"country_code": "KZ", "mention_count": 2, "weight": 1.0}],
        ),
    )
    seed(warehouse)
    assert rows_of(
        warehouse, "select entity_id, origin from dim_entity order by 1"
    ) == [
        (20, "seed"),
        (22, "seed"),
    ]
    assert rows_of(warehouse, "from dim_entity_alias") == [(20, "А", "learned")]
    assert rows_of(warehouse, "select country_code from dim_country") == [("KZ",)]
    assert rows_of(warehouse, "from dim_place") == []
    seed(warehouse, **everything)
    assert rows_of(warehouse, "select count(*) from dim_entity") == [(5,)]
    assert rows_of(warehouse, "select distinct origin from dim_entity_alias") == [
        ("seed",)
    ]


def test_reference_tables_that_did_not_change_write_nothing(tmp_path):
    path = tmp_path / "warehouse.duckdb"
    rows = [entity(number, f"Есім {number}", origin="seed") for number in range(2000)]
    connection = open_warehouse(path, now=NOW)
    seed(connection, rows, [(1, "Есім")])
    connection.execute("checkpoint")
    before = path.read_bytes()
    seed(connection, rows[::-1], [(1, "Есім")])
    connection.execute("checkpoint")
    connection.close()
    assert path.read_bytes() == before


def forget(connection, article_id):
    connection.execute("begin")
    remove_article(connection, article_id, reason="сот", files_redacted=0, now=NOW)
    connection.execute("commit")


def test_forgetting_takes_along_what_only_that_article_taught(warehouse):
    shared = entity(10, "Сәуле")
    kept = names_article(1, shared, day="2025-01-01", roles=[holds(10)])
    gone = names_article(
        2, shared, entity(11, "Болат"), day="2025-02-01", roles=[holds(11)]
    )
    gone["mentions"] += [mention(10, "Сәуке", start_char=50, end_char=55)]
    gone["aliases"] += [{"entity_id": 10, "alias": "Сәуке"}]
    seed(warehouse, [entity(12, "Дәулет", origin="seed")], [(12, "Дәулет")])
    load(warehouse, kept)
    before = tables(warehouse)
    load(warehouse, gone)
    assert len(tables(warehouse)["dim_entity_role"]) == 2
    forget(warehouse, 2)
    assert tables(warehouse) == before
    forget(warehouse, 1)
    after = tables(warehouse)
    assert after.pop("dim_entity") == [
        (12, "person", "Дәулет", None, None, None, "seed", None)
    ]
    assert after.pop("dim_entity_alias") == [(12, "Дәулет", "seed")]
    assert not any(after.values())
