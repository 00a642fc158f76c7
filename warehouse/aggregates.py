"""The agg_* tables: narrow rows of current versions that reports count.

Each row belongs to one article and repeats its source, day, story and role, so that a
report joins nothing to filter and count. What they hold is a pure function of the
facts: the rows of articles that a load touched are made anew, with those that were
linked anew and the rest of their stories, and no others.
"""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

from warehouse.few_rows import few_rows

if TYPE_CHECKING:
    import duckdb

#: In the order in which they are made: the mentions of quotations need the quotations.
AGGREGATES = (
    "agg_article",
    "agg_country",
    "agg_amount",
    "agg_quote",
    "agg_quote_mention",
)

#: What stands for the rows of ``aggregated_article`` in a table, which is thus looked
#: through once; the quotations are those of agg_quote, when it has been made.
_ROWS = {
    "aggregated_mention": "fact_mention",
    "aggregated_quote": "fact_quote",
    "aggregated_amount": "fact_amount",
    "aggregated_role_mention": "fact_role_mention",
    "aggregated_country": "bridge_article_country",
}
_ROWS_MADE = {"agg_quote": "aggregated_quotation"}

#: What the rows take from dimensions that an article's own tables do not show.
_ENTITIES = """
    select
        dim_entity.entity_id,
        coalesce(dim_entity.merged_into, dim_entity.entity_id) as named_id,
        coalesce(dim_country.country_code, dim_place.country_code) as country_code
    from dim_entity
    left join dim_country on dim_entity.entity_id = dim_country.entity_id
    left join dim_place on dim_entity.entity_id = dim_place.entity_id
"""


def note_entities(connection: duckdb.DuckDBPyConnection) -> None:
    """Remember who is merged into whom, before reference tables change that.

    Leaves the temporary table ``entity_before`` for `refresh_aggregates`.

    Args:
        connection: the warehouse, in a transaction.
    """
    connection.execute(
        f"create or replace temporary table entity_before as {_ENTITIES}"
    )


def begin_relinked(connection: duckdb.DuckDBPyConnection) -> None:
    """Lay the temporary table ``relinked_article`` (article_id), without rows."""
    connection.execute(
        "create or replace temporary table relinked_article (article_id bigint)"
    )


def refresh_aggregates(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the rows of articles anew that a load, a reprocess or a removal changed.

    Called last in the transaction, before the rules look at it. Takes the temporary
    tables ``touched_article`` and, where there are any, ``relinked_article``, of
    articles whose role or story was looked at, and ``entity_before``.

    Args:
        connection: the warehouse, in a transaction.
    """
    connection.execute(
        "create temporary table if not exists relinked_article (article_id bigint)"
    )
    connection.execute(
        """
        create or replace temporary table changed_article as
        select article_id from touched_article
        union
        select article_id from relinked_article
        """
    )
    _add_of_changed_entities(connection)
    _add_rest_of_stories(connection)
    changed = "article_id in (select changed_article.article_id from changed_article)"
    _stage(connection, changed)
    for table in AGGREGATES:
        connection.execute(f"delete from {table} where {changed}")
    _insert(connection, changed)
    for table in ("changed_article", "relinked_article", "entity_before"):
        connection.execute(f"drop table if exists temp.{table}")


def rebuild_aggregates(connection: duckdb.DuckDBPyConnection) -> None:
    """Make every row of the tables from scratch.

    Args:
        connection: the warehouse, in a transaction or not.
    """
    _stage(connection, "true")
    for table in AGGREGATES:
        connection.execute(f"truncate {table}")
    _insert(connection, None)


def aggregate_statements() -> dict[str, str]:
    """Table to the SQL of its rows, of the articles in ``aggregated_article``.

    ``aggregated_mention`` stands for their rows of fact_mention, and so for others.
    """
    folder = resources.files("warehouse") / "aggregate_rows"
    return {
        table: (folder / f"{table}.sql").read_text(encoding="utf-8")
        for table in AGGREGATES
    }


def _stage(connection: duckdb.DuckDBPyConnection, condition: str) -> None:
    """Lay the temporary table ``aggregated_article`` of current versions."""
    connection.execute(
        f"""
        create or replace temporary table aggregated_article as
        select
            article_id,
            version,
            source_id,
            published_date,
            published_precision,
            coalesce(story_id, article_id) as story_id,
            duplicate_role,
            duplicate_of,
            file_id
        from fact_article
        where is_current and {condition}
        """
    )


def _insert(connection: duckdb.DuckDBPyConnection, changed: str | None) -> None:
    """Make the rows of ``aggregated_article``; all rows where nothing says which."""
    kind = "view" if changed is None else "table"
    laid = []

    def lay(name: str, table: str) -> None:
        where = few_rows(connection, table, changed) if changed else "true"
        connection.execute(
            f"create or replace temporary {kind} {name} as "
            f"select * from {table} where {where}"
        )
        laid.append(name)

    for name, table in _ROWS.items():
        lay(name, table)
    for table, rows in aggregate_statements().items():
        connection.execute(f"insert into {table} by name {rows}")
        if table in _ROWS_MADE:
            lay(_ROWS_MADE[table], table)
    for name in laid:
        connection.execute(f"drop {kind} temp.{name}")
    connection.execute("drop table aggregated_article")


def _add_of_changed_entities(connection: duckdb.DuckDBPyConnection) -> None:
    """Add the articles that name whoever was merged, or placed, otherwise."""
    noted = connection.execute(
        "select exists (from duckdb_tables() where temporary "
        "and table_name = 'entity_before')"
    ).fetchone()
    if not noted or not noted[0]:
        return
    connection.execute(
        f"""
        create or replace temporary table changed_entity as
        select entity_before.entity_id
        from entity_before
        inner join ({_ENTITIES}) as entity_now
            on entity_before.entity_id = entity_now.entity_id
        where
            entity_before.named_id <> entity_now.named_id
            or entity_before.country_code is distinct from entity_now.country_code
        """
    )
    changed = connection.execute("select exists (from changed_entity)").fetchone()
    if changed and changed[0]:
        connection.execute(
            """
            insert into changed_article
            with naming as (
                select article_id, entity_id from fact_mention
                union all
                select article_id, entity_id from fact_role_mention
                union all
                select article_id, speaker_id as entity_id from fact_quote
            )

            select distinct naming.article_id
            from naming
            semi join changed_entity on naming.entity_id = changed_entity.entity_id
            """
        )
    connection.execute("drop table changed_entity")


def _add_rest_of_stories(connection: duckdb.DuckDBPyConnection) -> None:
    """Add those that are, or were when their rows were made, of the same story."""
    connection.execute(
        """
        insert into changed_article
        with story as (
            select story_id from fact_article
            where
                is_current
                and story_id is not null
                and article_id in (
                    select changed_article.article_id from changed_article
                )
            union
            select story_id from agg_article
            where
                article_id in (select changed_article.article_id from changed_article)
        )

        select article_id from fact_article
        where is_current and story_id in (select story.story_id from story)
        """
    )
