"""The tokens near numbers, as lists, and their letters as one text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from transforms.amounts.letters import BREAK, NUMBER_WORDS, letter_of
from transforms.kazakh.number_words import BEGINNINGS

if TYPE_CHECKING:
    from transforms.amounts.units import Units

#: So many tokens before and after a number are looked at.
BEFORE, AFTER = 4, 11
_PLACE = ["row_id", "in_title", "sentence_no"]
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
    letters = pl.Series([letter_of(form, units) for form in distinct], dtype=pl.String)
    letter = pl.col("form").replace_strict(distinct, letters, return_dtype=pl.String)
    is_glued = pl.col("start_char") == pl.col("end_char").shift(1)
    begins = (
        (pl.col("at") != pl.col("at").shift(1) + 1)
        | pl.any_horizontal(
            pl.col(name).ne_missing(pl.col(name).shift(1)) for name in _PLACE
        )
    ).fill_null(value=True)
    letter_ = pl.col("letter")
    marked = near.with_columns(letter=letter, begins=begins).select(
        *_PLACE,
        "start_char",
        "end_char",
        lower=pl.col("form").str.to_lowercase(),
        is_capital=pl.col("form").str.contains(r"^\p{Lu}"),
        letter=pl.concat_str(
            pl.when("begins").then(pl.lit(BREAK)).otherwise(pl.lit("")),
            pl.when(is_glued & ~pl.col("begins") & ~letter_.is_in(NUMBER_WORDS))
            .then(letter_.str.to_lowercase().replace("=", "-"))
            .otherwise(letter_),
        ),
    )
    width = marked["letter"].str.len_chars()
    return Tokens(
        letters=marked["letter"].str.join("").item(),
        owner=pl.select(pl.int_range(marked.height).repeat_by(width).explode())
        .to_series()
        .to_list(),
        at=(width.cum_sum() - 1).to_list(),
        form=marked["lower"].to_list(),
        is_capital=marked["is_capital"].to_list(),
        start=marked["start_char"].to_list(),
        end=marked["end_char"].to_list(),
        frame=marked.select(_PLACE),
    )


def _near(words: pl.DataFrame) -> pl.DataFrame:
    is_number = words.select(
        pl.col("form").str.contains(_ANCHOR).cast(pl.Int8)
    ).to_series()
    padded = is_number.extend_constant(0, BEFORE)
    is_near = padded.rolling_max(BEFORE + AFTER + 1, min_samples=1).slice(BEFORE)
    return words.with_row_index("at").filter(is_near == 1)
