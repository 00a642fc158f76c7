"""Which organisation, place or other thing a mention is.

A name is its entity by its whole normal form: nominative, without quotation marks and
legal forms, and without «Қазақстан Республикасы» before a body of the state, which
Kazakhstan's press writes or not. Within an article a bracketed abbreviation stands for
the name before it.
"""

from __future__ import annotations

import polars as pl

from transforms.entities.nominative import name_candidates
from transforms.entities.people import entity_ids
from transforms.entities.spelling import name_key

#: Classes that name something; numbers, dates, sayings and addresses do not. People
#: and positions are linked by themselves.
NAMED_CLASSES = (
    "organisation", "gpe", "location", "facility", "norp", "event", "law", "product",
    "project", "art", "language", "disease", "non_human",
)  # fmt: skip
_KIND_OF = {"gpe": "place", "location": "place"}

_QUOTES = r'[«»"“”„‟‹›]'
_LEGAL_FORM = r"^(?:ЖШС|АҚ|ҰҚ|ТОО|АО|КМК|РМК|МКК|РМҚК|ЖАҚ|ААҚ|ЖК|ПАО|ООО)\s+|\s+(?:ЖШС|АҚ|ҰҚ|ТОО|АО|КМК|РМК|МКК|РМҚК|ЖАҚ|ААҚ|ЖК|ПАО|ООО)(?:[-’']?\p{Ll}+)?$"  # noqa: E501
_HOME = r"^(?:Қазақстан Республикасы(?:ның)?|ҚР|Қазақстан(?:ның)?)\s+"
#: Beginnings of the head words of bodies of the state.
_STATE_BODY = r"(?:министрлі|комитет|агентті|сот|прокуратура|парламент|үкімет|мәжіліс|сенат|әкімшілі|банк|департамент|кеңес|елшілі|консулды|орталы|палата)\p{L}*$"  # noqa: E501
#: After a third-person possessive cases are written so: «министрлігінің», «кеңесін».
_CASE_OF_POSSESSED = r"([ыі])(?:ның|нің|на|не|н|нда|нде|нан|нен|мен|ндағы|ндегі|нікі)$"
_ABBREVIATION = r"^(\p{Lu}[\p{Lu}\p{N}]{1,8})(?:$|[-’'][\p{Ll}]+$|\p{Ll}{2,6}$)"


def link_things(mentions: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Say which entity each mention of a thing is.

    Args:
        mentions: ``row_id``, ``entity_type`` (of `NAMED_CLASSES`) and ``form``.
        known: ``kind``, ``key``, ``entity_id`` and ``name`` of the reference tables.

    Returns:
        One row a distinct (row_id, entity_type, form): these, ``entity_id``, ``name``,
        ``normal_form`` and ``origin`` (seed or learned).
    """
    distinct = (
        mentions.select("row_id", "entity_type", "form")
        .unique(maintain_order=True)
        .join(normal_forms(mentions), on=["entity_type", "form"], maintain_order="left")
    )
    # A nominative that several forms of the article share is the right one.
    support = pl.col("form").n_unique().over("row_id", "kind", "key")
    chosen = (
        distinct.with_columns(support=support)
        .join(known, on=["kind", "key"], how="left", maintain_order="left")
        .sort(
            "row_id",
            "entity_type",
            "form",
            pl.col("entity_id").is_null(),
            -pl.col("support").cast(pl.Int64),
            "rank",
        )
        .unique(["row_id", "entity_type", "form"], keep="first", maintain_order=True)
    )
    learned = [
        part.with_columns(learned_id=entity_ids(kind, part["key"]))
        for (kind,), part in chosen.partition_by(
            "kind", as_dict=True, maintain_order=True
        ).items()
    ]
    if not learned:
        return pl.DataFrame(schema=_LINKED)
    return pl.concat(learned).select(
        "row_id",
        "entity_type",
        "form",
        pl.coalesce("entity_id", "learned_id").alias("entity_id"),
        pl.coalesce("name", "normal_form").alias("name"),
        "normal_form",
        pl.when(pl.col("entity_id").is_null())
        .then(pl.lit("learned"))
        .otherwise(pl.lit("seed"))
        .alias("origin"),
    )


_LINKED = {
    "row_id": pl.Int32,
    "entity_type": pl.String,
    "form": pl.String,
    "entity_id": pl.Int64,
    "name": pl.String,
    "normal_form": pl.String,
    "origin": pl.String,
}


def normal_forms(mentions: pl.DataFrame) -> pl.DataFrame:
    """Give the normal forms that names of things may have.

    Args:
        mentions: ``entity_type`` and ``form``.

    Returns:
        ``entity_type``, ``form``, ``normal_form``, ``rank``, ``kind`` and ``key``, one
        row a candidate.
    """
    bare = (
        pl.col("form")
        .str.replace_all(_QUOTES, "")
        .str.strip_chars()
        .str.replace_all(_LEGAL_FORM, "")
        .str.strip_chars()
    )
    distinct = mentions.select("entity_type", "form").unique(maintain_order=True)
    named = distinct.with_columns(bare=bare).with_columns(
        bare=pl.when(pl.col("bare") == "").then("form").otherwise("bare")
    )
    has_words = pl.col("bare").str.contains(" ")
    is_place = pl.col("entity_type").is_in(list(_KIND_OF))
    # «Азияны» is an accusative, «университеті» a possessive: places are seldom izafet.
    is_accusative = is_place & pl.col("bare").str.contains("[ндт][ыі]$")
    possessed = has_words & (
        pl.col("bare").str.contains(_CASE_OF_POSSESSED)
        | (pl.col("bare").str.contains(r"\p{L}{2}[ыі]$") & ~is_accusative)
    )
    izafet = named.filter(possessed).with_columns(
        nominative=pl.col("bare").str.replace(_CASE_OF_POSSESSED, "${1}"),
        rank=pl.lit(0, pl.UInt32),
    )
    plain = named.filter(~possessed)
    candidates = name_candidates(plain["bare"].unique(maintain_order=True)).rename(
        {"form": "bare"}
    )
    others = plain.join(candidates, on="bare", maintain_order="left")
    nominative = pl.col("nominative")
    of_state = nominative.str.to_lowercase().str.contains(_STATE_BODY) & (
        pl.col("entity_type") == "organisation"
    )
    home = nominative.str.replace(_HOME, "")
    return (
        pl.concat([izafet, others], how="diagonal")
        .with_columns(
            normal_form=nominative,
            kind=pl.col("entity_type").replace(_KIND_OF),
            key=name_key(pl.when(of_state).then(home).otherwise(nominative)),
        )
        .with_columns(
            key=pl.when(pl.col("key") == "")
            .then(pl.col("form").str.to_lowercase())
            .otherwise("key")
        )
        .select("entity_type", "form", "normal_form", "rank", "kind", "key")
    )


def find_definitions(mentions: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """Find abbreviations that an article explains: «… ұйымы (АҰҰ)», «АҰҰ (… ұйымы)».

    Args:
        mentions: ``row_id``, ``entity_type``, ``first`` and ``last`` (rows of
            ``words``), linked: ``entity_id``, ``name``, ``normal_form``, ``origin``.
        words: the words, with their number ``at``.

    Returns:
        One row an abbreviation of an article: ``row_id``, ``abbreviation`` and the
        entity's columns.
    """
    entity = ("entity_id", "name", "normal_form", "origin")
    organisations = mentions.filter(
        pl.col("entity_type").is_in(["organisation", "facility"]),
        pl.col("last") > pl.col("first"),
    ).select("row_id", "first", "last", *entity)
    before, after = pl.col("form").shift(1), pl.col("form").shift(-1)
    marks = (
        words.select(
            "row_id",
            "at",
            "form",
            is_inside=(before == "(") & (after == ")"),
            is_outside=after == "(",
        )
        .filter(pl.col("is_inside") | pl.col("is_outside"))
        .with_columns(abbreviation=abbreviation_of(pl.col("form")))
        .drop_nulls("abbreviation")
    )
    if marks.is_empty() or organisations.is_empty():
        return organisations.head(0).select(
            "row_id", pl.lit(None, pl.String).alias("abbreviation"), *entity
        )
    inside = marks.filter("is_inside").select(
        "row_id", "abbreviation", last=pl.col("at") - 2
    )
    outside = marks.filter("is_outside").select(
        "row_id", "abbreviation", first=pl.col("at") + 2
    )
    return (
        pl.concat(
            [
                organisations.join(inside, on=["row_id", "last"]).select(
                    "row_id", "abbreviation", *entity
                ),
                organisations.join(outside, on=["row_id", "first"]).select(
                    "row_id", "abbreviation", *entity
                ),
            ]
        )
        .sort("row_id", "abbreviation", "name")
        .unique(["row_id", "abbreviation"], keep="first", maintain_order=True)
    )


def abbreviation_of(form: pl.Expr) -> pl.Expr:
    """The abbreviation that a word is a form of («АҰҰ-ның»); null if it is none."""
    return form.str.extract(_ABBREVIATION)
