"""What the reference tables know: countries, places, organisations and people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from transforms.entities.people import entity_ids
from transforms.entities.spans import (
    SPAN_SCHEMA,
    TEXT,
    in_schema,
    on_words,
    place_in_batch,
)
from transforms.entities.spelling import name_key
from transforms.kazakh.countries import find_countries
from transforms.kazakh.places import find_places

if TYPE_CHECKING:
    from transforms.entities.names import Names


#: A known name that the model did not mark is right about so often; see
#: tests/eval/names.json.
_KNOWN_ALONE = {"country": 0.95, "place": 0.9, "name": 0.9}


def country_spans(
    words: pl.DataFrame, articles: pl.DataFrame, names: Names
) -> pl.DataFrame:
    """Find countries: their names as gpe, adjectives and demonyms as norp.

    Args:
        words: the words, with their number ``at``.
        articles: ``row_id``, ``title``, ``text``, ``script``.
        names: what is known.

    Returns:
        The columns of `SPAN_SCHEMA`, as do the other functions here.
    """
    read = articles.join(words.select("row_id").unique(), on="row_id", how="semi")
    parts = [
        read.select(
            pl.col("row_id").alias("article_id"),
            pl.lit(version).alias("version"),
            pl.col(column).alias("text"),
            "script",
        )
        for version, column in enumerate(("title", "text"))
    ]
    texts = pl.concat(parts).drop_nulls("text")
    found = find_countries(texts, names.country_names).select(
        pl.col("article_id").alias("row_id"),
        (pl.col("version") == 0).alias("in_title"),
        "country_code",
        pl.col("start_char").cast(pl.Int32),
        pl.col("end_char").cast(pl.Int32),
        "kind",
    )
    is_name = pl.col("kind").is_in(["name", "abbreviation"])
    if words.is_empty():
        return pl.DataFrame(schema=SPAN_SCHEMA)
    placed = on_words(found, words)
    # A sentence that is not read (another language's) has no words of its own.
    begins, ends = (
        place_in_batch(words[placed[name]], column)
        for name, column in (("first", "start_char"), ("last", "end_char"))
    )
    placed = placed.filter(
        (begins <= place_in_batch(placed, "start_char"))
        & (begins // TEXT == place_in_batch(placed, "start_char") // TEXT)
        & (ends >= place_in_batch(placed, "end_char"))
    )
    return (
        placed.join(
            names.countries.select(
                "country_code", known_id="entity_id", known_name="name_kk"
            ),
            on="country_code",
            how="left",
            maintain_order="left",
        )
        .with_columns(
            entity_type=pl.when(is_name).then(pl.lit("gpe")).otherwise(pl.lit("norp")),
            confidence=pl.lit(_KNOWN_ALONE["country"]),
            method=pl.lit("gazetteer"),
            source=pl.lit("country"),
        )
        .pipe(in_schema)
    )


def place_spans(words: pl.DataFrame, names: Names) -> pl.DataFrame:
    """Find towns and regions, and who or what is of them («алматылық»)."""
    is_region = pl.col("kind") == "world_region"
    found = find_places(words.drop("at"), names.place_gazetteer, names.place_phrases)
    ids = entity_ids("place", found.select(name_key(pl.col("name"))).to_series())
    return in_schema(
        found.pipe(_add_place_of, words).with_columns(
            # «алматылық» is who or what is of Almaty.
            entity_type=pl.when("derived")
            .then(pl.lit("norp"))
            .when(is_region)
            .then(pl.lit("location"))
            .otherwise(pl.lit("gpe")),
            known_id=ids,
            known_name="name",
            confidence=pl.lit(_KNOWN_ALONE["place"]),
            method=pl.lit("gazetteer"),
            source=pl.lit("place"),
            country_code=pl.lit(None, pl.String),
        )
    )


def name_spans(words: pl.DataFrame, names: Names) -> pl.DataFrame:
    """Find known people and organisations; unions also inside longer names."""
    bare = words.drop("at")
    found = pl.concat(
        [names.gazetteer.find(bare), names.union_gazetteer.find(bare)]
    ).filter(~pl.col("derived"))
    return (
        found.join(
            names.phrases.select(
                "phrase_no",
                "entity_type",
                pl.col("country_code").is_not_null().alias("of_country"),
                known_id="entity_id",
                known_name="name",
            ),
            on="phrase_no",
            how="left",
            maintain_order="left",
        )
        .with_columns(entities=pl.col("known_id").n_unique().over("first", "last"))
        # A spelling that two entities share is nobody's.
        .filter(pl.col("entities") == 1)
        .unique(["first", "last"], keep="first", maintain_order=True)
        .sort("first", "last", descending=[False, True])
        .pipe(_add_place_of, words)
        .with_columns(
            confidence=pl.lit(_KNOWN_ALONE["name"]),
            method=pl.lit("gazetteer"),
            source=pl.when(
                (pl.col("entity_type") == "organisation") & pl.col("of_country")
            )
            .then(pl.lit("body"))
            .otherwise(pl.lit("name")),
            country_code=pl.lit(None, pl.String),
        )
        .pipe(in_schema)
    )


def bodies_of_others(known: pl.DataFrame, entities: pl.DataFrame) -> pl.DataFrame:
    """Take another country's body for its own: «Ауғанстан Үкіметі», «Ресей СІМ»."""
    homes = entities.select(known_id="entity_id", home="country_code")
    bodies = (
        known.filter(pl.col("source") == "body")
        .join(homes, on="known_id", how="left", maintain_order="left")
        .with_columns(before=pl.col("first").cast(pl.Int64) - 1)
    )
    countries = known.filter(
        pl.col("source") == "country", pl.col("entity_type") == "gpe"
    ).select(
        pl.col("last").cast(pl.Int64).alias("before"),
        "row_id",
        "in_title",
        "sentence_no",
        other="country_code",
        other_first="first",
        other_start="start_char",
    )
    joined = bodies.join(
        countries,
        on=["before", "row_id", "in_title", "sentence_no"],
        how="left",
        nulls_equal=True,
        maintain_order="left",
    )
    is_others = (pl.col("other") != pl.col("home")).fill_null(value=False)
    changed = joined.with_columns(
        first=pl.when(is_others).then("other_first").otherwise("first"),
        start_char=pl.when(is_others).then("other_start").otherwise("start_char"),
        known_id=pl.when(~is_others).then("known_id"),
        known_name=pl.when(~is_others).then("known_name"),
        method=pl.when(is_others).then(pl.lit("rule")).otherwise("method"),
    )
    return pl.concat([known.filter(pl.col("source") != "body"), in_schema(changed)])


def _add_place_of(found: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    return found.with_columns(
        words[name].gather(found["first"])
        for name in ("row_id", "in_title", "sentence_no")
    )
