"""Restatements: each cause, and what is only today's news still coming in."""

from datetime import timedelta

import pytest

from tests.warehouse.measure_batches import (
    NOW,
    article,
    emptied,
    finish,
    forget,
    load,
    measured_warehouse,
    restated,
)
from warehouse.contributions import Change

#: Some time before `NOW`, when loads had ended.
DAY = "2026-03-02"
TODAY = "2026-03-10"


def text(number):
    return " ".join(f"сөз{number}{place}" for place in range(60))


@pytest.fixture(scope="module")
def shared():
    connection = measured_warehouse()
    yield connection
    connection.close()


@pytest.fixture
def warehouse(shared):
    """One article of outlet 1 and one of outlet 2 have been published for a week."""
    connection = emptied(shared)
    load(
        connection,
        article(1, text(1), DAY, quotes=2),
        article(2, text(2), DAY, source_id=2),
    )
    return connection


def add(connection, *articles, number=2, **more):
    load(connection, *articles, load_id=f"load-{number}", **more)


def count(connection):
    return connection.execute("select count(*) from fact_restatement").fetchone()[0]


def test_the_first_load_restates_nothing(warehouse):
    assert count(warehouse) == 0


def test_a_late_article(warehouse):
    add(warehouse, article(3, text(3), DAY, quotes=2))
    assert restated(warehouse) == [(DAY, 1, 2, "late_article", "load-2")]
    assert restated(warehouse, "articles", 0) == [(DAY, 2, 3, "late_article", "load-2")]
    assert restated(warehouse, "articles", 2) == []
    # The mean of two and two is two.
    assert restated(warehouse, "quotes_an_article") == []
    # That day's arrival is no published number.
    assert restated(warehouse, "arrived_articles") == []


def test_a_copy_that_comes_late(warehouse):
    add(warehouse, article(3, text(1), DAY, source_id=2))
    assert restated(warehouse, source_id=2) == [(DAY, 1, 2, "late_copy", "load-2")]
    assert restated(warehouse, "without_copies", 2) == []


def test_an_original_that_comes_late_makes_copies_of_others(warehouse):
    add(warehouse, article(3, text(1), "2026-03-01", source_id=2))
    assert restated(warehouse, "without_copies") == [(DAY, 1, 0, "late_copy", "load-2")]
    assert restated(warehouse) == []


def test_a_new_version(warehouse):
    add(warehouse, article(1, text(1) + " тағы", DAY, quotes=5))
    assert restated(warehouse, "quotes") == [(DAY, 2, 5, "new_version", "load-2")]
    assert restated(warehouse) == []


def test_a_new_version_of_another_day(warehouse):
    add(warehouse, article(1, text(1) + " тағы", "2026-03-03"))
    assert restated(warehouse) == [(DAY, 1, None, "new_version", "load-2")]


def test_a_reprocess_and_a_correction(warehouse):
    for number, cause in ((2, "reprocess"), (3, "correction")):
        warehouse.execute("begin")
        warehouse.execute(
            "create or replace temp table touched_article as select 1 as article_id"
        )
        warehouse.execute(
            "delete from fact_quote where article_id = 1 and quote_no = "
            "(select max(quote_no) from fact_quote)"
        )
        run = f"load-{number}"
        finish(warehouse, Change(run, run, NOW, cause))
    assert restated(warehouse, "quotes") == [
        (DAY, 1, 0, "correction", "load-3"),
        (DAY, 2, 1, "reprocess", "load-2"),
    ]


def test_an_archive_restates_what_was_published_and_not_what_it_has_begun(warehouse):
    """Its parts may come in several runs."""
    old = "2019-03-05"
    for number in (2, 3):
        day = DAY if number == 2 else old
        add(
            warehouse,
            article(number + 1, text(number + 1), day),
            article(number + 3, text(number + 3), old),
            number=number,
            cause="backfill",
        )
    assert restated(warehouse) == [(DAY, 1, 2, "backfill", "load-2")]
    # What comes after it does.
    add(warehouse, article(9, text(9), old), number=4)
    assert restated(warehouse)[0] == (old, 3, 4, "late_article", "load-4")


def test_an_archive_is_not_judged(warehouse):
    add(warehouse, article(3, text(3), DAY), cause="backfill")
    for table in ("judged_measure", "judged_source"):
        assert warehouse.execute(f"select count(*) from {table}").fetchone() == (0,)
    add(warehouse, article(4, text(4), DAY), number=3)
    for table in ("judged_measure", "judged_source"):
        assert warehouse.execute(f"select count(*) from {table}").fetchone() > (0,)


def test_a_forgotten_article(warehouse):
    forget(warehouse, 2)
    assert restated(warehouse, source_id=2) == [(DAY, 1, None, "forget", None)]
    assert restated(warehouse, source_id=0) == [(DAY, 2, 1, "forget", None)]


def test_the_cause_is_that_of_the_articles_that_changed_the_number_most(warehouse):
    add(
        warehouse,
        article(1, text(1) + " тағы", DAY, quotes=9),
        article(3, text(3), DAY, quotes=1),
    )
    assert restated(warehouse) == [(DAY, 1, 2, "late_article", "load-2")]
    assert restated(warehouse, "quotes") == [(DAY, 2, 10, "new_version", "load-2")]


def test_news_of_a_day_that_is_not_over_restates_nothing(warehouse):
    # An hour before midnight in Kazakhstan, then an hour after.
    for number, hour in ((2, 8), (3, 18), (4, 20)):
        add(
            warehouse,
            article(number + 1, text(number), TODAY),
            number=number,
            now=NOW.replace(hour=hour),
        )
    assert restated(warehouse) == []
    # Now the day was over when the load before ended.
    add(
        warehouse,
        article(9, text(9), TODAY),
        number=5,
        now=NOW + timedelta(days=1),
    )
    assert restated(warehouse) == [(TODAY, 3, 4, "late_article", "load-5")]


def test_a_day_that_had_no_number_is_not_restated(warehouse):
    add(warehouse, article(3, text(3), "2026-03-03"))
    assert count(warehouse) == 0


def test_loads_of_one_run_restate_what_was_published_before_it(warehouse):
    for number in (2, 3):
        add(
            warehouse,
            article(number + 1, text(number + 1), DAY),
            article(number + 5, text(number + 5), "2026-03-05"),
            number=number,
            run_id="run-2",
        )
    # The fifth of March was new in the run: nobody had seen its first number.
    assert restated(warehouse) == [(DAY, 1, 3, "late_article", "load-3")]


def test_a_run_that_takes_back_what_it_changed_restates_nothing(warehouse):
    add(
        warehouse,
        article(1, text(1) + " тағы", DAY, quotes=5),
        run_id="run-2",
    )
    add(
        warehouse,
        article(1, text(1) + " тағы және тағы", DAY, quotes=2),
        number=3,
        run_id="run-2",
    )
    assert restated(warehouse, "quotes") == []


def test_a_load_that_did_not_succeed_has_shown_nothing(shared):
    connection = emptied(shared)
    load(connection, article(1, text(1), DAY), status="failed")
    add(connection, article(2, text(2), DAY))
    assert count(connection) == 0
