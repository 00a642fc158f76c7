"""Reference tables as tables of the warehouse."""

import polars as pl
import pytest

from tests.warehouse.name_batches import new_warehouse, rows_of
from transforms.keys import key
from transforms.reference_rows import event_type_dimension, unit_dimension
from transforms.topics import dimension_of_topics
from warehouse.references import merge_reference_tables


@pytest.fixture
def warehouse():
    connection = new_warehouse()
    yield connection
    connection.close()


def strings(*rows):
    return pl.DataFrame(list(rows), infer_schema_length=None).cast(pl.String)


def names(name):
    return {"name_kk": name, "name_ru": None, "name_en": None}


def topic(code, parent=None):
    return {"topic_code": code, "parent_code": parent} | names(code)


def unit(code, base=None, factor=None, currency=None):
    return names(code) | {
        "unit_code": code,
        "kind": "money" if currency else "quantity",
        "currency_code": currency,
        "base_code": base,
        "factor": factor,
    }


def merge(connection, **tables):
    make = {
        "dim_topic": dimension_of_topics,
        "dim_unit": unit_dimension,
        "dim_event_type": event_type_dimension,
    }
    merge_reference_tables(
        connection, {name: make[name](strings(*rows)) for name, rows in tables.items()}
    )


def test_tables_are_those_of_the_reference_tables(warehouse):
    merge(
        warehouse,
        dim_topic=[topic("economy"), topic("economy.trade", "economy")],
        dim_unit=[unit("m"), unit("km", "m", "1000"), unit("KZT", currency="KZT")],
        dim_event_type=[
            names("сапар")
            | {
                "event_type": "visit",
                "plover_type": "CONSULT",
                "cameo_code": "042",
                "quad_class": "verbal_cooperation",
            }
        ],
    )
    economy, trade = key("topic", "economy"), key("topic", "economy.trade")
    assert rows_of(
        warehouse, "select topic_id, parent_id from dim_topic order by topic_code"
    ) == [(economy, None), (trade, economy)]
    assert rows_of(
        warehouse,
        "select unit_code, base_unit_code, factor, currency_code from dim_unit "
        "order by all",
    ) == [
        ("KZT", None, None, "KZT"),
        ("km", "m", 1000.0, None),
        ("m", None, None, None),
    ]
    assert rows_of(warehouse, "select event_type, cameo_code from dim_event_type") == [
        ("visit", "042")
    ]


def test_a_lost_row_goes_unless_articles_use_it_or_a_part_of_it(warehouse):
    merge(
        warehouse,
        dim_topic=[topic("a"), topic("a.b", "a"), topic("c"), topic("d")],
        dim_unit=[unit("m"), unit("km")],
    )
    warehouse.execute(
        "insert into bridge_article_topic values (1, 1, ?, 1, 1)", [key("topic", "a.b")]
    )
    warehouse.execute(
        """
        insert into fact_amount by name
        select
            1 as article_id, 1 as version, unnest([1, 2]) as amount_no, 1 as value,
            'quantity' as kind, unnest(['km', null]) as unit_code,
            'exact' as approximation, 'x' as surface, true as in_title,
            0 as start_char, 1 as end_char, 1 as confidence, 'rule' as method
        """
    )
    merge(warehouse, dim_topic=[topic("d")], dim_unit=[unit("kg")])
    assert rows_of(
        warehouse, "select topic_code from dim_topic order by topic_code"
    ) == [("a",), ("a.b",), ("d",)]
    assert rows_of(warehouse, "select unit_code from dim_unit order by all") == [
        ("kg",),
        ("km",),
    ]


def test_a_table_that_is_not_given_stays(warehouse):
    merge(warehouse, dim_unit=[unit("m")])
    merge(warehouse, dim_topic=[topic("a")])
    assert rows_of(warehouse, "select unit_code from dim_unit") == [("m",)]
