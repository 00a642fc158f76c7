"""The words of articles as search finds them: forms, their headwords, their weights.

A form is a word as it stands, in small letters, Latin-script Kazakh written in Cyrillic
and look-alike letters folded. Search meets a form by itself, by its headword and by how
it begins, so an inflection that the lemmatiser reads wrongly is still found.

The weight of a form in an article is BM25F's: its count in each part of the article,
times the weight of the part, over the part's length (Robertson, Zaragoza, «The
Probabilistic Relevance Framework: BM25 and Beyond», 2009). Lengths are measured against
fixed ones, not the mean of what is loaded: a weight depends on its article alone.
"""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from transforms.kazakh.latin import to_cyrillic
from transforms.kazakh.lemmas import lemmatise
from transforms.kazakh.letters import CYRILLIC, LATIN, TO_CYRILLIC
from transforms.kazakh.mixed_script import MIXED

#: Raised whenever forms, headwords or weights change.
SEARCH_VERSION = "1"

#: Longer ones are no words; they are cut, not lost.
_LONGEST_FORM = 40
#: Weights are kept as whole hundredths, which sum up to the same in any order.
_HUNDREDTHS = 100
_LARGEST_WEIGHT = 65_535
#: How much a part's length counts.
_LENGTH_SHARE = 0.75

_WORD = r"[\p{L}\p{M}\p{N}]+"
#: A Latin name with a Kazakh ending: «kegocтың» is «kegoc».
_NAME_WITH_ENDING = rf"^([a-z0-9]{{2,}})[{CYRILLIC}]+$"
_LOOK_ALIKES = {
    latin: cyrillic for latin, cyrillic in TO_CYRILLIC.items() if latin == latin.lower()
}


class _Part(NamedTuple):
    """A part of an article: its weight, and the length that counts as ordinary."""

    column: str
    weight: float
    words: int


#: The lead is the beginning of the text, so its words count in both.
_PARTS = (
    _Part("title", 2.0, 9),
    _Part("lead", 0.5, 40),
    _Part("text", 1.0, 150),
)


def read_forms(articles: pl.DataFrame) -> pl.DataFrame:
    """Weigh the forms of articles.

    Args:
        articles: ``row_id``, ``title``, ``lead``, ``text`` (nulls are empty),
            ``language`` and ``script``.

    Returns:
        One row a form of an article: ``row_id``, ``form``, ``weight`` (UInt16,
        hundredths, at least 1).
    """
    in_cyrillic = _latin_kazakh_in_cyrillic(articles)
    counts = pl.concat([_weigh(in_cyrillic, part) for part in _PARTS])
    weight = pl.col("weight").sum() * _HUNDREDTHS
    return (
        counts.group_by("row_id", "form")
        .agg(weight.round().clip(1, _LARGEST_WEIGHT).cast(pl.UInt16))
        .select("row_id", "form", "weight")
    )


def read_terms(forms: pl.Series) -> pl.DataFrame:
    """Give the headword of each form.

    Args:
        forms: distinct forms, as `read_forms` gives them.

    Returns:
        ``form`` and ``term``, one row a form in their order: the lemma in small
        letters, the form itself where it is no word in Cyrillic.
    """
    is_cyrillic = forms.str.contains(f"^[{CYRILLIC}]+$")
    known = forms.filter(is_cyrillic)
    lemmas = pl.DataFrame(
        {"form": known, "lemma": lemmatise(known)["lemma"].str.to_lowercase()}
    )
    return (
        forms.to_frame("form")
        .join(lemmas, on="form", how="left", maintain_order="left")
        .select("form", pl.coalesce("lemma", "form").alias("term"))
    )


def _latin_kazakh_in_cyrillic(articles: pl.DataFrame) -> pl.DataFrame:
    columns = [part.column for part in _PARTS]
    is_latin = (pl.col("script") == "latin") & (pl.col("language") == "kk")
    if not articles.select(is_latin.any()).item():
        return articles
    latin = articles.filter(is_latin)
    # As one text: which alphabet it is shows in a long one only.
    joined = pl.concat_str([pl.col(c).fill_null("") for c in columns], separator="\f")
    written = (
        latin.select(joined.alias("all"))
        .select(
            to_cyrillic(pl.col("all")).str.split("\f").list.to_struct(fields=columns)
        )
        .unnest("all")
    )
    return pl.concat(
        [
            articles.filter(~is_latin.fill_null(value=False)),
            latin.with_columns(written.get_columns()),
        ]
    )


def _weigh(articles: pl.DataFrame, part: _Part) -> pl.DataFrame:
    """row_id, form, weight of one part, not yet in hundredths."""
    text = (
        pl.col(part.column).str.to_lowercase().str.replace_all("ё", "е", literal=True)
    )
    words = (
        articles.select("row_id", text.str.extract_all(_WORD).alias("form"))
        .with_columns(pl.col("form").list.len().alias("length"))
        .filter(pl.col("length") > 0)
    )
    norm = 1 - _LENGTH_SHARE + _LENGTH_SHARE * pl.col("length") / part.words
    return (
        words.explode("form")
        .group_by("row_id", "length", "form")
        .len()
        .select(
            "row_id",
            _folded(pl.col("form")),
            (part.weight * pl.col("len") / norm).alias("weight"),
        )
    )


def _folded(form: pl.Expr) -> pl.Expr:
    mixed = (
        pl.when(form.str.contains(_NAME_WITH_ENDING))
        .then(form.str.extract(_NAME_WITH_ENDING))
        .otherwise(
            form.str.replace_many(list(_LOOK_ALIKES), list(_LOOK_ALIKES.values()))
        )
    )
    has_both = form.str.contains(f"[{LATIN}]") & form.str.contains(MIXED)
    whole = pl.when(has_both).then(mixed).otherwise(form)
    return whole.str.slice(0, _LONGEST_FORM).alias("form")
