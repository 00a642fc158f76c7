"""Measures over time: what they count, what is usual, and what is not."""

from datetime import UTC, date, datetime, timedelta

import pytest

from checks.codes import MEASURES, PUBLISHED_MEASURES, RESTATEMENT_CAUSES
from tests.warehouse.measure_batches import (
    NOW,
    article,
    emptied,
    forget,
    judged,
    load,
    measured_warehouse,
    values,
    weeks_of,
)
from warehouse.restatements import CAUSES

#: A Thursday, and no holiday.
DAY = date(2026, 3, 5)
LATER = datetime(2026, 5, 1, tzinfo=UTC)
#: Twelve weeks that end on the Wednesday before it, weekends lower.
USUAL = [20, 22, 19, 21, 20, 8, 5] * 12


@pytest.fixture(scope="module")
def shared():
    connection = measured_warehouse()
    yield connection
    connection.close()


@pytest.fixture
def warehouse(shared):
    return emptied(shared)


@pytest.fixture
def outlet(warehouse):
    """An outlet with a history of twelve weeks, Thursday to Wednesday."""
    numbers = USUAL[3:] + USUAL[:3]
    weeks_of(warehouse, numbers, until=DAY - timedelta(days=1))
    return warehouse


def text(number):
    return " ".join(f"сөз{number}{place}" for place in range(60))


def everything(connection):
    return connection.execute(
        "select measure, source_id, measured_date, value, sample_count "
        "from fact_measure where measure not like 'arrived%' order by all"
    ).fetchall()


def on(  # noqa: PLR0913 - by keyword
    connection, day, value, *, sample=None, measure="articles", now=NOW
):
    """The verdict and what was expected, of a day that has this value."""
    weeks_of(connection, [value], until=day, measure=measure, sample=sample)
    return judged(connection, day, measure=measure, now=now)


def test_the_codes_of_the_checks_are_those_that_are_measured(warehouse):
    rows = warehouse.execute("from measure_definitions()").fetchall()
    assert tuple(row[0] for row in rows) == MEASURES
    assert tuple(row[0] for row in rows if row[1] == "published") == PUBLISHED_MEASURES
    assert CAUSES == RESTATEMENT_CAUSES


def test_a_day_is_counted_by_outlet_and_for_all(warehouse):
    load(
        warehouse,
        article(1, text(1), "2026-03-01", quotes=3),
        article(2, text(2), "2026-03-01", quotes=1),
        article(3, text(3), "2026-03-01", source_id=2, language="ru", quotes=2),
        article(4, text(4), "2026-03-02"),
        article(5, text(5)),
    )
    assert values(warehouse, "articles") == {"2026-03-01": 2, "2026-03-02": 1}
    assert values(warehouse, "articles", 0) == {"2026-03-01": 3, "2026-03-02": 1}
    assert values(warehouse, "quotes", 0) == {"2026-03-01": 6, "2026-03-02": 0}
    # An article in Russian is not read in full: means are over Kazakh ones.
    assert values(warehouse, "quotes_an_article", 0) == {
        "2026-03-01": 2,
        "2026-03-02": 0,
    }
    assert values(warehouse, "quotes_an_article", 2) == {}
    # Three of six: those with an even number.
    assert values(warehouse, "low_confidence_share", 0) == {
        "2026-03-01": pytest.approx(4 / 6)
    }
    arrival = "2026-01-01"
    assert values(warehouse, "arrived_articles", 0) == {arrival: 5}
    assert values(warehouse, "arrived_undated_share", 0) == {arrival: 0.2}
    assert values(warehouse, "arrived_russian_share", 0) == {arrival: 0.2}


def test_a_date_known_to_the_month_is_no_day(warehouse):
    load(warehouse, article(1, text(1), "2026-03-01", published_precision="month"))
    assert values(warehouse, "articles") == {}


def test_new_versions_moved_days_and_copies_are_followed(warehouse):
    load(warehouse, article(1, text(1), "2026-03-02", quotes=2))
    load(
        warehouse,
        article(1, text(1) + " тағы", "2026-03-03", quotes=4),
        article(2, text(1), "2026-03-01", source_id=2),
        load_id="load-2",
    )
    assert values(warehouse, "articles") == {"2026-03-03": 1}
    assert values(warehouse, "without_copies") == {"2026-03-03": 0}
    assert values(warehouse, "quotes") == {"2026-03-03": 4}
    forget(warehouse, 2)
    assert values(warehouse, "without_copies") == {"2026-03-03": 1}
    assert values(warehouse, "articles", 2) == {}


def test_rows_that_did_not_change_keep_the_load_that_changed_them(warehouse):
    load(warehouse, article(1, text(1), "2026-03-02", quotes=2))
    load(warehouse, article(2, text(2), "2026-03-02", quotes=0), load_id="load-2")
    loads = dict(
        warehouse.execute(
            "select measure, load_id from fact_measure where source_id = 1 "
            "and measured_date = '2026-03-02' and measure in ('articles', 'quotes')"
        ).fetchall()
    )
    assert loads == {"articles": "load-2", "quotes": "load-1"}


def test_the_order_of_loads_changes_no_measure(warehouse):
    articles = [
        article(1, text(1), "2026-03-02", quotes=2),
        article(
            1,
            text(1) + " тағы",
            "2026-03-03",
            quotes=1,
            modified_at=LATER.replace(tzinfo=None),
        ),
        article(2, text(1), "2026-03-01", source_id=2, quotes=1),
        article(3, text(3), "2026-03-02"),
    ]
    seen = []
    for order in ((0, 1, 2, 3), (3, 2, 1, 0), (1, 3, 0, 2), (2, 0, 3, 1), None):
        connection = emptied(warehouse)
        batches = [articles] if order is None else [[articles[n]] for n in order]
        for number, batch in enumerate(batches):
            load(connection, *(dict(one) for one in batch), load_id=f"load-{number}")
        seen.append(everything(connection))
    assert all(one == seen[0] for one in seen)
    assert seen[0]


def test_the_usual_weekday_raises_no_alarm(outlet):
    assert on(outlet, DAY, 21)[0] == "ok"
    # Saturday and Sunday are low every week.
    assert on(outlet, DAY + timedelta(days=2), 8)[0] == "ok"
    sunday = DAY + timedelta(days=10)
    assert on(outlet, sunday, 5, now=LATER)[0] == "ok"
    assert on(outlet, DAY + timedelta(days=11), 4, now=LATER)[0] == "low"


def test_a_low_day_is_found(outlet):
    verdict, low, high = on(outlet, DAY, 3)
    assert verdict == "low"
    assert low == pytest.approx(21 - 3.5 * 21**0.5, abs=0.01)
    assert high == pytest.approx(21 + 3.5 * 21**0.5, abs=0.01)


def test_a_high_day_is_found_and_does_not_hide_itself(outlet):
    assert on(outlet, DAY, 4_000)[0] == "high"


def test_a_day_without_articles_is_low_though_it_has_no_row(outlet):
    assert judged(outlet, DAY)[0] == "low"


def test_a_day_that_is_not_over_is_not_low_but_may_be_high(outlet):
    morning = datetime(2026, 3, 5, 4, tzinfo=UTC)
    assert on(outlet, DAY, 2, now=morning)[0] == "open"
    outlet.execute("delete from fact_measure where measured_date = ?", [DAY])
    assert on(outlet, DAY, 80, now=morning)[0] == "high"
    # Midnight in Kazakhstan is 19:00 UTC of the day before.
    evening = datetime(2026, 3, 5, 19, tzinfo=UTC)
    outlet.execute("delete from fact_measure where measured_date = ?", [DAY])
    assert on(outlet, DAY, 2, now=evening)[0] == "low"


def test_too_short_a_history_is_no_alarm(warehouse):
    weeks_of(warehouse, USUAL[:28], until=DAY - timedelta(days=1))
    assert on(warehouse, DAY, 400)[0] == "no_history"


def test_a_spread_of_zero_leaves_room_for_chance(warehouse):
    weeks_of(warehouse, [16] * 84, until=DAY - timedelta(days=1))
    assert on(warehouse, DAY, 29) == ("ok", 2, 30)
    assert on(warehouse, DAY + timedelta(days=1), 31)[0] == "high"


def test_an_outlet_that_hardly_writes_raises_no_alarm(warehouse):
    weeks_of(warehouse, [1] + [0] * 83, until=DAY - timedelta(days=1))
    warehouse.execute("delete from fact_measure where value = 0")
    assert on(warehouse, DAY, 3) == ("ok", 0, 3.5)


def test_a_holiday_is_neither_judged_nor_compared_with(outlet):
    nauryz = date(2026, 3, 23)
    assert on(outlet, nauryz, 0, now=LATER)[0] == "holiday"
    # Three Mondays and Tuesdays of holidays do not lower what is usual.
    before = judged(outlet, date(2026, 3, 31), now=LATER)
    assert before[0] == "low"


def incident(connection, first, last, *, source_id=None, measure=None):
    connection.execute(
        "insert into dim_incident values (1, ?, ?, ?, ?, 'сервер тоқтады')",
        [first, last, source_id, measure],
    )


def test_a_day_of_an_incident_raises_no_alarm(outlet):
    incident(outlet, DAY, DAY)
    assert on(outlet, DAY, 0)[0] == "incident"


def test_an_incident_of_another_outlet_or_measure_changes_nothing(outlet):
    incident(outlet, DAY, DAY, source_id=2)
    incident(outlet, DAY, DAY, measure="arrived_files")
    assert on(outlet, DAY, 0)[0] == "low"


def test_days_of_incidents_are_not_compared_with(outlet):
    # The last five Thursdays were zero, as something was broken.
    broken = [DAY - timedelta(weeks=week) for week in range(1, 6)]
    outlet.execute(
        "update fact_measure set value = 0 where measured_date in ?", [broken]
    )
    weeks_of(outlet, [20], until=DAY)
    assert judged(outlet, DAY)[0] == "high"
    for day in broken[:3]:
        incident(outlet, day, day)
    outlet.execute("update dim_incident set incident_id = month(from_date)")
    assert judged(outlet, DAY)[0] == "ok"


def test_a_mean_is_judged_by_all_days_and_only_with_enough_articles(warehouse):
    told = {"measure": "quotes_an_article"}
    weeks_of(
        warehouse,
        [2.0, 2.2, 1.8] * 10,
        until=DAY - timedelta(days=1),
        sample=10,
        **told,
    )
    assert on(warehouse, DAY, 2.1, sample=10, **told)[0] == "ok"
    assert on(warehouse, DAY + timedelta(days=1), 0.2, sample=10, **told)[0] == "low"
    assert (
        on(warehouse, DAY + timedelta(days=2), 0.0, sample=4, **told)[0] == "no_history"
    )


def test_a_share_of_zero_leaves_room_for_one_of_few(warehouse):
    told = {"measure": "arrived_reject_share"}
    weeks_of(warehouse, [0.0] * 30, until=DAY - timedelta(days=1), sample=20, **told)
    assert on(warehouse, DAY, 0.05, sample=20, **told)[0] == "ok"
    assert on(warehouse, DAY + timedelta(days=1), 0.5, sample=20, **told)[0] == "high"


def rhythm(connection, now):
    """Usual days, silent days and state of the one outlet."""
    (row,) = connection.execute(
        "select usual_days, silent_days, state from source_rhythm(?)",
        [now.replace(tzinfo=None)],
    ).fetchall()
    return row


@pytest.mark.parametrize(
    ("day", "silent_days", "state"),
    [(10, 0, "fresh"), (12, 1, "late"), (13, 2, "late"), (14, 3, "silent")],
)
def test_an_outlet_is_silent_by_its_own_rhythm(warehouse, day, silent_days, state):
    weeks_of(warehouse, [3] * 30, until=date(2026, 3, 10))
    assert rhythm(warehouse, NOW.replace(day=day)) == (1, silent_days, state)


@pytest.mark.parametrize(("days", "state"), [(6, "fresh"), (8, "late"), (15, "silent")])
def test_a_weekly_outlet_is_not_silent_after_a_week(warehouse, days, state):
    for week in range(8):
        weeks_of(warehouse, [4], until=DAY - timedelta(weeks=week))
    now = datetime(2026, 3, 5, 7, tzinfo=UTC) + timedelta(days=days)
    assert rhythm(warehouse, now) == (7, days - 1, state)


def test_an_outlet_of_few_days_has_no_rhythm_yet(warehouse):
    weeks_of(warehouse, [4] * 5, until=DAY)
    assert rhythm(warehouse, LATER) == (None, 56, "no_rhythm")
