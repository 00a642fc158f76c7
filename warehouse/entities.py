"""Who and what articles name: the entities, their spellings, countries and places.

An entity comes from a reference table (origin ``seed``) or from the articles
themselves. What is learned is merged so that neither the order of articles nor the
size of batches shows; a reference table always wins.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from warehouse.references import align

if TYPE_CHECKING:
    import duckdb

#: Entities that articles refer to, from the mentions and role mentions given.
_REFERRED = """
    select entity_id from {mentions} where entity_id is not null
    union all
    select entity_id from {roles}
    union all
    select organisation_id from {roles} where organisation_id is not null
    union all
    -- Whom only a fix names.
    select speaker_id from {quotes} where speaker_id is not null and method = 'fix'
"""
_OF_ALL = _REFERRED.format(
    mentions="fact_mention", roles="fact_role_mention", quotes="fact_quote"
)
_OF_LOAD = _REFERRED.format(
    mentions="touched_mention", roles="touched_role", quotes="touched_quote"
)
#: Entities that stay though no reference table has them.
_STAYING = f"""
    {_OF_ALL}
    union all
    select entity_id from dim_country
    union all
    select entity_id from dim_place
"""


def merge_reference_entities(
    connection: duckdb.DuckDBPyConnection,
    entities: pl.DataFrame,
    aliases: pl.DataFrame,
    countries: pl.DataFrame,
    places: pl.DataFrame,
) -> None:
    """Bring what reference tables say of entities in line with them.

    Where nothing changed, nothing is written. A row that the tables have lost goes,
    unless articles refer to it; a lost spelling that articles use becomes a learned
    one.

    Args:
        connection: the warehouse, in a transaction.
        entities: the columns of dim_entity; origin may be left out. Countries, blocs
            and places are entities too and stand here as well.
        aliases: entity_id, alias.
        countries: the columns of dim_country.
        places: the columns of dim_place.
    """
    align(
        connection,
        "dim_country",
        "country_code",
        countries,
        staying="select country_code from bridge_article_country",
    )
    align(connection, "dim_place", "place_id", places, staying=_OF_ALL)
    align(
        connection,
        "dim_entity",
        "entity_id",
        entities.with_columns(origin=pl.lit("seed")),
        staying=_STAYING,
        scope="origin = 'seed'",
    )
    _align_aliases(connection, aliases)


def merge_names(
    connection: duckdb.DuckDBPyConnection,
    entities: pl.DataFrame,
    aliases: pl.DataFrame,
) -> None:
    """Add the entities and spellings that articles of the load have taught.

    An entity is kept if a mention or role mention of a touched article refers to it
    (or an entity kept is merged into it); a spelling if it is the normal_form of a
    mention of its entity. So records that add no version teach nothing. Of several
    rows of one entity the least of each column stays, and origin ``learned`` before
    ``article``; of names the greatest, which prefers Kazakh letters to Russian ones and
    those to Latin ones.

    Must run after `warehouse.load.merge_articles`, in its transaction.

    Args:
        connection: the warehouse, in a transaction.
        entities: the columns of dim_entity, origin ``learned`` or ``article``; rows
            with origin ``seed`` are passed over.
        aliases: entity_id, alias.
    """
    if not entities.is_empty():
        _learn_entities(connection, entities)
    if not aliases.is_empty():
        connection.register("new_alias", aliases.to_arrow())
        connection.execute(
            """
            insert into dim_entity_alias by name
            select distinct
                new_alias.entity_id,
                new_alias.alias,
                'learned' as origin
            from new_alias
            semi join touched_mention
                on
                    new_alias.entity_id = touched_mention.entity_id
                    and new_alias.alias = touched_mention.normal_form
            anti join dim_entity_alias
                on
                    new_alias.entity_id = dim_entity_alias.entity_id
                    and new_alias.alias = dim_entity_alias.alias
            """
        )
        connection.unregister("new_alias")


def drop_unmentioned(connection: duckdb.DuckDBPyConnection) -> None:
    """Remove learned entities and spellings that no article refers to any more."""
    connection.execute(
        """
        delete from dim_entity_alias
        where origin = 'learned' and not exists (
            select 1 from fact_mention
            where
                fact_mention.entity_id = dim_entity_alias.entity_id
                and fact_mention.normal_form = dim_entity_alias.alias
        )
        """
    )
    connection.execute(
        f"""
        delete from dim_entity
        where origin <> 'seed' and entity_id not in (
            with staying as ({_STAYING})

            select entity_id from staying
            union all
            select merged_into from dim_entity
            where
                merged_into is not null
                and (
                    origin = 'seed'
                    or entity_id in (select staying.entity_id from staying)
                )
        )
        """
    )


def _learn_entities(
    connection: duckdb.DuckDBPyConnection, entities: pl.DataFrame
) -> None:
    connection.register("new_entity", entities.to_arrow())
    connection.execute(
        f"""
        create or replace temporary table learned_entity as
        with touched_role as (
            select * from fact_role_mention
            where article_id in (select touched_article.article_id from touched_article)
        ),

        touched_quote as (
            select * from fact_quote
            where article_id in (select touched_article.article_id from touched_article)
        ),

        referred as ({_OF_LOAD}),

        taught as (select * from new_entity where origin <> 'seed'),

        kept as (
            select entity_id from taught
            where entity_id in (select referred.entity_id from referred)
            union all
            select merged_into from taught
            where entity_id in (select referred.entity_id from referred)
        )

        select
            entity_id,
            min(entity_type) as entity_type,
            max(name) as name,
            min(name_ru) as name_ru,
            min(name_en) as name_en,
            min(country_code) as country_code,
            max(origin) as origin,
            min(merged_into) as merged_into
        from taught
        where entity_id in (select kept.entity_id from kept)
        group by entity_id
        """
    )
    connection.unregister("new_entity")
    merged = """
        select
            dim_entity.entity_id,
            least(dim_entity.entity_type, learned_entity.entity_type) as entity_type,
            greatest(dim_entity.name, learned_entity.name) as name,
            least(dim_entity.name_ru, learned_entity.name_ru) as name_ru,
            least(dim_entity.name_en, learned_entity.name_en) as name_en,
            least(dim_entity.country_code, learned_entity.country_code) as country_code,
            greatest(dim_entity.origin, learned_entity.origin) as origin,
            least(dim_entity.merged_into, learned_entity.merged_into) as merged_into
        from dim_entity
        inner join learned_entity on dim_entity.entity_id = learned_entity.entity_id
        where dim_entity.origin <> 'seed'
    """
    connection.execute(
        f"""
        update dim_entity
        set
            entity_type = merged.entity_type,
            name = merged.name,
            name_ru = merged.name_ru,
            name_en = merged.name_en,
            country_code = merged.country_code,
            origin = merged.origin,
            merged_into = merged.merged_into
        from (
            {merged}
            except
            select dim_entity.* from dim_entity
            semi join learned_entity on dim_entity.entity_id = learned_entity.entity_id
        ) as merged
        where dim_entity.entity_id = merged.entity_id
        """
    )
    connection.execute(
        """
        insert into dim_entity by name
        select learned_entity.* from learned_entity
        anti join dim_entity on learned_entity.entity_id = dim_entity.entity_id
        """
    )
    connection.execute("drop table learned_entity")


def _align_aliases(
    connection: duckdb.DuckDBPyConnection, aliases: pl.DataFrame
) -> None:
    known = "(select entity_id, alias from dim_entity_alias where origin = 'seed')"
    connection.register(
        "new_alias", aliases.select("entity_id", "alias").unique().to_arrow()
    )
    changed = connection.execute(
        f"""
        select
            exists (from new_alias except from {known})
            or exists (from {known} except from new_alias)
        """
    ).fetchone()
    if changed and changed[0]:
        connection.execute(
            f"""
            create or replace temporary table lost_alias as
            select distinct lost.entity_id, lost.alias
            from (from {known} except from new_alias) as lost
            semi join fact_mention
                on
                    lost.entity_id = fact_mention.entity_id
                    and lost.alias = fact_mention.normal_form
            """
        )
        connection.execute(
            """
            delete from dim_entity_alias
            where
                origin = 'seed'
                or (entity_id, alias) in (
                    select (new_alias.entity_id, new_alias.alias) from new_alias
                )
            """
        )
        connection.execute(
            """
            insert into dim_entity_alias by name
            select *, 'seed' as origin from new_alias
            union all by name
            select *, 'learned' as origin from lost_alias
            """
        )
        connection.execute("drop table lost_alias")
    connection.unregister("new_alias")
