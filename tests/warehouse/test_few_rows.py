"""Rows of a large table by their places: the same rows, whatever lies between."""

import duckdb
import pytest

from warehouse import few_rows as module
from warehouse.few_rows import few_rows

WANTED = "article_id in (select article_id from wanted)"


@pytest.fixture
def connection():
    with duckdb.connect() as connection:
        connection.execute(
            "create table article as "
            "select hash(range) as article_id, range as no from range(50000)"
        )
        yield connection


def found(connection, numbers, condition=None):
    connection.execute(
        "create or replace temp table wanted as "
        "select article_id from article where list_contains($numbers, no)",
        {"numbers": list(numbers)},
    )
    where = condition or few_rows(connection, "article", WANTED)
    rows = connection.execute(f"select no from article where {where}").fetchall()
    return where, sorted(row[0] for row in rows)


@pytest.mark.parametrize(
    "numbers", [[], [0], [49_999], [7, 2_047, 2_048, 30_000], range(40_000, 40_100)]
)
def test_the_rows_are_those_that_the_condition_keeps(connection, numbers):
    where, rows = found(connection, numbers)
    assert rows == list(numbers)
    assert where.count("rowid") == (0 if not rows else 1 + (30_000 in rows))


def test_rows_of_the_transaction_under_way_are_among_them(connection):
    connection.execute("begin")
    connection.execute("delete from article where no = 3")
    connection.execute("insert into article select hash(range), range from range(3, 6)")
    where, rows = found(connection, [3, 4, 40_000])
    assert rows == [3, 4, 4, 40_000]
    assert where.count("rowid") == 3


def test_scattered_rows_and_small_tables_are_read_whole(connection, monkeypatch):
    assert (
        found(connection, range(0, 50_000, 400))
        == (
            WANTED,
            list(range(0, 50_000, 400)),
        )
        or found(connection, range(0, 50_000, 400))[0].count("rowid") == 1
    )
    monkeypatch.setattr(module, "FEWEST_ROWS", 60_000)
    assert found(connection, [5]) == (WANTED, [5])
