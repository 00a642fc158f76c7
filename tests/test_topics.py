"""The packaged taxonomy and its terms are written well."""

import re

import polars as pl

from tests.conftest import ROOT
from transforms.kazakh.tokens import tokenise
from transforms.topics import Topics

FIRST_LEVEL = {
    *("politics", "diplomacy", "economy", "energy", "water", "transport", "security"),
    *("nuclear", "technology", "society", "culture", "sport", "health", "education"),
    *("law", "environment"),
}
CYRILLIC = "А-Яа-яЁёӘәҒғҚқҢңӨөҰұҮүҺһІі"


def seed(name):
    return pl.read_csv(ROOT / "seeds" / f"{name}.csv", infer_schema=False)


def test_the_first_level_is_what_analysts_ask_for():
    topics = seed("topics")
    firsts = topics.filter(pl.col("parent_code").is_null())
    assert set(firsts["topic_code"]) == FIRST_LEVEL
    assert set(topics["parent_code"].drop_nulls()) == FIRST_LEVEL


def test_every_second_level_topic_has_terms_enough():
    counted = seed("topic_terms")["topic_code"].value_counts()
    counts = dict(counted.iter_rows())
    seconds = seed("topics").drop_nulls("parent_code")["topic_code"]
    assert [code for code in seconds if counts.get(code, 0) < 10] == []


def test_texts_are_neat_and_have_a_source():
    for table in ("topics", "topic_terms"):
        rows = seed(table)
        assert rows["source"].null_count() == 0
        for text in rows.unpivot()["value"].drop_nulls():
            assert text == " ".join(text.split()), repr(text)
    both = re.compile(rf"(?=\w*[A-Za-z])(?=\w*[{CYRILLIC}])\w+")
    assert [term for term in seed("topic_terms")["term"] if both.search(term)] == []


def test_names_of_topics_are_in_their_language():
    topics = seed("topics")
    for column in ("name_kk", "name_ru"):
        assert topics[column].str.contains(f"^[{CYRILLIC} ,-]+$").all()
    assert not topics["name_ru"].str.contains("[әғқңөұүһі]").any()
    assert topics["name_en"].str.contains("^[A-Za-z ,-]+$").all()


def test_no_term_is_a_form_of_another_of_its_topic():
    """It would never be shown, and its weight might not be the one that counts."""
    terms = seed("topic_terms").with_row_index("row_id")
    topics = Topics(seed("topics"), terms.drop("row_id"))
    words = tokenise(terms.select(text="term")).select(
        pl.col("row").cast(pl.Int32).alias("row_id"),
        pl.lit(value=False).alias("in_title"),
        pl.lit(1, pl.Int32).alias("sentence_no"),
        "token",
        pl.col("token").alias("form"),
        "start_char",
        "end_char",
    )
    found = topics.gazetteer.find(words)
    met = (
        found.with_columns(row_id=words["row_id"].gather(found["first"]))
        .join(
            topics.terms.select("phrase_no", "topic_code", term="term"), on="phrase_no"
        )
        .join(
            terms.select(pl.col("row_id").cast(pl.Int32), "topic_code", own="term"),
            on=["row_id", "topic_code"],
        )
        .filter(
            pl.col("own") != pl.col("term"),
            pl.col("end_char") - pl.col("start_char") == pl.col("own").str.len_chars(),
        )
    )
    assert met.select("topic_code", "own", "term").rows() == []
