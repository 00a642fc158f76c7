"""Read the names of a batch of articles: found, linked, counted."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from transforms.entities.bodies import bodies_in_positions
from transforms.entities.definitions import defined_names
from transforms.entities.doubtful import drop_guesses, drop_no_names
from transforms.entities.forms import (
    with_defined,
    with_forms,
    with_initials,
    with_patronymics,
)
from transforms.entities.linking import link_mentions
from transforms.entities.mentions import find_mentions
from transforms.entities.names import ENTITY_SCHEMA
from transforms.entities.offices import find_roles, link_positions, read_phrases
from transforms.entities.parting import part_people
from transforms.entities.people import link_people
from transforms.entities.recall import (
    drop_common_words,
    people_after_positions,
    recall_surnames,
)
from transforms.entities.surnames import link_holders
from transforms.entities.words import WORD_SCHEMA, read_words
from transforms.evidence import ALIAS_SCHEMA, COUNTRY_SCHEMA, ROLE_SCHEMA
from transforms.surfaces import add_surfaces

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
    placed = words.with_row_index("at")
    spans = find_mentions(placed, articles, names)
    spans = with_defined(spans, defined_names(placed), placed)
    spans = bodies_in_positions(people_after_positions(spans, placed), placed)
    spans = with_patronymics(spans.with_columns(form=pl.lit(None, pl.String)), placed)
    spans = with_forms(with_initials(spans, placed), placed)
    spans = drop_no_names(drop_common_words(spans, placed), placed)
    keys = articles.select("row_id", "article_id")
    people = _link_people(spans, keys, names)
    met = spans
    spans = with_forms(part_people(spans, people, placed), placed)
    more = recall_surnames(people, spans, placed)
    if more.height:
        spans = pl.concat([_drop_recalled(spans, more), more])
        spans = with_patronymics(spans, placed)
        spans = with_forms(with_initials(spans, placed), placed)
    people = _link_changed(people, met, spans, keys, names)
    mentions = drop_guesses(link_mentions(spans, people, placed, names))
    mentions, roles = _read_offices(mentions, words, articles, names)
    return NamesRead(
        mentions=in_order(add_surfaces(mentions, articles)).select(*MENTION_SCHEMA),
        countries=count_countries(mentions),
        roles=roles,
        entities=_learned_entities(mentions),
        aliases=met_aliases(mentions),
        words=words,
    )


def _together(parts: Iterable[NamesRead]) -> NamesRead:
    """Put what parts of a batch have read together."""
    read = NamesRead(*(pl.concat(frames) for frames in zip(*parts, strict=True)))
    return read._replace(
        entities=each_once(read.entities), aliases=read.aliases.unique().sort(pl.all())
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


def _link_people(spans: pl.DataFrame, keys: pl.DataFrame, names: Names) -> pl.DataFrame:
    people = spans.filter(pl.col("entity_type") == "person")
    return link_people(
        people.join(keys, on="row_id", maintain_order="left"), names.people
    )


def _link_changed(
    people: pl.DataFrame,
    before: pl.DataFrame,
    spans: pl.DataFrame,
    keys: pl.DataFrame,
    names: Names,
) -> pl.DataFrame:
    """Link the people anew of the articles in which people were found or parted."""
    forms = [
        part.filter(pl.col("entity_type") == "person").select("row_id", "form").unique()
        for part in (before, spans)
    ]
    changed = (
        pl.concat(forms)
        .group_by("row_id", "form")
        .len()
        .filter(pl.col("len") == 1)
        .select("row_id")
        .unique()
    )
    if changed.is_empty():
        return people
    again = spans.join(changed, on="row_id", how="semi", maintain_order="left")
    kept = people.join(changed, on="row_id", how="anti")
    return pl.concat([kept, _link_people(again, keys, names)])


def _drop_recalled(spans: pl.DataFrame, more: pl.DataFrame) -> pl.DataFrame:
    """Leave out what a recalled surname replaces."""
    return spans.join(
        more.select("row_id", "first", "last"),
        on=["row_id", "first", "last"],
        how="anti",
    )


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
    spoken, phrases = link_holders(spoken, phrases, articles, names.offices, people)
    roles = find_roles(phrases, articles, offices=names.offices, person_ids=people)
    linked = link_positions(spoken, phrases, roles, articles, names.offices, people)
    return linked.with_columns(country_code="named_country").drop(
        "named_country"
    ), roles


def in_order(mentions: pl.DataFrame) -> pl.DataFrame:
    """Mentions by article, those of the title first, then by place."""
    return mentions.sort(
        "row_id",
        ~pl.col("in_title"),
        "start_char",
        -pl.col("end_char"),
        "entity_type",
    )


def _learned_entities(mentions: pl.DataFrame) -> pl.DataFrame:
    """Entities that no table has: `ENTITY_SCHEMA`, each once."""
    learned = mentions.filter(
        pl.col("origin").is_in(["learned", "article"]),
        pl.col("entity_id").is_not_null(),
    )
    blank = pl.lit(None, pl.String)
    return each_once(
        learned.with_columns(
            name_ru=blank,
            name_en=blank,
            country_code=blank,
            merged_into=pl.lit(None, pl.Int64),
        )
    )


def each_once(entities: pl.DataFrame) -> pl.DataFrame:
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


def met_aliases(mentions: pl.DataFrame) -> pl.DataFrame:
    """Spellings that were met: entity_id, alias."""
    return (
        mentions.filter(pl.col("entity_id").is_not_null())
        .select("entity_id", alias="normal_form")
        .drop_nulls()
        .unique()
        .sort("entity_id", "alias")
    )
