"""The tokens near numbers, as lists, and their letters as one text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import polars as pl

from transforms.amounts.letters import BREAK, NUMBER_WORDS, letter_of
from transforms.kazakh.number_words import BEGINNINGS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from transforms.amounts.units import Units

#: So many tokens before and after a number are looked at.
BEFORE, AFTER = 3, 8
_MOST_KEPT = 200_000
#: «бір» alone begins no amount that a unit does not follow, and «бірақ» is none.
_ANCHOR = rf"^(?:[0-9]|(?i:бір$|{BEGINNINGS.removeprefix('бір|')}))"


class Tokens(NamedTuple):
    """Tokens near numbers, and where they stand in the text of letters.

    Attributes:
        letters: one letter a token, with ``|`` where the next does not follow.
        owner: the token of each letter (of the token after, for ``|``).
        at: the place of each token in ``letters``.
        form: tokens in lower-case Cyrillic.
        is_capital: whether a token begins with a capital letter.
        start, end: in the article's text or title.
        frame: row_id, in_title, sentence_no of each token.
    """

    letters: str
    owner: list[int]
    at: list[int]
    form: list[str]
    is_capital: list[bool]
    start: list[int]
    end: list[int]
    frame: pl.DataFrame


def tokens_near_numbers(words: pl.DataFrame, units: Units) -> Tokens:
    """Choose the tokens near numbers and number words, and write their letters."""
    near = _near(words)
    if near.is_empty():
        return Tokens("", [], [], [], [], [], [], near)
    distinct = near["form"].unique()
    code = _codes(near["form"], distinct)
    capital = np.array(_letters(distinct.to_list(), units), dtype="S1")
    start, end = near["start_char"].to_numpy(), near["end_char"].to_numpy()
    begins = near["begins"].to_numpy()
    is_glued = np.zeros(len(start), dtype=bool)
    is_glued[1:] = start[1:] == end[:-1]
    letter = np.where(is_glued & ~begins, _glued(capital)[code], capital[code])
    at = np.arange(len(letter)) + np.cumsum(begins)
    letters = np.full(at[-1] + 1, BREAK.encode(), dtype="S1")
    letters[at] = letter
    lower = distinct.str.to_lowercase().to_numpy().astype(object)
    is_capital = distinct.str.contains(r"^\p{Lu}").to_numpy()
    return Tokens(
        letters=letters.tobytes().decode("ascii"),
        owner=np.repeat(np.arange(len(letter)), 1 + begins).tolist(),
        at=at.tolist(),
        form=lower[code].tolist(),
        is_capital=is_capital[code].tolist(),
        start=start.tolist(),
        end=end.tolist(),
        frame=near.select("row_id", "in_title", "sentence_no"),
    )


def _letters(forms: list[str], units: Units) -> list[str]:
    """Letters of distinct tokens; they are kept for further batches."""
    known = units.letters
    if len(known) > _MOST_KEPT:
        known.clear()
    for form in forms:
        if form not in known:
            known[form] = letter_of(form, units)
    return [known[form] for form in forms]


def _codes(form: pl.Series, distinct: pl.Series) -> NDArray[Any]:
    number = pl.Series(range(len(distinct)), dtype=pl.UInt32)
    return form.replace_strict(distinct, number, return_dtype=pl.UInt32).to_numpy()


def _glued(capital: NDArray[Any]) -> NDArray[Any]:
    """The letters of tokens that are written on to the one before."""
    small = np.char.lower(capital)
    small[small == b"="] = b"-"
    is_word = np.isin(capital, [letter.encode() for letter in NUMBER_WORDS])
    return np.where(is_word, capital, small)


def _near(words: pl.DataFrame) -> pl.DataFrame:
    """Tokens near numbers; ``begins`` says that one does not follow the one before."""
    is_number = words["form"].str.contains(_ANCHOR).cast(pl.Int8)
    padded = is_number.extend_constant(0, BEFORE)
    is_near = padded.rolling_max(BEFORE + AFTER + 1, min_samples=1).slice(BEFORE) == 1
    # A sentence, or the title, is one place: rows of another place differ in one.
    row, sentence = words["row_id"], words["sentence_no"].fill_null(-1)
    changes = (row != row.shift(1)) | (sentence != sentence.shift(1))
    begins = (changes | ~is_near.shift(1)).fill_null(value=True)
    return (
        words.select(
            "row_id", "in_title", "sentence_no", "form", "start_char", "end_char"
        )
        .with_columns(begins=begins)
        .filter(is_near)
    )
