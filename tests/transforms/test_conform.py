import polars as pl
import pytest
from polars.testing import assert_frame_equal

from transforms.conform import RECORD_COLUMNS, conform_articles
from transforms.keys import digests, key, keys

SCHEMA = {
    "source_code": pl.String,
    "outlet_key": pl.String,
    "url": pl.String,
    "title": pl.String,
    "lead": pl.String,
    "text": pl.String,
    "published_at": pl.Datetime("us", "UTC"),
    "published_date": pl.Date,
    "published_precision": pl.String,
    "modified_at": pl.Datetime("us", "UTC"),
    "author": pl.String,
    "section": pl.String,
    "tags": pl.List(pl.String),
    "photo_credit": pl.String,
}


def articles(*rows: dict) -> pl.DataFrame:
    base = {"source_code": "baq.kz", "title": "Тақырып", "text": "Мәтін."}
    return pl.DataFrame([base | row for row in rows], schema=SCHEMA)


def test_a_key_never_changes():
    """These numbers stand in warehouses: a change of the hash is a migration."""
    assert key("a", "bc") != key("ab", "c")
    assert key("") == 3244421341483603138
    assert key("Қазақстан") == -6919332816954851344


def test_keys_of_a_column_are_those_of_its_values_and_null_stays_null():
    column = pl.Series("x", ["a", None, "b", "a"])
    assert keys(column).to_list() == [key("a"), None, key("b"), key("a")]
    assert keys(pl.Series("x", [], dtype=pl.String)).dtype == pl.Int64


def test_digests_are_sha_256():
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert digests([""]).to_list() == [empty]


def test_the_first_identity_that_exists_counts():
    found = conform_articles(
        articles(
            {"url": "https://baq.kz/1", "outlet_key": "7"},
            {"url": "https://baq.kz/1", "outlet_key": "8", "title": "Басқа"},
            {"outlet_key": "7"},
            {"outlet_key": "7", "title": "Басқа", "text": "Басқа."},
            {"source_code": "unknown", "outlet_key": "7"},
            {},
            {"text": "Мәтін."},
        )
    )["article_id"].to_list()
    assert found[0] == found[1]
    assert found[2] == found[3]
    assert len({found[0], found[2], found[4]}) == 3
    assert found[4] == found[5] == found[6], "undated: the content decides"


@pytest.mark.parametrize("column", RECORD_COLUMNS)
def test_a_change_of_any_parsed_value_is_another_record(column):
    from datetime import UTC, date, datetime

    other = {
        pl.String: "басқа",
        pl.Date: date(2025, 1, 2),
        pl.Datetime("us", "UTC"): datetime(2025, 1, 2, tzinfo=UTC),
        pl.List(pl.String): ["су"],
    }[SCHEMA[column]]
    one, two = conform_articles(articles({}, {column: other}))["record_hash"]
    assert one != two


def test_null_and_empty_are_different_records():
    one, two = conform_articles(articles({}, {"author": ""}))["record_hash"]
    assert one != two


def test_words_are_runs_of_letters_and_digits():
    text = "БАҚ-тағы 2,5 млн. теңге — бұл «COVID-19-дың» құны, д'Артаньян!"
    counted = conform_articles(articles({"text": text})).select("word_count")
    assert_frame_equal(
        counted, pl.DataFrame({"word_count": [9]}, schema={"word_count": pl.Int32})
    )
