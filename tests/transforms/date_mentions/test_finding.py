"""Dates in running text: spans, days, and what must not be taken for a date."""

import time
from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.eval.dates import articles_of, found_in, read_gold
from transforms.date_mentions import DATE_SCHEMA, find_dates
from transforms.date_mentions.finding import CONFIDENCES

PUBLISHED = date(2025, 10, 9)


def dates_of(*texts, published=PUBLISHED):
    frame = pl.DataFrame(
        {"text": texts, "published_date": [published] * len(texts)},
        schema_overrides={"published_date": pl.Date},
    ).with_row_index("row_id")
    return found_in(articles_of(frame.with_columns(pl.col("row_id").cast(pl.Int32))))


def days_of(text, published=PUBLISHED):
    found = dates_of(text, published=published)
    return found.select("surface", "start_date", "end_date").rows()


@pytest.mark.parametrize(
    ("text", "published", "day"),
    [
        ("Жиын 5 қаңтарда өтеді.", date(2025, 12, 20), date(2026, 1, 5)),
        ("Жиын 5 қаңтарда өтті.", date(2025, 12, 20), date(2025, 1, 5)),
        ("Жиын 25 желтоқсанда өтті.", date(2026, 1, 10), date(2025, 12, 25)),
        ("Жиын 1 мамырда өтетін болады.", date(2025, 7, 1), date(2026, 5, 1)),
        ("Бұл 1 наурызға жоспарланған.", date(2025, 8, 1), date(2026, 3, 1)),
        # Printed on the eve, whatever the verb.
        ("18 қарашада ауа райы белгілі болды.", date(2025, 11, 17), date(2025, 11, 18)),
        ("29 ақпанда туғандар жиналды.", date(2025, 3, 1), date(2024, 2, 29)),
    ],
)
def test_a_day_without_a_year_is_the_nearest_that_the_verb_allows(text, published, day):
    ((_, start, end),) = days_of(text, published)
    assert (start, end) == (day, day)


def test_that_year_is_the_one_spoken_of_before():
    found = dates_of(
        "Қор 2014 жылдың 1 шілдесінде құрылды. Сол жылдың тамыз айында ол көшті."
    )
    assert found["start_date"].to_list() == [date(2014, 7, 1), date(2014, 8, 1)]
    assert found["basis"].to_list() == ["absolute", "relative"]


def test_without_publication_relative_dates_have_no_days():
    found = dates_of("Кеше, 9 қазанда және 1999 жылы.", published=None)
    assert found["start_date"].to_list() == [None, None, date(1999, 1, 1)]
    assert found["basis"].to_list() == ["relative", "relative", "absolute"]


@pytest.mark.parametrize(
    "text",
    [
        "31 ақпанда, 31 сәуір 2024 жылы, 99999 жыл, 13.13.2025, 2025-02-30",
        "2023 жылғы 29 ақпанда",
        "Ол 40 жаста, 5 жыл бойы, үш жыл, 120 жылға, 2000 жылдан астам",
        "Жыл сайынғы жиын. Бүгінгі таңда, бүгінде.",
        "«Бүгін» газеті, 1 мамыр көшесі, «1 Мамыр» ауылы",
        "оқиғадан бір күн бұрын",
        "б.з.д. V ғасырда",
        "IP 192.168.10.2025 мекенжайы",
        "",
    ],
)
def test_what_is_no_date_gives_no_row(text):
    assert days_of(text) == []


def test_winter_is_of_the_year_of_its_january():
    assert days_of("2024 жылдың қысында жол жабылды.") == [
        ("2024 жылдың қысында", date(2023, 12, 1), date(2024, 2, 29))
    ]


def test_dates_in_digits_need_no_word():
    assert [start for _, start, _ in days_of("09.10.2025; 2025-10-10; 11/10/2025")] == [
        date(2025, 10, 9),
        date(2025, 10, 10),
        date(2025, 10, 11),
    ]


def test_dates_of_titles_have_no_sentence():
    articles = articles_of(
        pl.DataFrame(
            {"row_id": [0], "text": ["Кеше жауды."], "published_date": [PUBLISHED]},
            schema_overrides={"row_id": pl.Int32},
        )
    ).with_columns(title=pl.lit("Ертең жауады"))
    found = found_in(articles)
    assert found.select("in_title", "sentence_no", "surface").rows() == [
        (True, None, "Ертең"),
        (False, 1, "Кеше"),
    ]


def test_no_words_give_an_empty_frame_of_the_same_columns():
    words = pl.DataFrame(
        schema={
            "row_id": pl.Int32, "in_title": pl.Boolean, "sentence_no": pl.Int32,
            "token": pl.String, "form": pl.String, "start_char": pl.Int32,
            "end_char": pl.Int32,
        }
    )  # fmt: skip
    articles = pl.DataFrame(
        schema={"row_id": pl.Int32, "title": pl.String, "text": pl.String,
                "published_date": pl.Date}
    )  # fmt: skip
    assert find_dates(words, articles).schema == DATE_SCHEMA


def test_neighbours_in_the_batch_change_nothing():
    texts, _ = read_gold()
    together = found_in(articles_of(texts))
    apart = pl.concat(
        [
            found_in(articles_of(texts.filter(row_id=row)))
            for row in texts["row_id"].to_list()[::5]
        ]
    )
    assert together.filter(pl.col("row_id") % 5 == 0).equals(apart)


PIECES = [
    "2025", "9", "31", "жылғы", "жылы", "жыл", "қазанда", "мамыр", "ақпанның", "–",
    "-", ",", ".", "«", "»", "бүгін", "өткен", "айда", "соңғы", "бес", "бұрын", "күн",
    "XX", "ғасыр", "90", "-жылдары", "сенбі", "күні", "дейін", "және", "мен", "\n",
    "өтті.", "\u00a0", "(", ")", "/", "тоқсанда", "бірінші", "қыс", "😀",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=25), st.sampled_from(["", " "]))
def test_any_text_gives_rows_that_hold_together(pieces, space):
    text = space.join(pieces)
    found = dates_of(text)
    assert found.schema == DATE_SCHEMA
    for row in found.iter_rows(named=True):
        assert text[row["start_char"] : row["end_char"]] == row["surface"]
        assert row["method"] in CONFIDENCES
        assert 0 < row["confidence"] <= 1
        assert row["start_date"] is None or row["start_date"] <= row["end_date"]
    assert (found["start_char"].shift(-1) >= found["end_char"]).all()


@pytest.mark.parametrize(
    ("piece", "times"),
    [
        ("-", 10_000),
        ("«", 10_000),
        ("1", 10_000),
        ("5 жыл ", 100_000),
        ("2025 жылғы 9 қазанда ", 30_000),
        ("1, ", 200_000),
        ("қазан", 20_000),
        ("9 қазан.\n", 20_000),
        ("қазанда өтті ", 30_000),
        ("9-", 20_000),
    ],
)
def test_hostile_texts_take_linear_time(piece, times):
    def seconds(text):
        begun = time.process_time()
        dates_of(text)
        return time.process_time() - begun

    seconds(piece)
    short, long = seconds(piece * (times // 8)), seconds(piece * times)
    assert long < 40 * short + 0.5
