"""Floors of figures only rise, and belong to the gold files that they were made of."""

import pytest

from tests.eval.floors import cut, hash_of, read_figures, short_of, write_figures

GOOD, POOR = {"persons": 0.9, "places": 0.8}, {"persons": 0.7, "places": 0.85}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "names.json"


def keep(path, floors, gold="a", **options):
    write_figures(path, gold, floors, [], **options)
    return read_figures(path)["floors"]


def test_floors_rise_and_do_not_fall(path):
    assert keep(path, POOR) == POOR
    assert keep(path, GOOD) == {"persons": 0.9, "places": 0.85}
    assert keep(path, POOR) == {"persons": 0.9, "places": 0.85}
    assert keep(path, POOR, lower=True) == POOR


def test_of_errors_less_is_better(path):
    def more(_, figure, floor):
        return figure > floor

    keep(path, {"violations": 2.0}, worse=more)
    assert keep(path, {"violations": 3.0}, worse=more) == {"violations": 2.0}
    assert short_of({"violations": 3.0}, {"violations": 2.0}, worse=more)
    assert not short_of({"violations": 1.0}, {"violations": 2.0}, worse=more)


def test_other_gold_files_have_new_floors(path):
    keep(path, GOOD)
    assert keep(path, POOR, gold="b") == POOR


def test_what_falls_short_or_is_gone_is_named():
    assert short_of(POOR, GOOD) == ["persons: 0.7 against the floor 0.9"]
    assert short_of({}, {"places": 0.8}) == ["places: None against the floor 0.8"]


def test_a_floor_is_never_above_its_own_figure():
    assert [cut(figure) for figure in (0.95, 0.9387, 2 / 3, 1.0)] == [
        0.95,
        0.938,
        0.666,
        1.0,
    ]


def test_the_hash_is_of_all_files_in_their_order(tmp_path):
    one, other = tmp_path / "a", tmp_path / "b"
    one.write_text("а")
    other.write_text("б")
    assert len({hash_of(one), hash_of(one, other), hash_of(other, one)}) == 3
