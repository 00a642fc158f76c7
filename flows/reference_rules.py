"""What every reference table must hold, row by row and across the tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from checks.codes import MEASURES
from checks.rules import RULES
from checks.waivers import NEVER_WAIVED, can_be_of_an_outlet

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    #: Every table by its name, workspace rows first.
    Tables = Mapping[str, pl.DataFrame]
    #: What is wrong, in words, to the rows that have it.
    Faults = dict[str, pl.Expr]

#: The classes of KazNERD whose mentions name something that has an entity.
ENTITY_TYPES = (
    "person",
    "organisation",
    "gpe",
    "location",
    "facility",
    "norp",
    "event",
    "law",
    "product",
    "project",
    "art",
    "language",
    "disease",
    "non_human",
    "adage",
    "misc",
)
#: Classes that share their names: a town is one place, whatever a sentence makes of it.
PLACE_TYPES = ("gpe", "location", "facility")
BLOC_KINDS = ("organisation", "union", "region")
PLACE_KINDS = ("city", "region")
UNIT_KINDS = ("money", "percent", "quantity", "duration")
QUAD_CLASSES = (
    "verbal_cooperation",
    "material_cooperation",
    "verbal_conflict",
    "material_conflict",
)
#: How those who take part in an event are named; see `transforms.events.frames`.
EVENT_FRAMES = (
    "two",
    "received",
    "guest",
    "summit",
    "sides",
    "speaker",
    "decider",
    "named",
    "giver",
    "accuser",
    "scene",
    "honoured",
)
LONGEST_TEXT = 200
MOST_WEIGHT = 5
_TOPIC = "[a-z][a-z_]*"
_DATE = r"^\d{4}-\d{2}-\d{2}$"
_BETWEEN = "\x1f"


@dataclass(frozen=True)
class Table:
    """One reference table.

    Attributes:
        key: columns that make a row's key; a workspace row replaces the packaged row
            with the same key. An empty cell is a value like any other.
        required: columns that must not be empty.
        rules: the table's own faults, with every table at hand.
        is_copied: whether a new workspace begins with a copy instead of the header.
    """

    key: tuple[str, ...]
    required: tuple[str, ...]
    rules: Callable[[Tables], Faults]
    is_copied: bool = False


def faults(name: str, tables: Tables) -> Faults:
    """Everything that can be wrong with one table, the simplest faults first.

    Args:
        name: the table, a key of ``TABLES``.
        tables: every table, all columns strings, empty cells null.
    """
    table = TABLES[name]
    cells = pl.col(tables[name].columns).exclude("file", "line")
    return {
        f"{table.required} must not be empty": pl.any_horizontal(
            pl.col(column).is_null() for column in table.required
        ),
        f"a second row with the same {table.key}": ~pl.struct(
            table.key
        ).is_first_distinct(),
        "a control character (tab, line break) in a cell": pl.concat_str(
            cells, ignore_nulls=True
        ).str.contains(r"\p{Cc}"),
        f"a text of more than {LONGEST_TEXT} characters": pl.any_horizontal(
            # A cell with semicolons is a list, and may be longer.
            (cells.str.len_chars() > LONGEST_TEXT)
            & ~cells.str.contains(";", literal=True)
        ),
        **table.rules(tables),
    }


def _outlets(tables: Tables) -> Faults:
    return _dates("valid_from") | _country(tables)


def _no_rules(_: Tables) -> Faults:
    return {}


def _countries(_: Tables) -> Faults:
    return {
        "country_code must be two capital letters": _is_not("country_code", "[A-Z]{2}"),
        "is_former must be true or false": _is_not("is_former", "true|false"),
        "a second country of this name_kk": pl.col("name_kk").is_duplicated(),
    }


def _blocs(_: Tables) -> Faults:
    return _one_of("kind", BLOC_KINDS) | {
        "a second bloc of this name_kk": pl.col("name_kk").is_duplicated()
    }


def _places(tables: Tables) -> Faults:
    return (
        _country(tables)
        | _one_of("kind", PLACE_KINDS)
        | {
            f"{column} must be a number from -{most} to {most}": pl.col(
                column
            ).is_not_null()
            & ~pl.col(column)
            .cast(pl.Float64, strict=False)
            .is_between(-most, most)
            .fill_null(value=False)
            for column, most in (("latitude", 90), ("longitude", 180))
        }
        | {
            "geonames_id must be a whole number": _is_not("geonames_id", r"\d+"),
            "is_capital must be true or false": _is_not("is_capital", "true|false"),
        }
    )


def _entities(tables: Tables) -> Faults:
    entities = tables["entities"]
    merged = entities.filter(pl.col("merged_into").is_not_null())
    target = _named("entity_type", "merged_into")
    name = _named("entity_type", "name")
    return (
        _one_of("entity_type", ENTITY_TYPES)
        | _country(tables)
        | {
            "a second row for the same entity": name.str.to_lowercase().is_duplicated(),
            "this name stands in blocs.csv, countries.csv or places.csv already; "
            "change it there": name.is_in(_geographic_names(tables).implode()),
            "merged_into must be the name of another entity of this type": (
                (target == name)
                | ~target.is_in(_all_names(tables).implode())
                & pl.col("merged_into").is_not_null()
            ),
            "merged_into must be the name of an entity that is not merged itself": (
                target.is_in(merged.select(name).to_series().implode())
            ),
        }
    )


def _aliases(tables: Tables) -> Faults:
    names = _all_names(tables)
    alias, name = _named("entity_type", "alias"), _named("entity_type", "name")
    return _one_of("entity_type", ENTITY_TYPES) | {
        "name must stand in entities.csv with this entity_type, or be a name_kk of "
        "blocs.csv, countries.csv or places.csv": ~name.is_in(names.implode()),
        "alias is the name of another entity; use its merged_into": (
            (alias != name) & alias.is_in(names.implode())
        ),
    }


def _offices(tables: Tables) -> Faults:
    persons = tables["entities"].filter(entity_type="person")["name"]
    start = pl.col("valid_from").fill_null("0000")
    end = pl.col("valid_to").fill_null("9999")
    office = ["role", "country_code"]
    last_end = end.cum_max().shift(1).over(office, order_by=start)
    next_start = start.shift(-1).over(office, order_by=start)
    return (
        _country(tables)
        | _dates("valid_from")
        | _dates("valid_to")
        | {
            "valid_to must not be before valid_from": pl.col("valid_to")
            < pl.col("valid_from"),
            "person must be the name of a person in entities.csv": ~pl.col(
                "person"
            ).is_in(persons.implode()),
            "two persons hold one office on one day; valid_to is the last day, and a "
            "packaged row ends by a copy of it with a valid_to": (
                (last_end >= start) | (end >= next_start)
            ).fill_null(value=False),
        }
    )


def _topics(tables: Tables) -> Faults:
    topics = tables["topics"]
    firsts = topics.filter(pl.col("parent_code").is_null())["topic_code"]
    return {
        "topic_code must be small Latin letters, with one dot on the second level, "
        "like energy.oil_gas": _is_not("topic_code", rf"{_TOPIC}(?:\.{_TOPIC})?"),
        "parent_code must be the part of topic_code before the dot, and empty where "
        "there is none": pl.col("parent_code").ne_missing(
            pl.col("topic_code").str.extract(r"^([^.]*)\.")
        ),
        "parent_code must be the topic_code of another row": ~pl.col(
            "parent_code"
        ).is_in(firsts.implode()),
    } | {
        f"a second topic of this {name}": pl.col(name).is_duplicated()
        for name in ("name_kk", "name_ru", "name_en")
    }


def _topic_terms(tables: Tables) -> Faults:
    codes = tables["topics"]["topic_code"]
    weight = pl.col("weight").cast(pl.Int64, strict=False)
    folded = pl.concat_str(
        pl.col("topic_code"), pl.col("term").str.to_lowercase(), separator=_BETWEEN
    )
    return {
        "topic_code must stand in topics.csv": ~pl.col("topic_code").is_in(
            codes.implode()
        ),
        f"weight must be a whole number from -{MOST_WEIGHT} to {MOST_WEIGHT}": (
            _is_not("weight", r"-?\d")
            | ~weight.is_between(-MOST_WEIGHT, MOST_WEIGHT).fill_null(value=False)
        ),
        "term must have a letter": ~pl.col("term").str.contains(r"\p{L}"),
        "a second row for the same term": folded.is_duplicated(),
    }


def _units(tables: Tables) -> Faults:
    words = pl.col("words").str.to_lowercase().str.split(";")
    listed = tables["units"].select("unit_code", word=words).explode("word")
    named = listed.drop_nulls().unique().filter(pl.col("word").is_duplicated())
    is_money = pl.col("kind") == "money"
    return _one_of("kind", UNIT_KINDS) | {
        "currency_code must be the unit_code of money, and empty elsewhere": (
            (is_money & pl.col("currency_code").ne_missing(pl.col("unit_code")))
            | (~is_money & pl.col("currency_code").is_not_null())
        ),
        "unit_code of money must be three capital letters (ISO 4217)": (
            is_money & _is_not("unit_code", "[A-Z]{3}")
        ),
        "factor must be a number above 0, and stand with a base_code": (
            (
                pl.col("factor").is_not_null()
                & ~(pl.col("factor").cast(pl.Float64, strict=False) > 0).fill_null(
                    value=False
                )
            )
            | (pl.col("factor").is_null() != pl.col("base_code").is_null())
        ),
        "one of the words stands for another unit too": (
            words.list.set_intersection(named["word"].unique().implode())
            .list.len()
            .fill_null(0)
            > 0
        ),
    }


def _event_types(_: Tables) -> Faults:
    return _one_of("quad_class", QUAD_CLASSES) | {
        "event_type must be small Latin letters, like trade_agreement": _is_not(
            "event_type", "[a-z][a-z_]*"
        ),
        "cameo_code must be two to four digits": _is_not("cameo_code", r"\d{2,4}"),
    }


def _event_triggers(tables: Tables) -> Faults:
    return _one_of("actors", EVENT_FRAMES) | {
        "event_type must stand in event_types.csv": ~pl.col("event_type").is_in(
            tables["event_types"]["event_type"].implode()
        ),
        "noun and verb must not both be empty": pl.col("noun").is_null()
        & pl.col("verb").is_null(),
        "noun and verb must be small letters": pl.concat_str(
            "noun", "verb", ignore_nulls=True
        ).str.contains(r"[^\p{Ll} -]"),
    }


def _incidents(tables: Tables) -> Faults:
    codes = tables["outlets"]["source_code"]
    return (
        _dates("from_date")
        | _dates("to_date")
        | {
            "to_date must not be before from_date": pl.col("to_date")
            < pl.col("from_date"),
            "source_code must stand in outlets.csv": ~pl.col("source_code").is_in(
                codes.implode()
            ),
        }
        | _one_of("measure", MEASURES)
    )


def _waivers(tables: Tables) -> Faults:
    codes = tables["outlets"]["source_code"]
    has_source = pl.col("source_code").is_not_null()
    of_records = [rule_id for rule_id in RULES if can_be_of_an_outlet(rule_id)]
    return _dates("until") | {
        "rule_id must be the name of a rule; `docs/rules.md` lists them": ~pl.col(
            "rule_id"
        ).is_in(list(RULES)),
        "without this rule inputs are lost, so it cannot be waived": pl.col(
            "rule_id"
        ).is_in(sorted(NEVER_WAIVED)),
        "source_code must stand in outlets.csv": has_source
        & ~pl.col("source_code").is_in(codes.implode()),
        "only a rule on records or batches can be waived for one outlet; leave "
        "source_code empty": has_source & ~pl.col("rule_id").is_in(of_records),
    }


def _is_not(column: str, pattern: str) -> pl.Expr:
    return ~pl.col(column).str.contains(f"^(?:{pattern})$")


def _one_of(column: str, values: tuple[str, ...]) -> Faults:
    return {
        f"{column} must be one of {', '.join(values)}": ~pl.col(column).is_in(values)
    }


def _dates(column: str) -> Faults:
    day = pl.col(column).str.to_date("%Y-%m-%d", strict=False)
    return {
        f"{column} must be a date like 2026-01-31": pl.col(column).is_not_null()
        & (day.is_null() | ~pl.col(column).str.contains(_DATE))
    }


def _country(tables: Tables) -> Faults:
    codes = tables["countries"]["country_code"]
    return {
        "country_code must stand in countries.csv (two capital letters)": ~pl.col(
            "country_code"
        ).is_in(codes.implode())
    }


def _named(entity_type: str, name: str) -> pl.Expr:
    """What a name is known by: the kind of thing and the name; null stays null."""
    kind = (
        pl.when(pl.col(entity_type).is_in(PLACE_TYPES))
        .then(pl.lit("place"))
        .otherwise(pl.col(entity_type))
    )
    return pl.concat_str(kind, pl.col(name), separator=_BETWEEN)


def _geographic_names(tables: Tables) -> pl.Series:
    """Names of the three tables of geography, as what they may be mentioned as."""
    blocs = tables["blocs"]
    unions = blocs.filter(pl.col("kind") != "region")
    names = [
        ("organisation", unions),
        ("place", blocs),
        ("place", tables["countries"]),
        ("place", tables["places"]),
    ]
    return pl.concat([f"{kind}{_BETWEEN}" + table["name_kk"] for kind, table in names])


def _all_names(tables: Tables) -> pl.Series:
    entities = tables["entities"].select(_named("entity_type", "name")).to_series()
    return pl.concat([entities, _geographic_names(tables)])


TABLES = {
    "outlets": Table(
        ("source_code", "valid_from"), ("source_code", "name"), _outlets, is_copied=True
    ),
    "field_names": Table(
        ("field_name",), ("field_name", "field"), _no_rules, is_copied=True
    ),
    "countries": Table(
        ("country_code",),
        ("country_code", "name_kk", "name_ru", "name_en"),
        _countries,
    ),
    "blocs": Table(("bloc_code",), ("bloc_code", "name_kk", "kind"), _blocs),
    "places": Table(
        ("name_kk", "country_code", "kind"),
        ("name_kk", "country_code", "kind"),
        _places,
    ),
    "entities": Table(("entity_type", "name"), ("entity_type", "name"), _entities),
    "aliases": Table(("alias", "entity_type"), ("alias", "entity_type"), _aliases),
    "offices": Table(
        ("role", "country_code", "valid_from"),
        ("role", "country_code", "person"),
        _offices,
    ),
    "topics": Table(
        ("topic_code",), ("topic_code", "name_kk", "name_ru", "name_en"), _topics
    ),
    "topic_terms": Table(
        ("topic_code", "term"), ("topic_code", "term", "weight"), _topic_terms
    ),
    "units": Table(
        ("unit_code",),
        ("unit_code", "kind", "name_kk", "name_ru", "name_en"),
        _units,
    ),
    "event_types": Table(
        ("event_type",), ("event_type", "name_kk", "name_ru", "name_en"), _event_types
    ),
    "incidents": Table(
        ("from_date", "to_date", "source_code", "measure"),
        ("from_date", "to_date", "reason"),
        _incidents,
    ),
    "waivers": Table(
        ("rule_id", "source_code"), ("rule_id", "until", "reason", "who"), _waivers
    ),
    "event_triggers": Table(
        ("event_type", "noun", "verb"), ("event_type", "actors"), _event_triggers
    ),
}
