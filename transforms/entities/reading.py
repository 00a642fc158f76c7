"""Read the names of a batch of articles: found, linked, counted."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from transforms.entities.bodies import bodies_in_positions
from transforms.entities.definitions import defined_names
from transforms.entities.mentions import find_mentions
from transforms.entities.names import ENTITY_SCHEMA
from transforms.entities.offices import find_roles, link_positions, read_phrases
from transforms.entities.people import link_people
from transforms.entities.recall import (
    drop_common_words,
    part_people,
    people_after_positions,
    recall_surnames,
)
from transforms.entities.things import (
    NAMED_CLASSES,
    abbreviation_of,
    find_definitions,
    link_things,
)
from transforms.entities.words import WORD_SCHEMA, read_words
from transforms.evidence import ALIAS_SCHEMA, COUNTRY_SCHEMA, ROLE_SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable

    from transforms.entities.names import Names

#: Articles below which a part costs more than it saves.
_WORTHWHILE = 100

MENTION_SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "row_id": pl.Int32,
    "in_title": pl.Boolean,
    "sentence_no": pl.Int32,
    "entity_type": pl.String,
    "surface": pl.String,
    "form": pl.String,
    "normal_form": pl.String,
    "start_char": pl.Int32,
    "end_char": pl.Int32,
    "confidence": pl.Float64,
    "method": pl.String,
    "entity_id": pl.Int64,
    "name": pl.String,
    "country_code": pl.String,
}


class NamesRead(NamedTuple):
    """What was read in a batch.

    Attributes:
        mentions: `MENTION_SCHEMA`, in order of article, title first, and place.
        countries: row_id, country_code, mention_count, weight (sums to 1 an article).
        roles: statements that a person holds an office, as
            `transforms.entities.offices.find_roles` gives them.
        entities: `ENTITY_SCHEMA`, those that were learned.
        aliases: entity_id, alias: spellings that were met.
        words: `transforms.entities.words.WORD_SCHEMA`, what the names were looked for
            in.
    """

    mentions: pl.DataFrame
    countries: pl.DataFrame
    roles: pl.DataFrame
    entities: pl.DataFrame
    aliases: pl.DataFrame
    words: pl.DataFrame


def no_names() -> NamesRead:
    """What is read where there is nothing to read."""
    return NamesRead(
        mentions=pl.DataFrame(schema=MENTION_SCHEMA),
        countries=COUNTRY_SCHEMA.to_frame(),
        roles=ROLE_SCHEMA.to_frame(),
        entities=pl.DataFrame(schema=ENTITY_SCHEMA),
        aliases=ALIAS_SCHEMA.to_frame(),
        words=pl.DataFrame(schema=WORD_SCHEMA),
    )


def read_names(
    articles: pl.DataFrame, sentences: pl.DataFrame, names: Names, workers: int = 1
) -> NamesRead:
    """Find and link the names of a batch of articles.

    Every article is read by itself: what comes out depends on it, the model and the
    reference tables, not on its neighbours in the batch.

    Args:
        articles: ``row_id``, ``article_id``, ``title``, ``text``, ``language``,
            ``script``, ``published_date``.
        sentences: ``row_id``, ``sentence_no``, ``start_char``, ``end_char``.
        names: what is known.
        workers: threads that share a large batch; any number reads the same.
    """
    parts = min(workers, articles.height // _WORTHWHILE)
    if parts > 1:
        size = -(-articles.height // parts)
        with ThreadPoolExecutor(parts) as pool:
            return _together(
                pool.map(
                    lambda part: read_names(part, sentences, names),
                    articles.iter_slices(size),
                )
            )
    words = read_words(articles, sentences)
    spans = find_mentions(words, articles, names)
    placed = words.with_row_index("at")
    spans = _with_defined(spans, defined_names(placed))
    spans = bodies_in_positions(people_after_positions(spans, placed), placed)
    spans = _with_forms(_with_initials(spans, placed), placed)
    spans = drop_common_words(spans, placed)
    keys = articles.select("row_id", "article_id")
    people = _link_people(spans, keys, names)
    spans = _with_forms(part_people(spans, people, placed), placed)
    more = recall_surnames(people, spans, placed)
    if more.height:
        spans = pl.concat([_drop_recalled(spans, more), more])
        spans = _with_forms(_with_initials(spans, placed), placed)
    people = _link_people(spans, keys, names)
    mentions = _link(spans, people, placed, names)
    mentions, roles = _read_offices(mentions, words, articles, names)
    return NamesRead(
        mentions=_in_order(add_surfaces(mentions, articles)).select(*MENTION_SCHEMA),
        countries=count_countries(mentions),
        roles=roles,
        entities=_learned_entities(mentions),
        aliases=_met_aliases(mentions),
        words=words,
    )


def _together(parts: Iterable[NamesRead]) -> NamesRead:
    """Put what parts of a batch have read together."""
    read = NamesRead(*(pl.concat(frames) for frames in zip(*parts, strict=True)))
    return read._replace(
        entities=_each_once(read.entities), aliases=read.aliases.unique().sort(pl.all())
    )


def count_countries(mentions: pl.DataFrame) -> pl.DataFrame:
    """Count the countries that articles name.

    Returns:
        row_id, country_code, mention_count and weight, the share of the article's
        mentions of countries.
    """
    return (
        mentions.filter(pl.col("country_code").is_not_null())
        .group_by("row_id", "country_code")
        .agg(pl.len().cast(pl.Int32).alias("mention_count"))
        .with_columns(
            weight=pl.col("mention_count")
            / pl.col("mention_count").sum().over("row_id")
        )
        .sort("row_id", "country_code")
    )


def _with_defined(spans: pl.DataFrame, defined: pl.DataFrame) -> pl.DataFrame:
    """Put names that abbreviations explain in place of the model's guesses there."""
    if defined.is_empty():
        return spans
    same = ["row_id", "in_title", "first", "last"]
    is_known = pl.col("known_id").is_not_null()
    new = defined.join(spans.filter(is_known), on=same, how="anti").with_columns(
        entity_type=pl.lit("organisation"),
        method=pl.lit("definition"),
        known_id=pl.lit(None, pl.Int64),
        known_name=pl.lit(None, pl.String),
        country_code=pl.lit(None, pl.String),
        source=pl.lit("definition"),
    )
    ranges = pl.int_ranges("first", pl.col("last") + 1, dtype=pl.UInt32)
    numbered = spans.with_row_index("span")
    met = (
        numbered.filter(~is_known)
        .select("span", at=ranges)
        .explode("at")
        .join(new.select(at=ranges).explode("at"), on="at", how="semi")
        .select("span")
        .unique()
    )
    rest = numbered.join(met, on="span", how="anti").drop("span")
    return pl.concat([rest, new.select(rest.columns)])


def _with_initials(spans: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """Take initials before a person's name into the mention: «Е. Ашықбаев»."""
    initial = pl.col("form").str.contains(r"^\p{Lu}\p{Ll}?$")
    follows = pl.col("form").shift(-1) == "."
    near = pl.col("start_char").shift(-2) - pl.col("end_char").shift(-1) <= 1
    marks = words.select(
        "at",
        "start_char",
        place=pl.struct("row_id", "in_title", "sentence_no"),
        is_initial=initial & follows & near,
    )
    is_initial = marks["is_initial"].fill_null(value=False)
    start, place = marks["start_char"], marks["place"]
    for _ in range(2):
        first = spans["first"].cast(pl.Int64)
        before = (
            pl.Series([0], dtype=pl.Int64).new_from_index(0, len(first)) + first - 2
        )
        inside = before.clip(lower_bound=0)
        extends = (
            (spans["entity_type"] == "person")
            & (before >= 0)
            & is_initial.gather(inside)
            & (place.gather(inside) == place.gather(first))
        )
        spans = spans.with_columns(
            first=pl.when(extends).then(inside).otherwise(first).cast(pl.UInt32),
            start_char=pl.when(extends)
            .then(start.gather(inside))
            .otherwise("start_char"),
        )
    return spans


def _with_forms(spans: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """Add what the spans' words are together, with a space where the text has any."""
    bare = spans.drop("form", strict=False).with_row_index("span")
    is_one = pl.col("first") == pl.col("last")
    # A span may begin or end inside a word: «Ресей-Украина», «алматылық».
    ones = bare.filter(is_one)
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
    several = _joined_forms(bare.filter(~is_one), words)
    return pl.concat([ones.with_columns(form=forms), several]).sort("span").drop("span")


def _joined_forms(spans: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """Add the form of spans of several words."""
    ranges = pl.int_ranges("first", pl.col("last") + 1, dtype=pl.UInt32)
    pieces = spans.select("span", "first", at=ranges).explode("at")
    at = pieces["at"]
    spaced = words.select(
        pl.when(pl.col("start_char") > pl.col("end_char").shift(1))
        .then(pl.lit(" "))
        .otherwise(pl.lit(""))
        .alias("space")
    ).to_series()
    space = pl.when(pl.col("at") > pl.col("first")).then(spaced.gather(at))
    forms = (
        pieces.with_columns(
            piece=pl.concat_str(space.fill_null(""), words["form"].gather(at))
        )
        .group_by("span", maintain_order=True)
        .agg(form=pl.col("piece").str.join(""))
    )
    return spans.join(forms, on="span", how="left", maintain_order="left")


def _link_people(spans: pl.DataFrame, keys: pl.DataFrame, names: Names) -> pl.DataFrame:
    people = spans.filter(pl.col("entity_type") == "person")
    return link_people(
        people.join(keys, on="row_id", maintain_order="left"), names.people
    )


def _drop_recalled(spans: pl.DataFrame, more: pl.DataFrame) -> pl.DataFrame:
    """Leave out what a recalled surname replaces."""
    return spans.drop("form").join(
        more.select("row_id", "first", "last"),
        on=["row_id", "first", "last"],
        how="anti",
    )


def _link(
    spans: pl.DataFrame, people: pl.DataFrame, words: pl.DataFrame, names: Names
) -> pl.DataFrame:
    """Put the entities to the mentions, and what an article abbreviates."""
    things = spans.filter(pl.col("entity_type").is_in(NAMED_CLASSES))
    linked = pl.concat(
        [
            people.with_columns(entity_type=pl.lit("person")).select(_LINKED),
            link_things(things, names.things).select(_LINKED),
        ]
    )
    mentions = spans.join(
        linked, on=["row_id", "entity_type", "form"], how="left", maintain_order="left"
    )
    # Known spans are who the tables say, whatever their letters; people excepted, whom
    # their article may know better.
    is_known = pl.col("known_id").is_not_null() & (pl.col("entity_type") != "person")
    mentions = mentions.with_columns(
        entity_id=pl.when(is_known).then("known_id").otherwise("entity_id"),
        name=pl.when(is_known)
        .then("known_name")
        .when(pl.col("entity_id").is_not_null())
        .then("name"),
        origin=pl.when(is_known).then(pl.lit("seed")).otherwise("origin"),
    )
    return _abbreviate(mentions, words)


_LINKED = (
    "row_id",
    "entity_type",
    "form",
    "entity_id",
    "name",
    "normal_form",
    "origin",
)


def _abbreviate(mentions: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """Give abbreviations the organisation that their article explains them by."""
    defined = find_definitions(mentions, words).select(
        "row_id",
        "abbreviation",
        *(
            pl.col(name).alias(f"defined_{name}")
            for name in ("entity_id", "name", "origin")
        ),
    )
    if defined.is_empty():
        return mentions
    short = abbreviation_of(pl.col("form"))
    # What an article explains counts more than what a table has for the letters.
    is_open = pl.col("defined_entity_id").is_not_null()
    joined = (
        mentions.with_columns(abbreviation=short)
        .join(defined, on=["row_id", "abbreviation"], how="left", maintain_order="left")
        .with_columns(
            entity_type=pl.when(is_open)
            .then(pl.lit("organisation"))
            .otherwise("entity_type"),
            normal_form=pl.when(is_open).then("abbreviation").otherwise("normal_form"),
            entity_id=pl.when(is_open).then("defined_entity_id").otherwise("entity_id"),
            name=pl.when(is_open).then("defined_name").otherwise("name"),
            origin=pl.when(is_open).then("defined_origin").otherwise("origin"),
        )
        .select(mentions.columns)
    )
    ranges = pl.int_ranges("first", pl.col("last") + 1, dtype=pl.UInt32)
    taken = mentions.select(at=ranges).explode("at").unique()
    missed = (
        words.join(defined.select("row_id").unique(), on="row_id", how="semi")
        .with_columns(abbreviation=short)
        .join(defined, on=["row_id", "abbreviation"], maintain_order="left")
        .join(taken, on="at", how="anti")
        .select(
            "row_id",
            "in_title",
            "sentence_no",
            pl.lit("organisation").alias("entity_type"),
            "start_char",
            "end_char",
            pl.col("at").alias("first"),
            pl.col("at").alias("last"),
            pl.lit(_DEFINED).alias("confidence"),
            pl.lit("definition").alias("method"),
            "form",
            pl.col("defined_entity_id").alias("entity_id"),
            pl.col("defined_name").alias("name"),
            pl.col("abbreviation").alias("normal_form"),
            pl.col("defined_origin").alias("origin"),
        )
    )
    return pl.concat([joined, missed], how="diagonal")


#: Abbreviations that their article explains are right about so often.
_DEFINED = 0.9


def _read_offices(
    mentions: pl.DataFrame, words: pl.DataFrame, articles: pl.DataFrame, names: Names
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Link positions to people, and find who is said to hold which office."""
    of_country = pl.col("entity_type") == "organisation"
    homes = names.entities.select("entity_id", home="country_code")
    spoken = (
        mentions.join(homes, on="entity_id", how="left", maintain_order="left")
        .with_columns(
            named_country="country_code",
            country_code=pl.coalesce("country_code", pl.when(of_country).then("home")),
        )
        .drop("home")
    )
    people = names.person_ids
    phrases = read_phrases(spoken, words)
    roles = find_roles(phrases, articles, offices=names.offices, person_ids=people)
    linked = link_positions(spoken, phrases, roles, articles, names.offices, people)
    return linked.with_columns(country_code="named_country").drop(
        "named_country"
    ), roles


def _in_order(mentions: pl.DataFrame) -> pl.DataFrame:
    return mentions.sort(
        "row_id",
        ~pl.col("in_title"),
        "start_char",
        -pl.col("end_char"),
        "entity_type",
    )


def add_surfaces(mentions: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    """Add the characters of each mention as they stand.

    Python's slices take the time of the slice, those of a column that of the text.
    """
    texts = {
        row: (text or "", title or "")
        for row, text, title in articles.select("row_id", "text", "title").iter_rows()
    }
    bounds = mentions.select("row_id", "in_title", "start_char", "end_char").iter_rows()
    return mentions.with_columns(
        surface=pl.Series(
            [texts[row][in_title][start:end] for row, in_title, start, end in bounds],
            dtype=pl.String,
        )
    )


def _learned_entities(mentions: pl.DataFrame) -> pl.DataFrame:
    """Entities that no table has: `ENTITY_SCHEMA`, each once."""
    learned = mentions.filter(
        pl.col("origin").is_in(["learned", "article"]),
        pl.col("entity_id").is_not_null(),
    )
    blank = pl.lit(None, pl.String)
    return _each_once(
        learned.with_columns(
            name_ru=blank,
            name_en=blank,
            country_code=blank,
            merged_into=pl.lit(None, pl.Int64),
        )
    )


def _each_once(entities: pl.DataFrame) -> pl.DataFrame:
    """One row an entity, the same from whatever articles; as the warehouse merges."""
    return (
        entities.group_by("entity_id")
        .agg(
            pl.col("entity_type").min(),
            pl.col("name").max(),
            pl.col("name_ru", "name_en", "country_code").min(),
            pl.col("origin").max(),
            pl.col("merged_into").min(),
        )
        .select(pl.col(name).cast(dtype) for name, dtype in ENTITY_SCHEMA.items())
        .sort("entity_id")
    )


def _met_aliases(mentions: pl.DataFrame) -> pl.DataFrame:
    """Spellings that were met: entity_id, alias."""
    return (
        mentions.filter(pl.col("entity_id").is_not_null())
        .select("entity_id", alias="normal_form")
        .drop_nulls()
        .unique()
        .sort("entity_id", "alias")
    )
