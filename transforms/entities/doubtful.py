"""What looks like a name and is none: guesses, offices of many, titles, outlets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from transforms.kazakh.analyses import suffixes_after
from transforms.kazakh.office_words import office_word

if TYPE_CHECKING:
    from collections.abc import Callable

#: The model's single word that nothing else in the article supports is seldom a person
#: below this: of 18 such in real news one was.
_GUESSED = 0.45
#: Common nouns that are written with a capital where one of them is meant.
_NO_PERSONS = ("қор", "қоғам", "банк", "холдинг", "компания", "кубок", "құдай", "әмір")
#: Nouns after the name of an outlet or of a network, and what is said of a source.
_OF_OUTLET = (
    r"^(?:басылым|сайт|портал|газет|журнал|телеарна|арна|агенттік|агенттіг|сілтеме"
    r"|желі|парақша)\p{L}*$"
)
_NETWORK = r"^әлеуметтік$"
#: Words by which a document's title ends, and no name of a body.
_OF_TITLE = r"(?:^|\s)(?:туралы|жөнінде|жөніндегі|бойынша)$"
_QUOTES = r"[«»\"“”„]"


def drop_no_names(spans: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """Drop what the model marks and what is no name; outlets are organisations.

    «Сыртқы істер министрлері» names nobody, «Қор» is the fund that was spoken of,
    «… туралы» is a document; «The Independent» before «басылымына» is no person.

    Args:
        spans: with ``entity_type``, ``first``, ``last``, ``known_id`` and ``form``.
        words: the words, with their number ``at``.
    """
    bare = pl.col("form").str.replace_all(_QUOTES, "").str.strip_chars()
    last_word = bare.str.extract(r"(\S+)$")
    is_unknown = pl.col("known_id").is_null()
    is_body = (pl.col("entity_type") == "organisation") & is_unknown
    is_person = (pl.col("entity_type") == "person") & is_unknown
    is_alone = pl.col("first") == pl.col("last")
    of_many = _which(spans.filter(is_body).select(last_word), _is_office_of_many)
    common = _which(spans.filter(is_person & is_alone).select("form"), _is_common)
    is_none = (is_body & (last_word.is_in(of_many) | bare.str.contains(_OF_TITLE))) | (
        is_person & is_alone & pl.col("form").is_in(common)
    )
    return spans.filter(~is_none.fill_null(value=False)).pipe(_outlets, words)


def _which(forms: pl.DataFrame, holds: Callable[[str], bool]) -> list[str]:
    return [form for form in forms.to_series().drop_nulls().unique() if holds(form)]


def _is_office_of_many(form: str) -> bool:
    read = office_word(form)
    return read is not None and "pl" in read.suffixes


def _is_common(form: str) -> bool:
    return any(suffixes_after(noun, form.lower()) is not None for noun in _NO_PERSONS)


def _outlets(spans: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """Take people in Latin letters before the noun of an outlet for organisations."""
    count = words.height
    if not count:
        return spans
    following = [
        words["form"].gather((spans["last"] + step).clip(0, count - 1))
        for step in (1, 2)
    ]
    is_of_outlet = following[0].str.contains(_OF_OUTLET) | (
        following[0].str.contains(_NETWORK) & following[1].str.contains(_OF_OUTLET)
    )
    is_latin = pl.col("form").str.contains(r"^\p{Latin}") & ~pl.col(
        "form"
    ).str.contains(r"^\p{Latin}\.")
    is_outlet = (
        (pl.col("entity_type") == "person")
        & pl.col("known_id").is_null()
        & is_latin
        & is_of_outlet
    )
    return spans.with_columns(
        entity_type=pl.when(is_outlet)
        .then(pl.lit("organisation"))
        .otherwise("entity_type")
    )


def drop_guesses(mentions: pl.DataFrame) -> pl.DataFrame:
    """Drop people of one word whom the model guesses and no fuller name supports.

    A single letter («сотталушы К-ға») names nobody either.

    Args:
        mentions: linked: ``row_id``, ``entity_type``, ``entity_id``, ``normal_form``,
            ``origin``, ``method`` and ``confidence``.
    """
    is_alone = (
        (pl.col("entity_type") == "person")
        & (pl.col("origin") == "article")
        & (pl.col("method") == "model")
        & ~pl.col("normal_form").str.contains(r"[\s.]")
    )
    best = pl.col("confidence").max().over("row_id", "entity_id")
    is_letter = pl.col("normal_form").str.len_chars() == 1
    is_guess = is_alone & ((best < _GUESSED) | is_letter)
    return mentions.filter(~is_guess.fill_null(value=False))
