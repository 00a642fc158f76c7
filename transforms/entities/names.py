"""What is known of names before an article is read, put together from the tables.

One `Names` serves a whole run: it holds the trained model, the names to look for and
whom each of them means.
"""

from __future__ import annotations

import polars as pl

from transforms.entities.people import KnownPeople, entity_ids
from transforms.entities.spelling import name_key
from transforms.kazakh.country_names import CountryNames
from transforms.kazakh.gazetteer import Gazetteer
from transforms.kazakh.places import place_phrases
from transforms.kazakh.recognition.model import load_model
from transforms.kazakh.recognition.scores import Scorer
from transforms.keys import digests

#: Of the rules by which names are read; a change of what they find raises it.
VERSION = "2"
#: Entity types that are one kind: the same name means the same entity in all of them.
KINDS = {"gpe": "place", "location": "place"}
#: Lists inside a cell are divided by this.
_LIST = ";"
_BLOC_TYPES = {"region": "location"}
#: An abbreviation: capitals and digits alone, or one capital within («ҚазМұнайГаз» is
#: none), short.
_ABBREVIATION = r"^[\p{Lu}\p{N}&-]{2,8}$"

ENTITY_SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "entity_id": pl.Int64,
    "entity_type": pl.String,
    "name": pl.String,
    "name_ru": pl.String,
    "name_en": pl.String,
    "country_code": pl.String,
    "origin": pl.String,
    "merged_into": pl.Int64,
}


class Names:
    """Known names and the model that finds the others.

    Attributes:
        entities: `ENTITY_SCHEMA`, the entities of the reference tables.
        aliases: ``entity_id`` and ``alias``, their spellings, names among them.
        person_ids: ``name`` and ``entity_id`` of the people of the tables.
        countries: the rows of dim_country.
        places: the rows of dim_place.
        things: spellings of entities that are no people.
        version: changes whenever the answers may: the rules', the model's and the
            tables'.
        model_version: of the trained model.
    """

    def __init__(self, model: bytes, tables: dict[str, pl.DataFrame]) -> None:
        """Read the model and the tables.

        Args:
            model: the trained model as it ships.
            tables: the reference tables ``countries``, ``blocs``, ``places``,
                ``entities``, ``aliases`` and ``offices``, every column a string.
        """
        trained = load_model(model)
        self.model_version = trained.version
        self.scorer = Scorer(trained)
        contents = "".join(tables[name].write_csv() for name in sorted(tables))
        self.version = f"{trained.version}+{VERSION}+{digests([contents])[0][:12]}"
        self.country_names = CountryNames(tables["countries"], tables["blocs"])
        self.offices = tables["offices"]
        self.entities, self.aliases = _entities(tables)
        people = self.aliases.join(
            self.entities.filter(entity_type="person").select("entity_id", "name"),
            on="entity_id",
            maintain_order="left",
        )
        self.people = KnownPeople(people)
        self.person_ids = self.entities.filter(entity_type="person").select(
            "name", "entity_id"
        )
        self.places = place_rows(tables["places"])
        self.countries = country_rows(tables["countries"])
        self.things = _things(self.entities, self.aliases)
        self.phrases = _phrases(self.entities, self.aliases)
        self.gazetteer = Gazetteer(self.phrases)
        # Looked for by themselves as well: a longer name («БҰҰ университеті») would
        # hide the union that it names.
        unions = _ids(tables["blocs"], "name_kk", "organisation").to_list()
        self.union_gazetteer = Gazetteer(
            self.phrases.filter(pl.col("entity_id").is_in(unions))
        )
        self.place_phrases = place_phrases(tables["places"], tables["blocs"])
        self.place_gazetteer = Gazetteer(self.place_phrases)


def country_rows(countries: pl.DataFrame) -> pl.DataFrame:
    """The rows of dim_country: names in three languages, region, entity_id."""
    return countries.select(
        "country_code",
        "name_kk",
        "name_ru",
        "name_en",
        "region",
        (pl.col("is_former") == "true").alias("is_former"),
        _ids(countries, "name_kk", "place"),
    )


def place_rows(places: pl.DataFrame) -> pl.DataFrame:
    """The rows of dim_place; a place's key is its entity's."""
    ids = _ids(places, "name_kk", "place")
    return places.select(
        ids.alias("place_id"),
        ids.alias("entity_id"),
        pl.col("name_kk").alias("name"),
        pl.lit(None, pl.String).alias("name_ru"),
        "kind",
        "country_code",
        pl.col("latitude").cast(pl.Float64),
        pl.col("longitude").cast(pl.Float64),
        pl.col("geonames_id").cast(pl.Int64),
        (pl.col("is_capital") == "true").alias("is_capital"),
    )


def _ids(table: pl.DataFrame, column: str, kind: str) -> pl.Series:
    return entity_ids(kind, table.select(name_key(pl.col(column))).to_series())


def _entities(tables: dict[str, pl.DataFrame]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Entities of all tables, and their spellings."""
    blank = pl.lit(None, pl.String)
    of_countries = tables["countries"].select(
        pl.lit("gpe").alias("entity_type"),
        pl.col("name_kk").alias("name"),
        "name_ru",
        "name_en",
        "country_code",
        blank.alias("merged_into"),
        pl.concat_str(
            "other_names", "abbreviations", separator=_LIST, ignore_nulls=True
        ).alias("spellings"),
    )
    of_places = tables["places"].select(
        pl.lit("gpe").alias("entity_type"),
        pl.col("name_kk").alias("name"),
        blank.alias("name_ru"),
        blank.alias("name_en"),
        "country_code",
        blank.alias("merged_into"),
        pl.col("other_names").alias("spellings"),
    )
    of_blocs = tables["blocs"].select(
        pl.col("kind")
        .replace_strict(_BLOC_TYPES, default="organisation")
        .alias("entity_type"),
        pl.col("name_kk").alias("name"),
        "name_ru",
        "name_en",
        blank.alias("country_code"),
        blank.alias("merged_into"),
        pl.concat_str(
            "other_names", "abbreviations", separator=_LIST, ignore_nulls=True
        ).alias("spellings"),
    )
    named = tables["entities"].select(
        "entity_type",
        "name",
        "name_ru",
        "name_en",
        "country_code",
        "merged_into",
        blank.alias("spellings"),
    )
    # Analysts' rows first: where two tables have a name, theirs counts.
    every = pl.concat([named, of_countries, of_blocs, of_places])
    kind = pl.col("entity_type").replace(KINDS)
    every = every.with_columns(kind=kind, key=name_key(pl.col("name")))
    entity_id = pl.concat(
        [
            part.select("kind", "key", entity_ids(part["kind"][0], part["key"]))
            for part in every.partition_by("kind", maintain_order=True)
        ]
    ).unique()
    every = every.join(entity_id, on=["kind", "key"], maintain_order="left").unique(
        "entity_id", keep="first", maintain_order=True
    )
    heads = every.select("kind", merged_into="name", head_id="entity_id")
    entities = every.join(
        heads, on=["kind", "merged_into"], how="left", maintain_order="left"
    )
    return (
        entities.select(
            "entity_id",
            "entity_type",
            "name",
            "name_ru",
            "name_en",
            "country_code",
            pl.lit("seed").alias("origin"),
            pl.col("head_id").alias("merged_into"),
        ),
        _aliases(entities, tables["aliases"]),
    )


def _aliases(entities: pl.DataFrame, aliases: pl.DataFrame) -> pl.DataFrame:
    """Spellings of entities: entity_id, alias; a merged one's are its head's too."""
    own = entities.select(
        pl.coalesce("head_id", "entity_id").alias("entity_id"),
        pl.concat_list(
            "name",
            "name_ru",
            "name_en",
            pl.col("spellings").fill_null("").str.split(_LIST),
        ).alias("alias"),
    ).explode("alias")
    kind = pl.col("entity_type").replace(KINDS)
    given = aliases.with_columns(kind=kind).join(
        entities.select(
            "kind", "name", pl.coalesce("head_id", "entity_id").alias("entity_id")
        ),
        on=["kind", "name"],
        maintain_order="left",
    )
    return (
        pl.concat([given.select("entity_id", "alias"), own])
        .filter(pl.col("alias").str.len_chars() > 0)
        .unique(maintain_order=True)
    )


def _things(entities: pl.DataFrame, aliases: pl.DataFrame) -> pl.DataFrame:
    """Spellings that mean one entity of a kind only: kind, key, entity_id, name."""
    return (
        aliases.join(
            entities.filter(pl.col("entity_type") != "person").select(
                "entity_id", "name", kind=pl.col("entity_type").replace(KINDS)
            ),
            on="entity_id",
            maintain_order="left",
        )
        .select("kind", name_key(pl.col("alias")).alias("key"), "entity_id", "name")
        .unique(["kind", "key", "entity_id"], maintain_order=True)
        .filter(pl.len().over("kind", "key") == 1)
    )


def _phrases(entities: pl.DataFrame, aliases: pl.DataFrame) -> pl.DataFrame:
    """What to look for besides countries and places.

    phrase, phrase_no, needs, entity_id, entity_type, name, country_code.
    """
    alias = pl.col("alias")
    is_lower = pl.col("entity_type").is_in(["organisation"]) & alias.str.contains(" ")
    return (
        aliases.join(
            entities.filter(~pl.col("entity_type").is_in(["gpe", "location"])).select(
                "entity_id", "entity_type", "name", "country_code"
            ),
            on="entity_id",
            maintain_order="left",
        )
        .with_row_index("phrase_no")
        .select(
            alias.alias("phrase"),
            "phrase_no",
            pl.when(alias.str.contains(_ABBREVIATION))
            .then(pl.lit("exact"))
            .when(is_lower)
            .then(pl.lit("any"))
            .otherwise(pl.lit("capital"))
            .alias("needs"),
            "entity_id",
            "entity_type",
            "name",
            "country_code",
        )
    )
