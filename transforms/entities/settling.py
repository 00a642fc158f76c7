"""Decides between spans that share words."""

from __future__ import annotations

import polars as pl

from transforms.entities.namesakes import name_things
from transforms.entities.spans import (
    CLASSES_OF_PLACES,
    crosses,
    in_schema,
    inside_other,
    is_equal,
    is_of_place,
    other_inside,
    pairs_of,
    same_family,
    without,
    words_under,
)

#: What both found.
_BOTH = 0.98


#: From this confidence on the model's person stands against a known place.
_SURE = 0.9


#: A person cut out of a longer span of the model.
_PARTED = 0.6


#: A genitive, or another case of a surname in -ов and -ев.
_GENITIVE = r"\p{L}{3}[ндт][ыі]ң$|\p{L}{2}[оеё]в(?:т[ыі]|қа|ке|пен|т[ае]н|т[ае])$"


#: «Вучич Белградқа», «Путин Женевада»: where somebody is, not who.
_LOCAL_CASE = r"\p{L}{3}(?:[дт][ае]|[дтн][ае]н|[дт][ае]ғы|[дт][ае]гі|[қгкғ][ае])$"


_PATRONYMIC = r"\p{L}{2}(?:ұлы|қызы|улы|кызы|[ое]вич|[ое]вна|ична)"


def settle(
    model: pl.DataFrame, known: pl.DataFrame, words: pl.DataFrame
) -> pl.DataFrame:
    """Decide between spans that share words."""
    known = without(known, _lesser_known(known))
    model = _split_people(model, known, words)
    pairs = pairs_of(model, known)
    known_gone = _loses_to_model(pairs)
    pairs = pairs.join(known_gone, left_on="other", right_on="span", how="anti")
    model_gone = _loses_to_known(pairs)
    confirmed = pairs.filter(is_equal, same_family()).select("other").unique()
    known = known.with_row_index("span")
    settled_known = known.join(known_gone, on="span", how="anti").with_columns(
        confidence=pl.when(pl.col("span").is_in(confirmed["other"].to_list()))
        .then(pl.lit(_BOTH))
        .otherwise("confidence")
    )
    settled_model = _cut_before(model.with_row_index("span"), pairs, words).join(
        model_gone, on="span", how="anti"
    )
    every = pl.concat([settled_model.drop("span"), settled_known.drop("span")])
    return name_things(every, words).sort(
        "row_id",
        ~pl.col("in_title"),
        "first",
        "last",
        descending=[False, False, False, True],
    )


def _split_people(
    model: pl.DataFrame, known: pl.DataFrame, words: pl.DataFrame
) -> pl.DataFrame:
    """Part people whom the model ran together: «Тоқаев Серджо Маттарелламен».

    A name ends where a word in it is a genitive, where a known person's name ends, and
    before and after a country. Known people remain as known spans.
    """
    people = _until_genitive(model.filter(pl.col("entity_type") == "person"), words)
    inside = pairs_of(people, known).filter(other_inside)
    is_first = pl.col("other_first") == pl.col("first")
    after_known = inside.filter(
        is_first, pl.col("other_entity_type") == "person"
    ).select("span", "other_last", "last")
    next_form = words["form"].gather(after_known["other_last"] + 1)
    after_known = after_known.filter(~next_form.str.contains(_PATRONYMIC)).select(
        "span", cut_first=pl.lit(0, pl.Int64), cut_last="other_last"
    )
    around_country = inside.filter(pl.col("other_source") == "country").select(
        "span", cut_first=pl.col("other_first").cast(pl.Int64), cut_last="other_last"
    )
    before_place = inside.filter(
        pl.col("other_source") == "place",
        (pl.col("other_last") == pl.col("last")) | is_first,
    )
    before_place = before_place.filter(
        words["form"].gather(before_place["other_last"]).str.contains(_LOCAL_CASE)
    ).select(
        "span", cut_first=pl.col("other_first").cast(pl.Int64), cut_last="other_last"
    )
    cuts = (
        pl.concat([after_known, around_country, before_place])
        .group_by("span")
        .agg(pl.col("cut_first").max(), pl.col("cut_last").max().cast(pl.Int64))
    )
    others = model.filter(pl.col("entity_type") != "person")
    if cuts.is_empty():
        return pl.concat([others, people])
    numbered = people.with_row_index("span")
    cut = numbered.join(cuts, on="span")
    halves = pl.concat(
        [
            cut.with_columns(last=pl.col("cut_first") - 1),
            cut.with_columns(first=pl.col("cut_last") + 1),
        ],
        how="vertical_relaxed",
    ).filter(pl.col("first") <= pl.col("last"))
    halves = halves.with_columns(
        start_char=words["start_char"].gather(halves["first"]),
        end_char=words["end_char"].gather(halves["last"]),
        confidence=pl.min_horizontal("confidence", _PARTED),
    )
    return pl.concat(
        [
            others,
            in_schema(numbered.join(cuts, on="span", how="anti")),
            in_schema(halves),
        ]
    )


def _until_genitive(people: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """End a name at its first genitive: «Трамптың Газа …» is about Трамп."""
    under = words_under(people)
    owners = (
        under.filter(words["form"].gather(under["at"]).str.contains(_GENITIVE))
        .group_by("span")
        .agg(owner=pl.col("at").min())
    )
    owners = owners.with_columns(owner_end=words["end_char"].gather(owners["owner"]))
    is_inner = pl.col("owner") < pl.col("last")
    return in_schema(
        people.with_row_index("span")
        .join(owners, on="span", how="left", maintain_order="left")
        .with_columns(
            last=pl.when(is_inner).then("owner").otherwise("last"),
            end_char=pl.when(is_inner).then("owner_end").otherwise("end_char"),
        )
    )


#: Where spans of the tables have the same words, the first of these counts.
_RANKS = {"country": 0, "name": 1, "body": 1, "place": 2}


def _lesser_known(known: pl.DataFrame) -> pl.DataFrame:
    """Known spans that give way to other known ones: column span."""
    rank = pl.col("source").replace_strict(_RANKS, return_dtype=pl.Int8)
    other_rank = pl.col("other_source").replace_strict(_RANKS, return_dtype=pl.Int8)
    pairs = pairs_of(known, known).filter(pl.col("span") != pl.col("other"))
    length = pl.col("last") - pl.col("first")
    other_length = pl.col("other_last") - pl.col("other_first")
    loses_equal = is_equal & (rank > other_rank)
    is_person = pl.col("other_entity_type") == "person"
    # «Абай» in «Абай Құнанбайұлы» is no place, «Назарбаев» in a university no person.
    # «Шанхай» in an organisation's name is no place that is spoken of, nor is
    # «Қазақстан» in «Батыс Қазақстан облысы».
    is_place = pl.col("source") == "place"
    of_name = is_place & pl.col("other_source").is_in(["name", "body"])
    of_place = (pl.col("other_source") == "place") & same_family()
    loses_inside = inside_other & (
        is_person | (pl.col("entity_type") == "person") | of_name | of_place
    )
    loses_cross = crosses & (
        (length < other_length) | (length == other_length) & (rank > other_rank)
    )
    return (
        pairs.filter(loses_equal | loses_inside | loses_cross).select("span").unique()
    )


def _loses_to_model(pairs: pl.DataFrame) -> pl.DataFrame:
    """Known spans that give way to the model's: column span."""
    model_is_person = pl.col("entity_type") == "person"
    is_sure = pl.col("confidence") >= _SURE
    known_is_person = pl.col("other_entity_type") == "person"
    same_words = (
        is_equal & model_is_person & is_sure & (pl.col("other_source") == "place")
    )
    # Inside a person's name stands no place; inside another name no person, but the
    # position before a name may have swallowed it.
    inside_person = other_inside & model_is_person & ~known_is_person
    inside_full_name = other_inside & model_is_person & known_is_person
    person_inside = (
        other_inside
        & known_is_person
        & pl.col("entity_type").is_in(["organisation", "facility", "gpe", "location"])
    )
    against_sure = (
        crosses
        & (pl.col("confidence") >= _SURE)
        & (pl.col("other_source") != "country")
    )
    return (
        pairs.filter(
            same_words
            | inside_person
            | inside_full_name
            | person_inside
            | against_sure
            | _is_part_of_body
        )
        .select(span="other")
        .unique()
    )


#: «Ресей Сыртқы істер министрлігі» is not the ministry of the reference table, nor is
#: a department that ends in the name of a ministry.
_is_part_of_body = (
    other_inside
    & (pl.col("entity_type") == "organisation")
    & (pl.col("other_entity_type") == "organisation")
    & (pl.col("other_last") == pl.col("last"))
    & (pl.col("other_source") == "body")
)


def _loses_to_known(pairs: pl.DataFrame) -> pl.DataFrame:
    """The model's spans that give way to known ones: column span."""
    place_in_place = (
        other_inside & pl.col("entity_type").is_in(CLASSES_OF_PLACES[:3]) & is_of_place
    )
    same_class = crosses & (pl.col("entity_type") == pl.col("other_entity_type"))
    return (
        pairs.filter(is_equal | inside_other | place_in_place | same_class)
        .select("span")
        .unique()
    )


def _cut_before(
    model: pl.DataFrame, pairs: pl.DataFrame, words: pl.DataFrame
) -> pl.DataFrame:
    """Cut a span that ran on into a known organisation: «… кеңесі БҰҰ-ны»."""
    ran_on = (
        pairs.filter(
            other_inside,
            (pl.col("other_last") == pl.col("last")),
            pl.col("entity_type") == "organisation",
            pl.col("other_entity_type") == "organisation",
        )
        .group_by("span")
        .agg(cut=pl.col("other_first").min())
    )
    if ran_on.is_empty():
        return model
    cut = pl.col("cut") - 1
    shorter = model.join(ran_on, on="span", how="left", maintain_order="left")
    cut_end = words["end_char"].gather(shorter["cut"] - 1)
    return shorter.with_columns(
        last=pl.coalesce(cut, "last"), end_char=pl.coalesce(cut_end, "end_char")
    ).drop("cut")
