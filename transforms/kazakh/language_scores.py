"""Weigh languages against a text: letters by log-likelihood, small words by count."""

from __future__ import annotations

import math
import re

import polars as pl

from transforms.kazakh.language_profiles import FLOOR_SHARE, OTHER_PRIOR, PRIORS


def letter_scores(
    weighed: pl.DataFrame, shares: dict[str, dict[str, float]]
) -> pl.DataFrame:
    """Weigh each model against the letters of each text.

    Args:
        weighed: columns ``text`` (lower case) and ``letters`` (how many it has).
        shares: for each model (a language, or ``language.form``) the letters that
            tell it apart, per thousand letters of its text.

    Returns:
        One column a model: the log-likelihood of the text, prior included.
    """
    telling = sorted({letter for share in shares.values() for letter in share})
    counts = weighed.select(
        "letters",
        *(
            pl.col("text").str.count_matches(letter, literal=True).alias(letter)
            for letter in telling
        ),
    )
    return counts.select(
        (_log_likelihood(share, telling) + _prior(code)).alias(code)
        for code, share in sorted(shares.items())
    )


def _prior(form: str) -> float:
    return PRIORS.get(form, PRIORS.get(form[:2], OTHER_PRIOR))


def _log_likelihood(share: dict[str, float], telling: list[str]) -> pl.Expr:
    chance = {each: share.get(each, FLOOR_SHARE) / 1000 for each in telling}
    rest = pl.col("letters") - pl.sum_horizontal(telling)
    return rest * math.log(1 - sum(chance.values())) + pl.sum_horizontal(
        pl.col(each) * math.log(chance[each]) for each in telling
    )


def count_words(text: pl.Expr, words: str) -> pl.Expr:
    """Count the words of a list in a text; of two neighbours one is counted.

    Args:
        text: lower case.
        words: the list, divided by spaces.

    Returns:
        UInt32; that neighbours share a space costs every language alike.
    """
    listed = "|".join(map(re.escape, words.split()))
    return text.str.count_matches(f"(?:^|[\\s«(“])(?:{listed})(?:[\\s,.!?»):;”]|$)")


def best_forms(scores: pl.DataFrame) -> pl.DataFrame:
    """Give each language the score of the form it is most likely written in.

    Args:
        scores: one column a model, named by its language or ``language.form``.

    Returns:
        One column a language.
    """
    languages = sorted({form.partition(".")[0] for form in scores.columns})
    return scores.select(
        pl.max_horizontal(
            form for form in scores.columns if form.partition(".")[0] == language
        ).alias(language)
        for language in languages
    )


def winner(scores: pl.DataFrame, margin: float) -> pl.Series:
    """Name the column with the highest score of each row.

    Args:
        scores: one column a language.
        margin: by how much it must lead the second.

    Returns:
        The column's name; null where the lead is smaller.
    """
    best = pl.max_horizontal(pl.all())
    second = pl.concat_list(pl.all()).list.sort(descending=True).list.get(1)
    name = pl.coalesce(
        pl.when(pl.col(code) == best).then(pl.lit(code)) for code in scores.columns
    )
    return scores.select(pl.when(best - second > margin).then(name)).to_series()
