"""Copies, rewrites and stories, and that no order of loads shows in them."""

import itertools
import random
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.benchmarks.generate import sample_sentences
from tests.warehouse.copy_batches import (
    article,
    forget,
    load,
    new_warehouse,
    roles,
    stories,
    tables,
)
from warehouse import links
from warehouse.stories import name_components

NOW_LATER = datetime(2026, 2, 1)  # noqa: DTZ001 - as the warehouse keeps it
SENTENCES = sample_sentences()
#: Three articles on the one thing told twice, and one on another.
TOLD = (
    "Тараз қаласында Дәулет Қасымов бастаған топ Талас өзенінің жаңа көпірін ашты. "
    "Көпірдің ұзындығы 214 метр. Құрылысты Жамбыл облысының Бөген кәсіпорны жүргізді."
)
RETOLD = (
    "Талас өзені арқылы өтетін жаңа көпір Тараз тұрғындарына қызмет ете бастады. "
    "Салтанатты рәсімге Дәулет Қасымов қатысты. Жұмысты Жамбыл облысындағы Бөген "
    "атқарған, көпір 214 метрге созылады."
)
TOLD_TITLE = "Жаңа көпір Тараз қаласында ашылды"
RETOLD_TITLE = "Жаңа көпір арқылы Тараз қаласында қозғалыс ашылды"


def text(number, length=14):
    """A text of its own; texts of two numbers have little in common."""
    return " ".join(random.Random(number).sample(SENTENCES, length))  # noqa: S311


def part(whole, share):
    """The first part of a text and then another, as a rewrite has it."""
    return whole[: int(len(whole) * share)] + text(-len(whole))[: int(len(whole) * 0.3)]


@pytest.fixture
def warehouse():
    connection = new_warehouse()
    yield connection
    connection.close()


def test_the_earliest_of_equal_articles_is_the_original(warehouse):
    load(warehouse, article(1, text(1), "2026-01-03"), article(3, text(2)))
    load(warehouse, article(2, text(1), "2026-01-02"))
    assert roles(warehouse) == {
        1: ("copy", 2),
        2: ("original", None),
        3: ("original", None),
    }


def test_a_time_comes_before_a_day_and_a_day_before_nothing(warehouse):
    load(
        warehouse,
        article(1, text(1)),
        article(2, text(1), "2026-01-02"),
        article(3, text(1), "2026-01-02", hour=20),
        article(4, text(1), "2026-01-02", hour=9),
    )
    assert {key: row[1] for key, row in roles(warehouse).items()} == {
        1: 4,
        2: 4,
        3: 4,
        4: None,
    }


def test_without_dates_the_smaller_id_is_the_original(warehouse):
    load(warehouse, article(2, text(1)), article(1, text(1)))
    assert roles(warehouse) == {1: ("original", None), 2: ("copy", 1)}


def test_a_text_that_keeps_most_of_another_is_a_rewrite(warehouse):
    load(
        warehouse,
        article(1, text(1), "2026-01-01"),
        article(2, part(text(1), 0.75), "2026-01-02"),
    )
    assert roles(warehouse)[2] == ("rewrite", 1)


def test_a_copy_of_a_rewrite_is_a_copy_and_leads_to_the_original(warehouse):
    rewrite = part(text(1), 0.75)
    load(
        warehouse,
        article(1, text(1), "2026-01-01"),
        article(2, rewrite, "2026-01-02"),
        article(3, rewrite, "2026-01-03"),
    )
    assert roles(warehouse) == {
        1: ("original", None),
        2: ("rewrite", 1),
        3: ("copy", 1),
    }


def test_a_repeated_title_with_another_text_is_no_copy(warehouse):
    title = "Аптаның басты оқиғалары"
    load(
        warehouse,
        article(1, text(1), "2026-01-01", title=title),
        article(2, text(2), "2026-01-02", title=title),
    )
    assert roles(warehouse)[2] == ("original", None)
    assert stories(warehouse) == {1: 1, 2: 2}


def test_a_form_filled_with_other_numbers_is_no_copy(warehouse):
    form = (
        "Қор биржасында күндізгі сауда қорытындысы шықты. АҚШ долларының орташа бағамы "
        "{} теңге болды. Ұлттық банктің ресми бағамы {} теңге. Айырбастау пункттерінде "
        "доллар {} теңгеден сатылып жатыр. Сауда көлемі {} миллион долларға жетті."
    )
    load(
        warehouse,
        article(1, form.format(512.1, 513.4, 515, 211), "2026-01-01"),
        article(2, form.format(520.7, 521.9, 524, 187), "2026-01-02"),
    )
    assert roles(warehouse)[2] == ("original", None)


def test_a_form_with_another_name_in_its_title_is_no_copy(warehouse):
    form = (
        "{0} мен Қазақстан президенттері шағын құрамда келіссөз жүргізді. Тараптар "
        "сауда мен көлік саласындағы ынтымақтастықты талқылады. Кездесуден кейін "
        "бірқатар құжатқа қол қойылды. {0} тарапы жаңа бағытты қолдады."
    )
    load(
        warehouse,
        *(
            article(key, form.format(name), day, title=f"Ақордада {name} делегациясы")
            for key, name, day in (
                (1, "Эстония", "2026-01-01"),
                (2, "Армения", "2026-01-02"),
            )
        ),
    )
    assert roles(warehouse)[2] == ("original", None)
    assert stories(warehouse) == {1: 1, 2: 2}


def test_articles_on_one_happening_make_a_story(warehouse):
    load(warehouse, article(5, TOLD, "2026-01-02", title=TOLD_TITLE, source_id=2))
    load(warehouse, article(4, RETOLD, "2026-01-04", title=RETOLD_TITLE))
    assert roles(warehouse)[4] == ("original", None)
    assert stories(warehouse) == {4: 5, 5: 5}
    assert warehouse.execute(
        "select story_id, title, first_date::varchar, last_date::varchar, "
        "article_count, source_count from dim_story"
    ).fetchall() == [(5, TOLD_TITLE, "2026-01-02", "2026-01-04", 2, 2)]


@pytest.mark.parametrize("day", ["2026-01-06", None])
def test_too_far_apart_or_undated_they_make_none(warehouse, day):
    load(
        warehouse,
        article(5, TOLD, "2026-01-02", title=TOLD_TITLE),
        article(4, RETOLD, day, title=RETOLD_TITLE),
    )
    assert stories(warehouse) == {4: 4, 5: 5}


def test_a_copy_without_a_day_joins_one_story_and_connects_none(warehouse):
    load(
        warehouse,
        article(1, text(1), "2025-01-01"),
        article(2, text(1), "2026-01-01"),
        article(3, text(1)),
    )
    assert roles(warehouse)[2] == ("copy", 1)
    assert stories(warehouse) == {1: 1, 2: 2, 3: 1}


def test_an_id_that_is_no_longer_used_leads_to_its_story(warehouse):
    load(warehouse, article(5, text(1), "2026-01-05"))
    load(warehouse, article(4, text(1), "2026-01-04"))
    load(warehouse, article(3, text(1), "2026-01-03"))
    redirects = "select old_story_id, story_id from story_redirect order by all"
    assert warehouse.execute(redirects).fetchall() == [(4, 3), (5, 3)]
    forget(warehouse, 3)
    assert warehouse.execute(redirects).fetchall() == [(3, 4), (5, 4)]
    forget(warehouse, 4)
    forget(warehouse, 5)
    assert warehouse.execute(redirects).fetchall() == []
    assert warehouse.execute("from dim_story").fetchall() == []


def test_another_version_is_compared_anew(warehouse):
    load(
        warehouse, article(1, text(1), "2026-01-01"), article(2, text(1), "2026-01-02")
    )
    assert roles(warehouse)[2] == ("copy", 1)
    changed = {"modified_at": NOW_LATER, "record_hash": "later"}
    load(warehouse, article(2, text(2), "2026-01-02", **changed))
    assert roles(warehouse) == {1: ("original", None), 2: ("original", None)}
    assert stories(warehouse) == {1: 1, 2: 2}
    assert warehouse.execute("from fact_duplicate").fetchall() == []
    assert warehouse.execute(
        "select story_id, duplicate_role, duplicate_of from fact_article "
        "where not is_current"
    ).fetchall() == [(None, "original", None)]


def test_a_forgotten_original_leaves_its_role_to_the_next(warehouse):
    load(
        warehouse,
        *(article(key, text(1), f"2026-01-0{key}") for key in (1, 2, 3)),
    )
    forget(warehouse, 1)
    assert roles(warehouse) == {2: ("original", None), 3: ("copy", 2)}
    assert stories(warehouse) == {2: 2, 3: 2}


def test_odd_texts_are_no_copies_and_do_no_harm(warehouse):
    odd = ["", " ", "-" * 10_000, "9" * 10_000, "«" * 500 + "а", "\U0001f600" * 300]
    load(
        warehouse,
        *(article(key, value, "2026-01-01") for key, value in enumerate(odd)),
        article(20, "сөз " * 50_000, "2026-01-01", title="а" * 100_000),
        article(21, text(1), "2026-01-01", title=None),
    )
    assert {row[0] for row in roles(warehouse).values()} == {"original"}


def test_many_copies_are_compared_with_the_earliest_only(warehouse, monkeypatch):
    monkeypatch.setattr(links, "_COMPARED_IN_BUCKET", 3)
    load(warehouse, *(article(key, text(1), "2026-01-01") for key in range(20)))
    assert warehouse.execute("select count(*) from fact_duplicate").fetchall() == [
        (3 * 17 + 3,)
    ]
    assert {row[1] for row in roles(warehouse).values()} == {None, 0}


def _mixed_articles():
    """Copies, rewrites, forms, stories, odd dates, versions: what may go wrong."""
    days = ["2026-01-01", "2026-01-02", "2026-01-03", "2026-01-05", None]
    rows = []
    for number in range(22):
        whole = text(number % 4)
        if number % 5 == 4:
            whole = part(whole, 0.75)
        rows.append(
            article(
                100 - number if number % 2 else number,
                whole,
                days[number % 5],
                hour=number % 24 if number % 3 == 0 and days[number % 5] else None,
                source_id=number % 3,
            )
        )
    rows += [
        article(200, TOLD, "2026-01-02", title=TOLD_TITLE),
        article(201, RETOLD, "2026-01-04", title=RETOLD_TITLE),
        article(202, TOLD + " " + text(9, 1), "2026-01-06", title=RETOLD_TITLE),
        article(
            2, text(7), "2026-01-01", modified_at=NOW_LATER, record_hash="of-2-later"
        ),
    ]
    return rows


ARTICLES = _mixed_articles()


@given(
    order=st.permutations(range(len(ARTICLES))),
    sizes=st.lists(st.integers(1, 9), min_size=30, max_size=30),
    compared=st.sampled_from([2, 16]),
)
@settings(max_examples=6)
def test_order_and_batch_size_change_nothing(order, sizes, compared):
    before = links._COMPARED_IN_BUCKET
    links._COMPARED_IN_BUCKET = compared
    try:
        at_once = new_warehouse()
        load(at_once, *ARTICLES)
        connection = new_warehouse()
        rest = [ARTICLES[place] for place in order]
        for size in sizes:
            if rest:
                load(connection, *rest[:size])
                rest = rest[size:]
        assert tables(connection) == tables(at_once)
        for article_id in (0, 200, 5):
            forget(connection, article_id)
        without = new_warehouse()
        load(
            without, *(row for row in ARTICLES if row["article_id"] not in (0, 200, 5))
        )
        assert tables(connection) == tables(without)
    finally:
        links._COMPARED_IN_BUCKET = before
        for each in (at_once, connection, without):
            each.close()


def test_components_are_named_after_the_first_given():
    for edges in itertools.permutations([(1, 2), (2, 3), (5, 4)]):
        assert name_components([3, 2, 1, 4, 5], edges) == {
            3: 3,
            2: 3,
            1: 3,
            4: 4,
            5: 4,
        }
