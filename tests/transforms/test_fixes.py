"""Where a fix stands in a version of its article."""

import pytest

from transforms.fixes import find_place

OLD = "Асан Бек келді. Жиынды Асан Бек ашты."
SENTENCE = "Жиынды Асан Бек ашты."


@pytest.mark.parametrize(
    ("text", "sentence", "place"),
    [
        (OLD, None, (23, 31)),
        ("Бүгін " + OLD, SENTENCE, (29, 37)),
        # Twice in the article, and nobody knows in which sentence it stood.
        ("Бүгін " + OLD, None, None),
        ("Бүгін Асан Бек келді.", SENTENCE, (6, 14)),
        ("Бүгін жиын болды.", SENTENCE, None),
        ("", SENTENCE, None),
    ],
)
def test_the_words_of_a_fix_are_found_again_or_not_at_all(text, sentence, place):
    assert find_place(text, 23, 31, "Асан Бек", sentence) == place
