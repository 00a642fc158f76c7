"""Rows that are found by their places, in a lake as in a file."""

from checks import touched
from tests.lake.conftest import PARTS, put_part
from tests.lake.lake_workspace import rows_of
from warehouse import few_rows


def test_rows_found_by_their_places_make_the_same_tables(empty_lake, lake, monkeypatch):
    monkeypatch.setattr(few_rows, "FEWEST_ROWS", 1)
    monkeypatch.setattr(touched, "FEWEST_ROWS", 1)
    for number in range(len(PARTS)):
        put_part(empty_lake, number)
        empty_lake.load()
    assert rows_of(empty_lake) == rows_of(lake)
