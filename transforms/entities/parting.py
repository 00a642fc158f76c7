"""Parts names that the model ran together, by the other names of their article."""

from __future__ import annotations

import polars as pl

from transforms.entities.spelling import name_key

#: What the model ran together was not sure.
_PARTED = 0.7


#: Plurals, possessed nouns and pronouns, which are no given names.
_NO_GIVEN_NAME = (
    r"(?:лар|лер|дар|дер|тар|тер)$|(?:ысы|ісі|асы|есі|шысы|шісі)$"
    r"|^(?:Мен|Сен|Сіз|Ол|Біз|Олар|Бұл|Ал|Кеше|Бүгін|Кейін|Сондай|Ертең|Онда|Сонда)$"
)


_PAIR = 2


def part_people(
    spans: pl.DataFrame, people: pl.DataFrame, words: pl.DataFrame
) -> pl.DataFrame:
    """Part names that the model ran together, by the other names of their article.

    «Эмомали Рахмон Гутерришке», «Тоқаев Путинмен», «Ғалымдар Сәрсеновке»: where the
    first two words are a person of the article, or the last is the surname of one, what
    stands there is two people, or a common word and a person.

    Args:
        spans: with ``row_id``, ``entity_type``, ``first``, ``last`` and ``form``.
        people: linked people: ``row_id``, ``form``, ``normal_form``, ``entity_id``.
        words: the words, with their number ``at``.

    Returns:
        The spans, parted; `recall_surnames` finds the surnames that were cut off.
    """
    named = people.with_columns(
        parts=pl.col("normal_form").str.split(" ")
    ).with_columns(
        count=pl.col("parts").list.len(), key=name_key(pl.col("normal_form"))
    )
    full = named.filter(pl.col("count") > 1)
    surnames = full.select(
        "row_id",
        other_form="form",
        other_key="key",
        surname=name_key(pl.col("parts").list.last()),
    )
    several = full.with_columns(
        head=pl.col("parts").list.first(),
        pair=name_key(pl.col("parts").list.head(2).list.join(" ")),
        surname=name_key(pl.col("parts").list.last()),
    ).select("row_id", "form", "key", "count", "head", "pair", "surname")
    after_two = (
        several.filter(pl.col("count") > _PAIR)
        .join(
            surnames.select("row_id", pair="other_key").unique(), on=["row_id", "pair"],
            how="semi",
        )
        .select("row_id", "form", kept=pl.lit(_PAIR))
    )  # fmt: skip
    before_last = several.join(surnames, on=["row_id", "surname"]).filter(
        pl.col("key") != pl.col("other_key"),
        # A variant of the longer name itself: «Тайып Ердоған».
        ~pl.col("key").str.ends_with(pl.col("other_key")),
        ~pl.col("other_key").str.ends_with(pl.col("key")),
    )
    if after_two.is_empty() and before_last.is_empty():
        return spans
    is_common = pl.col("head").str.contains(_NO_GIVEN_NAME)
    heads = (
        several.select(
            "row_id", "form", "head", "count", head_key=name_key(pl.col("head"))
        )
        .join(
            surnames.select("row_id", head_key="surname", head_form="other_form"),
            on=["row_id", "head_key"],
        )
        .filter(pl.col("form") != pl.col("head_form"))
        .select("row_id", "form")
        .unique()
    )
    two = before_last.filter(pl.col("count") == _PAIR)
    cut_heads = pl.concat(
        [
            two.filter(is_common).select("row_id", "form"),
            two.join(heads, on=["row_id", "form"], how="semi").select("row_id", "form"),
        ]
    ).select("row_id", "form", kept=pl.lit(0))
    cut_last = before_last.filter(pl.col("count") > _PAIR).select(
        "row_id", "form", kept=pl.lit(_PAIR)
    )
    cuts = pl.concat([after_two, cut_last, cut_heads], how="vertical_relaxed").unique(
        ["row_id", "form"], keep="first", maintain_order=True
    )
    return _cut(spans, cuts, words)


def _cut(spans: pl.DataFrame, cuts: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """Cut people after the first words that are kept; the rest is a person as well."""
    person = spans.filter(pl.col("entity_type") == "person")
    cut = person.join(cuts, on=["row_id", "form"])
    if cut.is_empty():
        return spans
    heads = cut.filter(pl.col("kept") > 0).with_columns(
        last=(pl.col("first") + pl.col("kept") - 1).cast(pl.UInt32)
    )
    tails = cut.filter(pl.col("kept") > 0).with_columns(
        first=(pl.col("first") + pl.col("kept")).cast(pl.UInt32)
    )
    parts = pl.concat([heads, tails]).filter(pl.col("first") <= pl.col("last"))
    parts = parts.with_columns(
        start_char=words["start_char"].gather(parts["first"]),
        end_char=words["end_char"].gather(parts["last"]),
        confidence=pl.min_horizontal("confidence", _PARTED),
        form=pl.lit(None, pl.String),
    )
    rest = spans.join(
        cut.select("row_id", "first", "last", "entity_type"),
        on=["row_id", "first", "last", "entity_type"],
        how="anti",
    )
    return pl.concat([rest, parts.select(spans.columns)])
