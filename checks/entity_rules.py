"""Table rules on entities, their spellings, countries and places: every row."""

from __future__ import annotations

from checks import codes
from checks.rule import Owner, Rule, Severity, one_of, table_rule

_ENTITIES = (
    table_rule(
        "dim_entity",
        "entity_values_valid",
        "an entity has a name, a known class and a known origin",
        f"""
        select entity_id, entity_type, name, origin from dim_entity where not (
            trim(name) <> ''
            and {one_of("entity_type", codes.ENTITY_TYPES)}
            and {one_of("origin", codes.ENTITY_ORIGINS)}
        )
        """,
    ),
    table_rule(
        "dim_entity",
        "entity_merged_into_resolves",
        "an entity is merged into another one that stands for itself",
        """
        select entity_id, name, merged_into from dim_entity
        where merged_into is not null and merged_into not in (
            select entity_id from dim_entity where merged_into is null
        )
        """,
        remedy="Correct merged_into in seeds/entities.csv and run again.",
        owner=Owner.REFERENCES,
    ),
    table_rule(
        "dim_entity",
        "entity_country_resolves",
        "the country of an entity is in dim_country",
        """
        select entity_id, name, country_code from dim_entity
        where country_code is not null
            and country_code not in (select country_code from dim_country)
        """,
        remedy="Correct country_code in seeds/entities.csv, or add the country.",
        owner=Owner.REFERENCES,
        severity=Severity.WARNING,
    ),
    table_rule(
        "dim_entity_alias",
        "alias_values_valid",
        "a spelling is not empty and has a known origin",
        f"""
        select entity_id, alias, origin from dim_entity_alias where not (
            trim(alias) <> '' and {one_of("origin", codes.ALIAS_ORIGINS)}
        )
        """,
    ),
)

_PLACES = (
    table_rule(
        "dim_country",
        "country_valid",
        "a country stands once, by its code and by its entity, which exists",
        """
        with listed as (
            select country_code, name_kk, entity_id,
                count(*) over (partition by country_code) as same_code,
                count(*) over (partition by entity_id) as same_entity
            from dim_country
        )
        select * from listed
        where same_code > 1
            or same_entity > 1
            or not regexp_full_match(country_code, '[A-Z]{2}')
            or entity_id not in (select entity_id from dim_entity)
        """,
        remedy="Correct seeds/countries.csv and run again.",
        owner=Owner.REFERENCES,
    ),
    table_rule(
        "dim_place",
        "place_unique",
        "a place stands once, by its own entity",
        """
        with listed as (
            select place_id, entity_id, name, count(*) over (partition by place_id)
                as copies
            from dim_place
        )
        select * from listed where copies > 1 or place_id <> entity_id
        """,
        remedy="Correct seeds/places.csv and run again.",
        owner=Owner.REFERENCES,
    ),
    table_rule(
        "dim_place",
        "place_valid",
        "entity and country of a place exist, and its coordinates are on the globe",
        """
        select place_id, name, country_code, latitude, longitude from dim_place
        where entity_id not in (select entity_id from dim_entity)
            or (
                country_code is not null
                and country_code not in (select country_code from dim_country)
            )
            or not latitude between -90 and 90
            or not longitude between -180 and 180
            or (latitude is null) <> (longitude is null)
        """,
        remedy="Correct seeds/places.csv and run again.",
        owner=Owner.REFERENCES,
    ),
)

ENTITY_RULES: tuple[Rule, ...] = (*_ENTITIES, *_PLACES)
