"""Spans completed: with initials, explained names and the words put together."""

from __future__ import annotations

import numpy as np
import polars as pl

from transforms.entities.definitions import DEFINED
from transforms.entities.spans import (
    covered,
    holds_any,
    new_spans,
    same_sentence,
    words_under,
)

_PATRONYMIC = r"\p{Ll}(?:ұлы|қызы|улы|кызы|[ое]вич|[ое]вна)$"
#: An initial and its full stop.
_PAIR = 2


def with_defined(
    spans: pl.DataFrame, defined: pl.DataFrame, words: pl.DataFrame
) -> pl.DataFrame:
    """Put names that abbreviations explain in place of the model's guesses there."""
    if defined.is_empty():
        return spans
    same = ["row_id", "in_title", "first", "last"]
    is_known = pl.col("known_id").is_not_null()
    new = new_spans(
        defined.join(spans.filter(is_known), on=same, how="anti"),
        "organisation",
        confidence=DEFINED,
        method="definition",
        source="definition",
    )
    met = holds_any(spans, covered(new, words.height))
    return pl.concat([spans.filter(is_known | ~met), new.select(spans.columns)])


def with_initials(spans: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """Take initials before a person's name into the mention: «Е. Ашықбаев»."""
    follows = pl.col("form").shift(-1) == "."
    near = pl.col("start_char").shift(-2) - pl.col("end_char").shift(-1) <= 1
    initials = words.select("at", "form", near=follows & near).filter("near")
    initials = initials.filter(pl.col("form").str.contains(r"^\p{Lu}\p{Ll}?$"))
    is_initial = np.zeros(words.height, dtype=bool)
    is_initial[initials["at"].to_numpy()] = True
    is_person = (spans["entity_type"] == "person").to_numpy()
    for _ in range(2):
        first = spans["first"].to_numpy().astype(np.int64)
        before = (first - 2).clip(0)
        extends = is_person & (first >= _PAIR) & is_initial[before]
        extends[extends] = same_sentence(words, before[extends], first[extends])
        if not extends.any():
            return spans
        spans = spans.with_columns(
            pl.Series("first", np.where(extends, before, first), dtype=pl.UInt32),
            start_char=pl.when(pl.Series(extends))
            .then(words["start_char"].gather(before))
            .otherwise("start_char"),
            form=pl.when(~pl.Series(extends)).then("form"),
        )
    return spans


def with_patronymics(spans: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """Put a surname to the name before it that ends in a patronymic.

    «Айнұр Бекқызы» and «Оспанова» side by side are one person. The ``form`` of what
    is put together is null.
    """
    people = (
        spans.with_row_index("span")
        .filter(pl.col("entity_type") == "person", pl.col("known_id").is_null())
        .sort("first")
    )
    ends = words["form"].gather(people["last"]).str.contains(_PATRONYMIC)
    surname = people.select(
        "span", "first", "last", "end_char", "confidence", "source"
    ).shift(-1)
    joined = people.select("span", "first", "last", before="confidence").with_columns(
        surname.select(pl.all().name.prefix("next_")), ends=ends
    )
    joined = joined.filter(
        "ends",
        # One word in -ұлы or -қызы may be a surname itself.
        pl.col("first") < pl.col("last"),
        pl.col("next_first") == pl.col("last") + 1,
        pl.col("next_first") == pl.col("next_last"),
    )
    joined = joined.filter(same_sentence(words, joined["last"], joined["next_first"]))
    if joined.is_empty():
        return spans
    kept = spans.with_row_index("span").join(
        joined.select(span="next_span"), on="span", how="anti", maintain_order="left"
    )
    return (
        kept.join(
            joined.select("span", "next_last", "next_end_char", "next_confidence"),
            on="span",
            how="left",
            maintain_order="left",
        )
        .with_columns(
            form=pl.when(pl.col("next_last").is_null()).then("form"),
            last=pl.coalesce("next_last", "last"),
            end_char=pl.coalesce("next_end_char", "end_char"),
            confidence=pl.max_horizontal("confidence", "next_confidence"),
        )
        .select(spans.columns)
    )


def with_forms(spans: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """Add what the spans' words are together, with a space where the text has any.

    Args:
        spans: with ``form`` where it is known already; null is worked out.
        words: the words, with their number ``at``.
    """
    is_open = spans["form"].is_null()
    if not is_open.any():
        return spans
    numbered = spans.with_row_index("span")
    known = numbered.filter(~is_open)
    found = _forms_of(numbered.filter(is_open).drop("form"), words)
    return pl.concat([known, found.select(known.columns)]).sort("span").drop("span")


def _forms_of(spans: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    is_one = pl.col("first") == pl.col("last")
    # A span may begin or end inside a word: «Ресей-Украина», «алматылық».
    ones = spans.filter(is_one)
    begin = words["start_char"].gather(ones["first"])
    whole = words["form"].gather(ones["first"])
    length = ones["end_char"] - ones["start_char"]
    is_cut = length < whole.str.len_chars()
    cut = pl.DataFrame(
        {"form": whole, "begin": ones["start_char"] - begin, "n": length}
    )
    forms = pl.select(
        pl.when(is_cut)
        .then(cut.select(pl.col("form").str.slice("begin", "n")).to_series())
        .otherwise(whole)
    ).to_series()
    several = _joined_forms(spans.filter(~is_one), words)
    return pl.concat([ones.with_columns(form=forms), several])


def _joined_forms(spans: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """Add the form of spans of several words."""
    pieces = words_under(spans.select("first", "last")).rename({"span": "row"})
    at, row = pieces["at"], pieces["row"]
    is_first = at == spans["first"].gather(row)
    end_before = words["end_char"].gather(at - (~is_first).cast(pl.UInt32))
    is_apart = ~is_first & (words["start_char"].gather(at) > end_before)
    piece = pl.when(is_apart).then(pl.lit(" ") + pl.col("form")).otherwise("form")
    forms = (
        pieces.with_columns(form=words["form"].gather(at))
        .with_columns(form=piece)
        .group_by("row", maintain_order=True)
        .agg(pl.col("form").str.join(""))
    )
    return spans.with_columns(forms["form"])
