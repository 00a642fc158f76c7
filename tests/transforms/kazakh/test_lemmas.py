"""Kazakh words are brought to their dictionary form, names above all."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.kazakh.lemmas import lemmatise, stems
from transforms.kazakh.suffixes import SUFFIXES

LETTERS = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя-’' .АҚШТBaz1"


def lemma(word, script="cyrillic"):
    return lemmatise(pl.Series([word]), script=script)["lemma"][0]


def candidates(word):
    return stems(pl.Series([word]))["stem"].to_list()


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Қазақстанның", "Қазақстан"),
        ("ҚАЗАҚСТАННЫҢ", "ҚАЗАҚСТАН"),
        ("халқымыздың", "халық"),
        ("кітаптарымыздағылардың", "кітап"),
        ("Қасым-Жомарт Тоқаевтың", "Қасым-Жомарт Тоқаев"),
        ("Қ.Тоқаевпен", "Қ.Тоқаев"),
        ("Серікұлының", "Серікұлы"),
        ("қауіп-қатерлерге", "қауіп-қатер"),
        ("The News International-ке", "The News International"),
        ("Facebook’тегі", "Facebook"),
        ("BAQ.KZ-тің", "BAQ.KZ"),
        ("БҰҰ-ның", "БҰҰ"),
        ("АҚШтағы", "АҚШ"),
        ("60-тан", "60"),
        ("15-ші", "15"),
        ("сол-ақ", "сол"),
        ("оған", "ол"),
        ("министрлігіне", "министрлік"),
        ("айтып", "айт"),
    ],
)
def test_a_form_is_brought_to_its_headword(word, expected):
    assert lemma(word) == expected


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("Қазақстанның", "Qazaqstannyñ"),
        ("үкіметінің", "ükımetınıñ"),
        ("қалаларындағы", "qalalaryndağy"),
        ("жобаларды", "jobalardy"),
    ],
)
def test_latin_script_gives_the_same_lemma(cyrillic, latin):
    assert lemma(latin, script="latin") == lemma(cyrillic)


@pytest.mark.parametrize(
    ("word", "nominative"),
    [
        ("Алматыда", "Алматы"),
        ("Тоқаевтікі", "Тоқаев"),
        ("Мәскеуінде", "Мәскеу"),
        ("Нью-Йоркте", "Нью-Йорк"),
        ("Аралда", "Арал"),
        ("халқы", "халық"),
        ("ауданында", "аудан"),
    ],
)
def test_every_possible_nominative_is_a_candidate(word, nominative):
    assert nominative in candidates(word)


def test_the_word_itself_is_always_a_candidate():
    assert "Алматы" in candidates("Алматы")
    assert "Хабиба" in candidates("Хабиба")


def test_suffixes_are_named_from_the_stem_outwards():
    row = lemmatise(pl.Series(["қалаларымыздағы"])).row(0, named=True)
    assert row["suffixes"] == ["pl", "poss1pl", "loc", "attr"]


def test_rows_keep_their_order_repetitions_and_nulls():
    words = pl.Series(["елдің", None, "елдің", "ауа"])
    assert lemmatise(words)["lemma"].to_list() == ["ел", None, "ел", "ауа"]


def test_a_very_long_word_is_left_alone():
    assert lemma("а" * 100_000) == "а" * 100_000


@given(st.lists(st.text(LETTERS, max_size=30), max_size=8))
def test_a_word_s_lemma_depends_on_nothing_but_the_word(words):
    together = lemmatise(pl.Series(words, dtype=pl.String))["lemma"].to_list()
    assert together == [lemma(word) for word in words]
    assert all(word in candidates(word) for word in words)


@given(st.sampled_from(["қала", "ел", "Қазақстан", "министр", "тау"]))
def test_harmony_and_assimilation_are_held(stem):
    wrong = {"ел": "елға", "қала": "қалатың", "тау": "тауны"}.get(stem)
    if wrong:
        assert lemma(wrong) == wrong


def test_no_suffix_is_listed_twice():
    keys = [(s.name, s.form, s.slot, tuple(sorted(s.after))) for s in SUFFIXES]
    assert len(keys) == len(set(keys))
