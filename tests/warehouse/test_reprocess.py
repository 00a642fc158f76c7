"""What is behind, and rows that take the place of others."""

import polars as pl
import pytest

from tests.warehouse.name_batches import (
    article,
    happened,
    load,
    mention,
    new_warehouse,
    rows_of,
)
from transforms.event_evidence import EVENT_SCHEMA, event_rows
from transforms.evidence import MENTION_SCHEMA, mention_rows
from warehouse.behind import articles_behind
from warehouse.events import rebuild_events
from warehouse.reprocess import replace_details


@pytest.fixture
def warehouse():
    connection = new_warehouse()
    connection.execute(
        "insert into dim_source (source_id, source_code, name, time_zone) "
        "values (1, 'unknown', 'unknown', 'Asia/Almaty')"
    )
    load(
        connection,
        article(1, "2026-03-01", mentions=[mention(10)]),
        article(2, "2026-03-02", statements=[happened(10, 11)]),
    )
    yield connection
    connection.close()


def behind(connection, **steps):
    return articles_behind(connection, steps)["article_id"].to_list()


def again(connection, steps, details):
    versions = pl.DataFrame(
        {"row_id": [0], "article_id": [2], "version": [1]},
        schema_overrides={"row_id": pl.Int32, "version": pl.Int32},
    )
    connection.execute("begin")
    replace_details(connection, versions, details, steps)
    rebuild_events(connection)
    connection.execute("commit")


def test_an_article_is_behind_if_any_step_is(warehouse):
    assert behind(warehouse, names="1") == []
    assert behind(warehouse, names="2") == [1, 2]
    assert behind(warehouse, names="1", dates="1") == [1, 2]

    again(warehouse, {"names": "1", "dates": "1"}, {})

    assert behind(warehouse, names="1", dates="1") == [1]
    assert behind(warehouse, dates="1") == [1]
    assert behind(warehouse, names="1") == []
    assert rows_of(
        warehouse,
        "select step, step_version from article_step where article_id = 2 order by all",
    ) == [("dates", "1"), ("names", "1")]


def test_only_tables_that_are_given_are_replaced(warehouse):
    rows = mention_rows(
        pl.DataFrame([{"row_id": 0} | mention(12)], schema=MENTION_SCHEMA)
    )
    again(warehouse, {"names": "2"}, {"fact_mention": rows})
    assert rows_of(
        warehouse, "select article_id, entity_id from fact_mention order by all"
    ) == [(1, 10), (2, 12)]
    assert rows_of(warehouse, "select count(*) from fact_event") == [(1,)]


def test_events_follow_statements_that_are_read_anew(warehouse):
    ((old,),) = rows_of(warehouse, "select event_id from fact_event")
    rows = event_rows(
        pl.DataFrame([{"row_id": 0} | happened(10, 12)], schema=EVENT_SCHEMA)
    )
    again(warehouse, {"events": "2"}, {"fact_event_statement": rows})
    ((new,),) = rows_of(warehouse, "select event_id from fact_event")
    assert new != old
    assert rows_of(warehouse, "from event_redirect") == [(old, new)]
    assert rows_of(
        warehouse, "select entity_id from bridge_event_actor order by all"
    ) == [(10,), (12,)]

    again(warehouse, {"events": "3"}, {"fact_event_statement": rows.clear()})
    for table in ("fact_event", "fact_event_mention", "event_redirect"):
        assert rows_of(warehouse, f"from {table}") == []
