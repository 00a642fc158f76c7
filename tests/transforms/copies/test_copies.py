"""Folding, signatures, buckets and the comparison of texts."""

from datetime import UTC, date, datetime

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.copies import compare_pairs, likely_pairs, read_signatures
from transforms.copies.shingles import shingle_numbers
from transforms.copies.signatures import agreement
from transforms.copies.words import names_of, numbers_of, stem, title_terms

TEXT = (
    "Облыста екі жүз шаруашылық тамшылатып суаруға көшті. Бұл егіннің шығымын "
    "арттырып, суды үнемдеуге көмектеседі. Мамандар келесі жылы тағы он аудан қосылады "
    "деп отыр."
)


def articles(*texts, title="Суару", **more):
    return pl.DataFrame(
        [
            {
                "row_id": number,
                "title": title,
                "text": text,
                "published_at": None,
                "published_date": date(2026, 3, 5),
                "published_precision": "day",
            }
            | more
            for number, text in enumerate(texts)
        ],
        schema_overrides={
            "row_id": pl.Int32,
            "published_at": pl.Datetime("us", "UTC"),
            "published_date": pl.Date,
        },
    )


@pytest.mark.parametrize(
    "changed",
    [
        TEXT.upper(),
        TEXT.replace(" ", "\n— "),
        TEXT.translate(str.maketrans("аеосі", "aeoci")),
        TEXT.translate(str.maketrans("әқғңүұөі", "экгнууои")),
    ],
)
def test_what_folding_takes_away_changes_no_shingle(changed):
    one, other = (np.unique(shingle_numbers([text])[0]) for text in (TEXT, changed))
    assert np.array_equal(one, other)


@given(st.lists(st.text(max_size=40), max_size=6))
def test_texts_read_together_are_read_as_alone(texts):
    numbers, owners = shingle_numbers(texts)
    for place, text in enumerate(texts):
        assert np.array_equal(numbers[owners == place], shingle_numbers([text])[0])


@given(st.lists(st.text(max_size=200), min_size=1, max_size=6))
def test_signatures_do_not_depend_on_the_batch(texts):
    together, buckets = read_signatures(articles(*texts))
    for number, text in enumerate(texts):
        alone, own = read_signatures(articles(text))
        assert together[number].drop("row_id").equals(alone.drop("row_id"))
        assert buckets.filter(row_id=number)["bucket_key"].equals(own["bucket_key"])


def test_signatures_agree_as_much_as_the_texts():
    words = [f"сөз{number}тіркес" for number in range(600)]
    one, other = " ".join(words[:450]), " ".join(words[150:])
    signatures, _ = read_signatures(articles(one, other))
    first, second = signatures["signature"].to_list()
    sets = [set(shingle_numbers([text])[0].tolist()) for text in (one, other)]
    jaccard = len(sets[0] & sets[1]) / len(sets[0] | sets[1])
    assert agreement([first], [second])[0] == pytest.approx(jaccard, abs=0.1)


def test_a_short_text_has_no_signature_and_no_bucket_of_it():
    signatures, buckets = read_signatures(articles("Қысқа сөз.", title="Су"))
    assert signatures["signature"].to_list() == [b""]
    assert buckets.is_empty()
    assert agreement([b""], [b""]).tolist() == [0.0]


@pytest.mark.parametrize(
    ("said", "known_by", "told_at"),
    [
        ({}, "2026-03-06 00:00", "2026-03-05 12:00"),
        (
            {
                "published_at": datetime(2026, 3, 5, 4, tzinfo=UTC),
                "published_precision": "minute",
            },
            "2026-03-05 04:00",
            "2026-03-05 04:00",
        ),
        ({"published_precision": "month"}, "2026-04-05 00:00", None),
        ({"published_precision": "year"}, "2027-03-05 00:00", None),
        ({"published_date": None, "published_precision": "unknown"}, None, None),
    ],
)
def test_times_are_as_old_as_the_date_proves(said, known_by, told_at):
    signatures, _ = read_signatures(articles(TEXT, **said))
    times = signatures.select(pl.col("known_by", "told_at").dt.strftime("%F %R"))
    assert times.row(0) == (known_by, told_at)


def test_titles_near_in_time_share_a_bucket():
    def keys(day):
        _, buckets = read_signatures(
            articles("Қысқа.", title="Су қоймасы", published_date=day)
        )
        return set(buckets["bucket_key"])

    first = keys(date(2026, 3, 5))
    for days in (0, 1, 2, 3):
        assert first & keys(date(2026, 3, 5 + days)), days
    assert not first & keys(date(2026, 3, 12))


def test_words_are_folded_and_cut():
    assert stem("Қазақстанның") == stem("КAЗAК")
    assert names_of("Бүгін Тараз қаласына Дәулет Қасымов келді. Ол риза.") == {
        stem(name) for name in ("Тараз", "Дәулет", "Қасымов")
    }
    assert names_of("ҮКІМЕТ ЖАҢА ЗАҢ ҚАБЫЛДАДЫ") == frozenset()
    assert numbers_of("5 жоба, 12,4 млн және 2026 жыл") == {"12", "2026"}
    assert title_terms(
        pl.Series(["Су мен су", None, "Қойма қоймасы"])
    ).list.len().to_list() == [0, 0, 1]


def test_of_pairs_only_those_alike_are_worth_reading():
    other = "Футболшылар соңғы ойында жеңіске жетіп, кестенің басына шықты. " * 4
    signatures, _ = read_signatures(articles(TEXT, TEXT + " Қосымша.", other))
    signatures = signatures.with_columns(article_id=pl.Series([1, 2, 3]))
    pairs = pl.DataFrame({"article_id": [1, 1, 2], "other_article_id": [2, 3, 3]})
    likely = likely_pairs(pairs, signatures)
    assert likely.rows() == [(1, 2, False)]
    texts = pl.DataFrame(
        {"article_id": [1, 2], "title": ["Суару", None], "text": [TEXT, TEXT + " Иә."]}
    )
    judged = compare_pairs(likely, texts)
    assert judged.select("is_near_equal", "is_copy", "is_one_story").rows() == [
        (True, True, False)
    ]


def test_no_pairs_are_no_rows():
    pairs = pl.DataFrame(schema={"article_id": pl.Int64, "other_article_id": pl.Int64})
    signatures, buckets = read_signatures(articles())
    assert (signatures.height, buckets.height) == (0, 0)
    likely = likely_pairs(pairs, signatures.with_columns(article_id=pl.lit(1)))
    assert likely.is_empty()
