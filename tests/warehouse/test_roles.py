"""Who held which office when, from what dated articles say."""

import random
import re
from datetime import date, datetime

import pytest

from tests.conftest import ROOT
from tests.warehouse.name_batches import article, holds, load, new_warehouse, rows_of

A, B, C = 10, 11, 12
_SPANS = (
    "select entity_id, strftime(valid_from, '%m-%d'), strftime(valid_to, '%m-%d'), "
    "evidence_article_id, evidence_count from dim_entity_role "
    "order by valid_from, entity_id"
)


@pytest.fixture
def warehouse():
    connection = new_warehouse()
    yield connection
    connection.close()


def says(article_id, day, *people, **more):
    """An article of 2025 that calls people the president."""
    return article(
        article_id, f"2025-{day}", roles=[holds(person, **more) for person in people]
    )


def diary(people):
    """One article a day from 1 January: a letter a day, a blank for none."""
    return [
        says(number, f"01-{number:02d}", {"A": A, "B": B, "C": C}[person])
        for number, person in enumerate(people, 1)
        if person != " "
    ]


def spans_of(articles, warehouse):
    load(warehouse, *articles)
    return "".join(
        f"{'ABC'[person - A]}{int(start[3:])}-{int(end[3:]) if end else ''} "
        for person, start, end, _, _ in rows_of(warehouse, _SPANS)
    ).strip()


@pytest.mark.parametrize(
    ("people", "spans"),
    [
        ("A", "A1-"),
        ("AAA", "A1-"),
        ("AA BB", "A1-3 B4-"),
        ("AABAA", "A1-"),
        ("AABBAA", "A1-2 B3-4 A5-"),
        ("AAB", "A1-2 B3-"),
        ("BAA", "B1-1 A2-"),
        ("AABCC", "A1-2 B3-3 C4-"),
        ("AABCAA", "A1-2 B3-3 C4-4 A5-"),
        ("AABABABB", "A1-6 B7-"),
        ("AABACAA", "A1-"),
    ],
)
def test_a_day_belongs_to_one_holder_and_a_lone_article_between_is_noise(
    warehouse, people, spans
):
    assert spans_of(diary(people), warehouse) == spans


def test_most_articles_decide_a_day_then_most_overall_then_the_smaller_id(warehouse):
    load(
        warehouse,
        says(1, "01-01", B),
        says(2, "01-01", B),
        says(3, "01-01", A),
        says(4, "02-01", A),
        says(5, "02-01", B),
        says(6, "03-01", A, C, country="KG"),
    )
    assert rows_of(warehouse, _SPANS) == [
        (B, "01-01", None, 1, 3),
        (A, "03-01", None, 6, 1),
    ]


def test_an_article_that_says_it_often_counts_once(warehouse):
    often = [holds(B, start_char=place, end_char=place + 5) for place in (0, 20, 40)]
    load(
        warehouse,
        says(1, "01-01", A),
        says(2, "01-01", A),
        article(3, "2025-01-01", roles=often),
    )
    assert rows_of(warehouse, _SPANS) == [(A, "01-01", None, 1, 2)]


def test_several_may_hold_an_office_that_is_not_single(warehouse):
    load(
        warehouse,
        says(1, "01-01", A, role="Депутат", is_single=False),
        says(2, "01-02", B, role="Депутат", is_single=False),
        says(3, "01-03", A, role="Депутат", is_single=False),
    )
    assert rows_of(warehouse, _SPANS) == [
        (A, "01-01", None, 1, 2),
        (B, "01-02", None, 2, 1),
    ]


def test_an_office_without_country_and_organisation_is_many(warehouse):
    load(
        warehouse,
        says(1, "01-01", A, country=None),
        says(2, "01-02", B, country=None),
        says(3, "01-01", A, country=None, organisation_id=5),
        says(4, "01-02", B, country=None, organisation_id=5),
    )
    assert rows_of(
        warehouse,
        "select organisation_id, entity_id, is_single, is_current "
        "from dim_entity_role order by all",
    ) == [
        (5, A, True, False),
        (5, B, True, True),
        (None, A, False, True),
        (None, B, False, True),
    ]


def test_only_articles_dated_to_the_day_are_evidence(warehouse):
    load(
        warehouse,
        article(1, roles=[holds(A)]),
        article(2, "2025-01-01", published_precision="year", roles=[holds(A)]),
        article(3, "2025-03-01", published_precision="month", roles=[holds(A)]),
    )
    assert rows_of(warehouse, _SPANS) == []


def test_a_version_that_takes_over_takes_the_old_statements_away(warehouse):
    def version(number, person, role="Президент"):
        return article(
            1,
            "2025-01-05",
            f"h{number}",
            modified_at=datetime(2025, 1, 5, number),  # noqa: DTZ001 - as stored
            roles=[holds(person, role)],
        )

    load(warehouse, version(2, B), says(2, "01-01", A))
    load(warehouse, version(3, A, "Премьер-министр"))
    assert rows_of(warehouse, _SPANS) == [
        (A, "01-01", None, 2, 1),
        (A, "01-05", None, 1, 1),
    ]
    # One that comes late and is older is numbered before the others: no evidence.
    load(warehouse, version(1, C))
    assert rows_of(warehouse, "select count(*) from fact_role_mention") == [(4,)]
    assert rows_of(warehouse, _SPANS) == [
        (A, "01-01", None, 2, 1),
        (A, "01-05", None, 1, 1),
    ]


def test_offices_that_a_load_does_not_touch_are_left_alone(warehouse):
    load(warehouse, says(1, "01-01", A), says(2, "01-01", B, country="KG"))
    warehouse.execute("update dim_entity_role set evidence_count = 77")
    load(warehouse, says(3, "01-02", A))
    assert rows_of(
        warehouse, "select country_code, evidence_count from dim_entity_role order by 1"
    ) == [("KG", 77), ("KZ", 2)]


def random_pile(luck):
    """Articles on a few offices, some in versions, some undated."""
    pile = []
    for number in range(30):
        day = f"2025-{luck.randint(1, 2):02d}-{luck.randint(1, 9):02d}"
        for version in range(luck.choice((1, 1, 1, 3))):
            roles = [
                holds(
                    luck.choice((A, B, C)),
                    luck.choice(("Президент", "Әкім")),
                    luck.choice(("KZ", "KG", None)),
                    organisation_id=luck.choice((None, None, 5)),
                    is_single=luck.random() < 0.8,
                )
                for _ in range(luck.randint(0, 2))
            ]
            pile.append(
                article(
                    number,
                    luck.choice((day, day, day, None)),
                    f"h{version}",
                    modified_at=datetime(2025, 3, 1, version),  # noqa: DTZ001
                    roles=roles,
                )
            )
    return pile


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_arrival_changes_nothing(seed):
    luck = random.Random(seed)  # noqa: S311 - repeatable, not secret
    pile = random_pile(luck)
    results = []
    for _ in range(4):
        luck.shuffle(pile)
        connection = new_warehouse()
        rest = list(pile)
        while rest:
            size = luck.choice((1, 2, 5, 40))
            load(connection, *rest[:size])
            rest = rest[size:]
        results.append(rows_of(connection, "from dim_entity_role order by all"))
        connection.close()
    assert len(results[0]) > 10
    assert all(result == results[0] for result in results)


def test_spans_keep_the_laws_that_the_rules_hold(warehouse):
    from checks.role_rules import ROLE_RULES
    from checks.tables import run_table_rules

    luck = random.Random(9)  # noqa: S311 - repeatable, not secret
    load(warehouse, *random_pile(luck))
    for person in (A, B, C):
        warehouse.execute(
            "insert into dim_entity values (?, 'person', 'Аты', null, null, null, "
            "'learned', null)",
            [person],
        )
    rules = [rule for rule in ROLE_RULES if rule.table_name == "dim_entity_role"]
    assert [r for r in run_table_rules(warehouse, rules) if not r.is_passed] == []


def test_an_article_joins_as_of_its_own_date(warehouse):
    """The example of the documentation, as it stands there."""
    page = (ROOT / "docs" / "offices.md").read_text(encoding="utf-8")
    (sql,) = re.findall(r"```sql\n(.*?)```", page, re.DOTALL)
    load(
        warehouse,
        *diary("AABB"),
        article(9, "2025-01-02"),
        article(10, "2025-06-01"),
        article(11),
        article(12, "2024-12-31"),
    )
    for person, name in ((A, "Айдос"), (B, "Болат")):
        warehouse.execute(
            "insert into dim_entity values (?, 'person', ?, null, null, null, "
            "'learned', null)",
            [person, name],
        )
    found = {row[0]: row[1:] for row in rows_of(warehouse, sql)}
    assert found[9] == (date(2025, 1, 2), "Айдос")
    assert found[10] == (date(2025, 6, 1), "Болат")
    assert found[3] == (date(2025, 1, 3), "Болат")
    assert {11, 12} & set(found) == set()
