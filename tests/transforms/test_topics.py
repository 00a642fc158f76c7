"""Topics of articles, their weights and the terms that tell them."""

import time

import polars as pl
import pytest

from transforms.articles import make_sentences
from transforms.entities.words import read_words
from transforms.keys import key
from transforms.topics import (
    BRIDGE_SCHEMA,
    EVIDENCE_SCHEMA,
    Topics,
    find_topics,
    no_topics,
)

TOPICS = pl.DataFrame(
    {
        "topic_code": ["sport", "sport.football", "sport.combat", "water", "law"],
        "parent_code": [None, "sport", "sport", None, None],
    }
)
TERMS = pl.DataFrame(
    [
        ("sport", "команда", "3"),
        ("sport.football", "футбол", "4"),
        ("sport.combat", "бокс", "4"),
        ("water", "су", "2"),
        ("water", "су қоймасы", "4"),
        ("water", "су тасқыны", "0"),
        ("law", "сот", "4"),
        ("law", "тергеу", "1"),
        ("law", "ҚМА", "5"),
        ("law", "Бас прокуратура", "4"),
        ("law", "сот медицинасы", "-4"),
    ],
    schema=["topic_code", "term", "weight"],
    orient="row",
)


@pytest.fixture(scope="module")
def topics():
    return Topics(TOPICS, TERMS)


def articles(*texts, title="", script="cyrillic"):
    return pl.DataFrame(
        {
            "row_id": pl.Series(range(len(texts)), dtype=pl.Int32),
            "article_id": pl.Series(range(len(texts)), dtype=pl.Int64),
            "title": [title] * len(texts),
            "text": list(texts),
            "language": ["kk"] * len(texts),
            "script": [script] * len(texts),
        }
    )


def find(topics, frame):
    return find_topics(read_words(frame, make_sentences(frame)), topics, frame)


def weights(topics, text, **columns):
    bridge = find(topics, articles(text, **columns)).bridge
    return dict(bridge.select("topic_code", "weight").iter_rows())


def test_a_term_is_found_in_every_form_and_shown_where_it_stands(topics):
    found = find(topics, articles("Ол келді.", title="Футболшыны соты"))
    assert dict(found.bridge.schema) == BRIDGE_SCHEMA
    assert dict(found.evidence.schema) == EVIDENCE_SCHEMA
    place = pl.col("in_title", "sentence_no", "start_char", "surface")
    assert found.evidence.select(place).rows() == [(True, None, 11, "соты")]
    found = find(topics, articles("Ол футболды ұнатады. Сотқа барды."))
    text = "Ол футболды ұнатады. Сотқа барды."
    rows = found.evidence.select(
        "topic_code", "sentence_no", "start_char", "end_char", "surface", "term"
    ).rows()
    assert [text[start:end] for _, _, start, end, _, _ in rows] == ["футболды", "Сотқа"]
    assert [row[:2] + row[4:] for row in rows] == [
        ("sport.football", 1, "футболды", "футбол"),
        ("law", 2, "Сотқа", "сот"),
    ]


def test_weights_sum_to_one_and_ids_are_keys_of_the_codes(topics):
    found = find(topics, articles("Футбол мен бокс. Су мен сот.", "Бокс, сот, су."))
    sums = found.bridge.group_by("row_id").agg(pl.col("weight").sum())["weight"]
    assert sums.to_list() == pytest.approx([1, 1])
    for code, number in found.bridge.select("topic_code", "topic_id").iter_rows():
        assert number == key("topic", code)


def test_the_title_and_early_sentences_count_more(topics):
    assert weights(topics, "Бокс туралы.", title="Сот туралы")["law"] > 0.6
    early = weights(topics, "Сот болды. Тағы бір сөйлем. Бұл жерде бокс бар.")
    assert early["law"] > early["sport.combat"]


def test_saying_a_term_again_counts_less_than_another_term(topics):
    again = weights(topics, "Сот, сот, сот, сот, футбол, бокс.")
    assert again["law"] == pytest.approx(0.5)


def test_a_weak_topic_is_dropped_with_its_evidence(topics):
    found = find(topics, articles("Футболға қатысты тергеу."))
    assert found.bridge["topic_code"].to_list() == ["sport.football"]
    assert found.evidence["term"].to_list() == ["футбол"]


def test_a_general_term_strengthens_the_named_part_of_its_topic(topics):
    found = find(topics, articles("Футбол командасы мен сот.", "Команда мен сот."))
    assert found.bridge.select("row_id", "topic_code").rows() == [
        (0, "sport.football"),
        (0, "law"),
        (1, "law"),
        (1, "sport"),
    ]
    assert found.bridge["weight"][0] == pytest.approx(7 / 11)
    assert found.evidence["topic_code"].to_list()[:2] == ["sport.football", "sport"]


def test_the_longest_term_hides_shorter_ones_in_it(topics):
    assert weights(topics, "Су тасқыны болды.") == {}
    found = find(topics, articles("Су қоймасы толды."))
    assert found.evidence["term"].to_list() == ["су қоймасы"]


def test_a_term_below_zero_speaks_against_its_topic(topics):
    assert weights(topics, "Сот медицинасы мен тергеу.") == {}
    found = find(topics, articles("Сот, тергеу, ҚМА және сот медицинасы."))
    assert set(found.evidence["term"]) == {"сот", "тергеу", "ҚМА"}


def test_capitals_and_abbreviations_stand_as_they_are_listed(topics):
    assert "law" in weights(topics, "Іс ҚМА-ға берілді.")
    assert "law" in weights(topics, "Бас прокуратураның жауабы.")
    assert weights(topics, "Оның құма деген сөзі мен бас прокуратурасы.") == {}


def test_terms_are_found_in_latin_script(topics):
    found = find(topics, articles("Olar fýtbol oınady, sot bolmady.", script="latin"))
    assert set(found.evidence["term"]) == {"футбол", "сот"}


def test_an_article_without_terms_has_no_topic(topics):
    assert find(topics, articles("Кеше үйде отырдық.", "")).bridge.is_empty()
    for frame, schema in zip(
        no_topics(), (BRIDGE_SCHEMA, EVIDENCE_SCHEMA), strict=True
    ):
        assert dict(frame.schema) == schema


def test_neighbours_and_their_order_change_nothing(topics):
    texts = ["Футбол мен сот.", "Су қоймасы, бокс.", "Тергеу. Су. Сот. Команда."]
    whole = find(topics, articles(*texts))
    backwards = find(topics, articles(*texts[::-1]))
    for frame, turned in zip(whole, backwards, strict=True):
        again = turned.with_columns(row_id=2 - pl.col("row_id"))
        for row in range(3):
            assert frame.filter(row_id=row).equals(again.filter(row_id=row))
    for row, text in enumerate(texts):
        alone = find(topics, articles(text))
        for frame, one in zip(whole, alone, strict=True):
            assert frame.filter(row_id=row).drop("row_id").equals(one.drop("row_id"))


@pytest.mark.parametrize(
    "text",
    [
        "—" * 10_000,
        "«" * 5_000 + "сот" + "»" * 5_000,
        "9" * 10_000,
        "с" * 100_000 + " сот",
        "сот\n" * 50_000,
        "сот медицинасы " * 100_000,
        "су " * 100_000,
    ],
    ids=["dashes", "quotes", "number", "word", "lines", "overlaps", "one sentence"],
)
def test_hostile_texts_take_no_time_and_make_no_nonsense(topics, text):
    frame = articles(text)
    words = read_words(frame, make_sentences(frame))
    begun = time.process_time()
    found = find_topics(words, topics, frame)
    assert time.process_time() - begun < 10
    assert set(found.evidence["term"]) <= set(TERMS["term"])
    assert found.bridge["weight"].sum() == pytest.approx(min(found.bridge.height, 1))
