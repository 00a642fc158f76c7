from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.kazakh.letters import (
    KAZAKH_LETTERS,
    KAZAKH_LOWER,
    KAZAKH_UPPER,
    TO_CYRILLIC,
    TO_LATIN,
)
from transforms.kazakh.mixed_script import (
    fold_mixed_words,
    has_borrowed_letters,
    has_mixed_script,
)

# The first example compiles the expressions; on a busy machine that takes a while.
no_deadline = settings(deadline=None)

words = st.text(st.sampled_from("абқіһәСЕ aceihkzqwCEYə-"), max_size=30)


def signs(text: str) -> tuple[bool, bool]:
    column = pl.col("text")
    asked = pl.DataFrame({"text": [text]}).select(
        noise=has_mixed_script(column), borrowed=has_borrowed_letters(column)
    )
    return asked.row(0)


def test_kazakh_has_nine_letters_of_its_own_in_both_cases():
    assert len(KAZAKH_LOWER) == 9
    assert KAZAKH_LOWER.upper() == KAZAKH_UPPER


def test_no_kazakh_letter_is_ever_made_latin():
    assert not set(KAZAKH_LETTERS) & set(TO_LATIN)


def test_a_look_alike_is_one_letter_of_the_other_script():
    assert all(len(key) == len(value) == 1 for key, value in TO_CYRILLIC.items())
    assert all(value.isascii() for value in TO_LATIN.values())


@pytest.mark.parametrize("text", ["Казаxстан", "Kазақ", "қазaқ.", "Тоқaев келді"])
def test_a_stray_letter_is_scan_noise(text):
    assert signs(text)[0]


@pytest.mark.parametrize(
    "text",
    ["Қазақстан Qazaqstan", "KEGOCтың", "Facebookтегі", "iPhone-дар BAQ.KZ", "5G"],
)
def test_names_in_latin_letters_are_no_scan_noise(text):
    assert signs(text) == (False, False)


@pytest.mark.parametrize("text", ["мiнистр", "кəсіп", "iс-шара"])
def test_letters_of_a_poor_keyboard_are_counted_apart_from_scan_noise(text):
    assert signs(text) == (False, True)


@no_deadline
@given(words)
def test_folding_keeps_every_offset_and_every_kazakh_letter(text):
    folded = fold_mixed_words(text)
    assert len(folded) == len(text)
    for letter in KAZAKH_LETTERS:
        assert folded.count(letter) >= text.count(letter)


@no_deadline
@given(words)
def test_folding_leaves_words_of_one_script_alone(text):
    for before, after in zip(text.split(), fold_mixed_words(text).split(), strict=True):
        if before.isascii():
            assert after == before
