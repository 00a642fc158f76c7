"""Corrections: applied to what is wrong, told where the source has mended itself."""

from datetime import UTC, date, datetime

import polars as pl
import pytest

from transforms.corrections import (
    CORRECTION_SCHEMA,
    FIELDS,
    canonical_targets,
    correct_articles,
    steps_of,
    targets_of,
)
from transforms.keys import keys

ARTICLE = {
    "row_id": 0,
    "article_id": 5,
    "source_code": "baq",
    "source_id": keys(pl.Series(["baq"]))[0],
    "outlet_key": "77",
    "url": "https://baq.kz/1",
    "title": "Су қоймасы ашылды",
    "lead": None,
    "text": "Су қоймасы ашылды. Қойма толды.",
    "author": "А. Бек",
    "section": None,
    "dateline_place": None,
    "photo_credit": None,
    "language": "kk",
    "published_at": datetime(2025, 12, 1, 5, tzinfo=UTC),
    "published_date": date(2025, 12, 1),
    "published_precision": "minute",
    "published_basis": "header",
    "word_count": 5,
}
SCHEMA = {"row_id": pl.Int32, "published_at": pl.Datetime("us", "UTC")} | dict.fromkeys(
    ("lead", "section", "dateline_place", "photo_credit"), pl.String
)


def batch(*rows):
    rows = [ARTICLE | {"row_id": number} | row for number, row in enumerate(rows)]
    return pl.DataFrame(rows, schema_overrides=SCHEMA).cast({"word_count": pl.Int32})


def corrections(*rows):
    names = ["row_id", "field", "wrong", "right", "reason", "expected"]
    schema = dict.fromkeys(names, pl.String) | {"row_id": pl.Int32}
    return pl.DataFrame([(0, *row) for row in rows], schema=schema, orient="row")


def correct(*rows, **changes):
    return correct_articles(batch(changes), corrections(*rows))


def test_nothing_to_correct_changes_nothing():
    articles = batch({}, {})
    done = correct_articles(articles, corrections())
    assert done.articles.equals(articles)
    assert (done.rows.height, done.changed.len()) == (0, 0)


@pytest.mark.parametrize(
    ("field", "wrong", "right", "columns"),
    [
        ("title", "Су қоймасы ашылды", "Көпір ашылды", {"title": "Көпір ашылды"}),
        ("author", "А. Бек", None, {"author": None}),
        ("section", None, "Қоғам", {"section": "Қоғам"}),
        ("language", "kk", "ru", {"language": "ru"}),
        ("source", "baq", "tengri", {"source_code": "tengri"}),
        (
            "published_date",
            "2025-12-01",
            "2025-11-30",
            {
                "published_at": None,
                "published_date": date(2025, 11, 30),
                "published_precision": "day",
                "published_basis": "correction",
            },
        ),
        (
            "published_date",
            "2025-12-01",
            "2024-06",
            {"published_date": date(2024, 6, 1), "published_precision": "month"},
        ),
        (
            "published_date",
            "2025-12-01",
            None,
            {
                "published_date": None,
                "published_precision": "unknown",
                "published_basis": "unknown",
            },
        ),
        (
            "published_at",
            "2025-12-01T10:00:00+05:00",
            "2025-12-02T01:00:00+05:00",
            {
                "published_at": datetime(2025, 12, 1, 20, tzinfo=UTC),
                "published_date": date(2025, 12, 2),
                "published_precision": "minute",
            },
        ),
        (
            "text",
            "Қойма толды",
            "Қойма екі есе толды",
            {"text": "Су қоймасы ашылды. Қойма екі есе толды.", "word_count": 7},
        ),
    ],
)
def test_a_wrong_value_is_replaced_and_given_back(field, wrong, right, columns):
    articles = batch({})
    done = correct_articles(articles, corrections((field, wrong, right, "x", None)))
    after = done.articles.row(0, named=True)
    assert {name: after[name] for name in columns} == columns
    assert after["source_id"] == keys(pl.Series([after["source_code"]]))[0]
    (row,) = done.rows.to_dicts()
    assert (row["state"], row["corrected_value"]) == ("applied", right)
    back = correct_articles(done.articles, corrections(), before=done.rows)
    assert back.articles.equals(articles)
    assert (back.rows.height, back.changed.to_list()) == (0, [0])


def test_correcting_twice_is_correcting_once():
    asked = corrections(
        ("title", "Су қоймасы ашылды", "Көпір ашылды", "x", None),
        ("text", "толды", "босады", "x", None),
        ("text", "Қойма", "Көл", "x", None),
    )
    once = correct_articles(batch({}), asked)
    twice = correct_articles(once.articles, asked, before=once.rows)
    assert twice.articles.equals(once.articles)
    assert twice.rows.equals(once.rows)
    assert once.articles["text"].to_list() == ["Су қоймасы ашылды. Көл босады."]


@pytest.mark.parametrize(
    ("expected", "state"), [(None, "outdated"), ("wrong", "outdated"), ("mended",) * 2]
)
def test_a_value_that_the_source_has_mended_is_left_alone(expected, state):
    done = correct(("title", "Су коймасы", "Су қоймасы", "x", expected))
    assert done.articles.equals(batch({}))
    assert done.rows["state"].to_list() == [state]


def test_the_row_whose_wrong_value_is_found_is_taken():
    done = correct(
        ("author", "Б. Бек", "Басқа", "x", "mended"),
        ("author", "А. Бек", "Асан Бек", "x", None),
    )
    assert done.articles["author"].to_list() == ["Асан Бек"]
    assert done.rows["state"].to_list() == ["applied", "mended"]


def test_other_articles_of_the_batch_are_not_touched():
    articles = batch({"title": "Бір"}, {"title": "Екі"}, {"title": "Үш"})
    asked = corrections(("title", "Екі", "Төрт", "x", None)).with_columns(
        row_id=pl.lit(1, pl.Int32)
    )
    done = correct_articles(articles, asked)
    assert done.articles["title"].to_list() == ["Бір", "Төрт", "Үш"]
    assert done.changed.to_list() == [1]


def test_an_article_is_called_by_address_outlet_or_id():
    table = pl.DataFrame(
        {"article": ["http://www.baq.kz/1/?utm_source=x", "baq:77", "-5"]}
    )
    assert canonical_targets(table)["target"].to_list() == [
        "https://baq.kz/1",
        "baq:77",
        "-5",
    ]
    targets = targets_of(batch({}, {"url": None, "outlet_key": None}))
    assert sorted(targets.rows()) == [
        ("5", 0),
        ("5", 1),
        ("baq:77", 0),
        ("https://baq.kz/1", 0),
    ]


def test_a_steps_version_tells_of_every_change_of_the_rows_and_of_no_order():
    rows = pl.DataFrame(
        {"article_id": [1, 1, 2], "field": ["a", "b", "a"], "right": ["x", None, "x"]}
    )
    one = steps_of(rows, "article_id")
    assert steps_of(rows.reverse(), "article_id").equals(one)
    assert one["step_version"].n_unique() == 2
    other = steps_of(rows.with_columns(right=pl.lit("y")), "article_id")
    assert not set(one["step_version"]) & set(other["step_version"])


def test_every_field_is_a_column_that_articles_have():
    assert set(FIELDS) - {"source"} <= set(batch({}).columns)
    assert "row_id" in CORRECTION_SCHEMA
