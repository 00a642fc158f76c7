"""Everything that is read out of an article, on texts that no newsroom would print."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from flows.copies import signature_rows
from flows.known import load_known
from flows.references import load_references
from transforms.articles import make_sentences
from transforms.enrichment import enrich

SAYS = "«Су қоры артты», – деді министр Асан Үсенов 2025 жылғы 9 қазанда. "
TEXTS = {
    "dashes": "-" * 10_000,
    "dashes apart": "— " * 10_000,
    "nested quotation marks": "«" * 5_000 + "Су" + "»" * 5_000,
    "straight quotation marks": '"' * 10_000,
    "a long number": "1" * 10_000 + " теңге, " + "1" * 10_000 + " жыл",
    "years that are none": "99999 жыл, 99999 жылы, 0000 жылы, 2025-13-45",
    "days that are none": "31 ақпан, 30 ақпанда, 0 қазан, 32 қаңтар 2025 жылы",
    "a long word": "қазақстан" * 10_000,
    "lines": "қазақ\n" * 5_000,
    "commas": "1, " * 5_000,
    "control characters": "\x1f\x1e\x00 9\x1fқазан \x85 5\x1eадам",
    "right to left": "\u202e9 қазан\u202c ٣ қазан ٢٠٢٥",
    "nothing": "",
}
EVIDENCE = (
    "fact_mention",
    "fact_quote",
    "fact_amount",
    "fact_date_mention",
    "fact_topic_mention",
    "fact_event_statement",
)


@pytest.fixture(scope="module")
def articles():
    texts = [*TEXTS.values(), *(SAYS + text + "\n" + SAYS for text in TEXTS.values())]
    return pl.DataFrame(
        {
            "row_id": range(len(texts)),
            "article_id": range(len(texts)),
            "title": "Жаңалық",
            "text": texts,
            "language": "kk",
            "script": "cyrillic",
            "published_date": dt.date(2025, 10, 10),
            "published_at": None,
            "published_precision": "day",
            "is_interview": False,
        },
        schema_overrides={
            "row_id": pl.Int32,
            "article_id": pl.Int64,
            "published_at": pl.Datetime("us"),
        },
    )


@pytest.fixture(scope="module")
def found(articles):
    known = load_known(load_references(None))
    return enrich(articles, make_sentences(articles), known).details


def test_every_row_gives_back_its_characters(articles, found):
    texts = articles["text"].to_list()
    for table in EVIDENCE:
        for row in found[table].filter(~pl.col("in_title")).iter_rows(named=True):
            text = texts[row["row_id"]]
            assert text[row["start_char"] : row["end_char"]] == row["surface"]


def test_they_alone_give_no_nonsense(found):
    alone = pl.col("row_id") < len(TEXTS)
    for table in ("fact_quote", "fact_event_statement"):
        assert found[table].filter(alone).is_empty()
    amounts = found["fact_amount"].filter(alone)
    assert amounts["surface"].to_list() == ["5\x1eадам"][: amounts.height]
    dates = found["fact_date_mention"].filter(
        alone & pl.col("start_date").is_not_null()
    )
    assert set(dates["start_date"].dt.year()) <= {2025}
    assert {"31 ақпан", "99999 жылы", "30 ақпанда", "32 қаңтар"}.isdisjoint(
        dates["surface"]
    )


def test_they_take_nothing_from_the_sentences_beside_them(found):
    beside = pl.col("row_id") >= len(TEXTS)
    said = found["fact_quote"].filter(beside & (pl.col("surface") == "Су қоры артты"))
    dated = found["fact_date_mention"].filter(
        beside & (pl.col("surface") == "2025 жылғы 9 қазанда")
    )
    counts = [
        rows.group_by("row_id").len().sort("row_id")["len"].to_list()
        for rows in (said, dated)
    ]
    assert counts == [[2] * len(TEXTS)] * 2


def test_their_copies_are_found_by_what_they_say(articles):
    signatures = signature_rows(articles)["article_signature"]
    assert signatures.height == articles.height
