"""Events put together from what several articles state."""

import itertools
import random

import pytest

from tests.warehouse.name_batches import (
    NOW,
    article,
    happened,
    load,
    new_warehouse,
    rows_of,
)
from warehouse.event_statements import join_pairs
from warehouse.forget import remove_article

EVENT_TABLES = (
    "fact_event",
    "fact_event_mention",
    "fact_event_statement",
    "bridge_event_actor",
    "fact_document",
)
A, B, C, D = 11, 12, 13, 14


@pytest.fixture
def warehouse():
    connection = new_warehouse()
    yield connection
    connection.close()


def tables(connection):
    return {
        table: connection.execute(f"from {table} order by all").fetchall()
        for table in EVENT_TABLES
    }


def told(article_id, *statements, day="2026-03-01", **more):
    """An article that states events, in the order of its text."""
    placed = [
        statement | {"event_at": article_id * 100 + number, "start_char": number}
        for number, statement in enumerate(statements)
    ]
    return article(article_id, day=day, statements=placed, **more)


def together(connection):
    """The articles of each event, the smallest first."""
    return sorted(
        row[0]
        for row in rows_of(
            connection,
            "select list(article_id order by article_id) from fact_event_mention "
            "group by event_id",
        )
    )


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        (happened(A, B), happened(B, A), True),
        (happened(A, B), happened(A, B, C), True),
        (happened(A, B), happened(A, C), False),
        (happened(A, B, C), happened(A, B, D), False),
        (happened(A), happened(A, B), False),
        (happened(A, B), happened(A, B, event_type="call"), False),
        (happened(A, B), happened(A, B, day="2026-03-03"), True),
        (happened(A, B), happened(A, B, day="2026-03-04"), False),
        (happened(A, B), happened(A, B, event_precision="month"), False),
        (happened(A, B, place=1), happened(A, B, place=2), True),
        (happened(A), happened(A), True),
        (happened(A), happened(A, day="2026-03-02"), False),
        (happened(A, place=1), happened(A), True),
        (happened(A, place=1), happened(A, place=2), False),
        (happened(place=1), happened(place=1), True),
        (happened(place=1), happened(place=2), False),
        (happened(), happened(), False),
        (happened(A, B, day=None), happened(A, B, day=None), False),
    ],
)
def test_two_articles_tell_of_one_event(warehouse, one, other, is_one):
    load(warehouse, told(1, one), told(2, other))
    assert together(warehouse) == ([[1, 2]] if is_one else [[1], [2]])


def test_days_are_a_chain(warehouse):
    days = ["2026-03-01", "2026-03-03", "2026-03-05", "2026-03-08"]
    load(
        warehouse,
        *(told(n, happened(A, B, day=day)) for n, day in enumerate(days, 1)),
    )
    assert together(warehouse) == [[1, 2, 3], [4]]


def test_what_one_article_says_twice_is_one_mention_with_its_surest_statement(
    warehouse,
):
    load(
        warehouse,
        told(1, happened(A, B, confidence=0.5), happened(A, B, C), happened(day=None)),
        told(2, happened(day=None), happened(day=None)),
    )
    assert rows_of(
        warehouse,
        "select article_id, event_no, statement_count, confidence "
        "from fact_event_mention order by all",
    ) == [(1, 2, 2, 0.9), (1, 3, 1, 0.9), (2, 1, 2, 0.9)]


def test_an_event_has_what_most_articles_say(warehouse):
    load(
        warehouse,
        told(1, happened((A, "guest", "KZ"), (B, "host", "TR"), place=7)),
        told(2, happened((A, "guest", None), (B, "host", "AZ"), day="2026-03-02")),
        told(
            3,
            happened((A, "host", "KZ"), (B, "host", "AZ"), place=8, day="2026-03-02"),
        ),
    )
    assert rows_of(
        warehouse,
        "select event_date::varchar, place_id, first_article_id, article_count "
        "from fact_event",
    ) == [("2026-03-02", 7, 1, 3)]
    assert rows_of(
        warehouse,
        "select entity_id, actor_role, country_code, article_count "
        "from bridge_event_actor order by all",
    ) == [(A, "guest", "KZ", 3), (B, "host", "AZ", 3)]


def some_articles():
    """Articles whose events meet, part and have versions."""
    document = {
        "event_at": 300,
        "title": "Меморандум",
        "action": "signed",
        "surface": "Сәуле",
        "in_title": False,
        "sentence_no": 1,
        "start_char": 0,
        "end_char": 5,
        "confidence": 0.9,
        "method": "rule",
    }
    return [
        told(1, happened(A, B), happened(C, place=1)),
        told(2, happened(A, B, C, day="2026-03-03"), day="2026-03-03"),
        told(3, happened(A, B, D, day="2026-03-05"), day=None, documents=[document]),
        told(4, happened(A, B, day="2026-03-07"), happened(C), day="2026-02-28"),
        told(5, happened(C, place=2), happened(day=None)),
        told(
            6,
            happened(A, B, C, D, day="2026-03-04"),
            modified_at=NOW.replace(tzinfo=None, hour=1),
        ),
        told(
            6,
            happened(B, C),
            modified_at=NOW.replace(tzinfo=None, hour=2),
            record_hash="h2",
        ),
    ]


def test_events_do_not_depend_on_order_or_batches():
    orders = list(itertools.permutations(some_articles()))
    luck = random.Random(5)  # noqa: S311 - repeatable, not secret
    results = []
    for order in [orders[0], *luck.sample(orders, 7)]:
        for cuts in ([7], [1] * 7, [2, 3, 2]):
            connection = new_warehouse()
            rest = list(order)
            for size in cuts:
                load(connection, *rest[:size])
                rest = rest[size:]
                documents = rows_of(connection, "select event_id from fact_document")
            results.append((tables(connection), together(connection), documents))
            redirected = rows_of(
                connection,
                "select count(*) from event_redirect "
                "where event_id not in (select event_id from fact_event) "
                "or old_event_id in (select event_id from fact_event)",
            )
            assert redirected == [(0,)]
            connection.close()
    assert all(result == results[0] for result in results)
    found, articles, documents = results[0]
    assert articles == [[1, 2, 6], [1, 4, 5], [3, 4], [5]]
    events = {row[0] for row in found["fact_event"]}
    assert all(events.issuperset(row) for row in documents)


def test_a_key_that_vanishes_leads_to_the_event(warehouse):
    load(warehouse, told(2, happened(A, B)))
    load(warehouse, told(3, happened(A, B, day="2026-03-05"), day="2026-03-05"))
    old = dict(rows_of(warehouse, "select first_article_id, event_id from fact_event"))
    load(warehouse, told(1, happened(A, B, day="2026-03-03"), day="2026-02-27"))
    ((event,),) = rows_of(warehouse, "select event_id from fact_event")
    assert rows_of(warehouse, "from event_redirect order by old_event_id") == sorted(
        [(old[2], event), (old[3], event)]
    )
    load(warehouse, told(4, happened(A, B), day="2026-02-01"))
    ((newer,),) = rows_of(warehouse, "select event_id from fact_event")
    assert rows_of(warehouse, "from event_redirect order by old_event_id") == sorted(
        [(old[2], newer), (old[3], newer), (event, newer)]
    )


def test_forgetting_an_article_parts_what_it_joined(warehouse):
    kept = [
        told(1, happened(A, B)),
        told(3, happened(A, B, day="2026-03-05"), day="2026-03-05"),
    ]
    load(warehouse, *kept)
    before = tables(warehouse)
    load(warehouse, told(2, happened(A, B, day="2026-03-03"), day="2026-02-01"))
    assert together(warehouse) == [[1, 2, 3]]
    for gone in (2, 3, 1):
        warehouse.execute("begin")
        remove_article(warehouse, gone, reason="сот", files_redacted=0, now=NOW)
        warehouse.execute("commit")
        if gone == 2:
            assert tables(warehouse) == before
    assert not any(tables(warehouse).values())
    assert rows_of(warehouse, "from event_redirect") == []


def test_an_old_version_makes_no_event(warehouse):
    load(warehouse, told(1, happened(A, B)), told(2, happened(A, B)))
    later = NOW.replace(tzinfo=None)
    load(warehouse, told(1, record_hash="h2", modified_at=later))
    assert together(warehouse) == [[2]]
    assert rows_of(
        warehouse,
        "select article_id, event_id is null from fact_event_statement order by all",
    ) == [(1, True), (2, False)]


def test_pairs_are_put_under_their_smallest_number():
    pairs = [(5, 4), (3, 3), (9, 7), (4, 2), (7, 8)]
    joined = {2: 2, 4: 2, 5: 2, 3: 3, 7: 7, 8: 7, 9: 7}
    for order in itertools.permutations(pairs):
        assert join_pairs(order) == joined


def test_a_long_chain_is_joined_without_deep_recursion():
    length = 200_000
    assert set(join_pairs((n, n + 1) for n in range(length)).values()) == {0}
    assert set(join_pairs((n, n + 1) for n in reversed(range(length))).values()) == {0}
