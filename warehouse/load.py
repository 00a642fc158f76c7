"""The load: one transaction that merges a batch into the facts and dimensions.

Called in this order, between the caller's ``begin`` and ``commit``: `merge_sources`
here and `warehouse.entities.merge_reference_entities`, `merge_articles` here, then
`warehouse.entities.merge_names`, `warehouse.roles.rebuild_roles` and those of
`warehouse.lineage`; then the table rules look at the result, and `warehouse.audit`
writes the load's own row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from warehouse.calendar import ensure_days
from warehouse.few_rows import few_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb
    import polars as pl

#: Tables keyed by (article_id, version) follow when versions are numbered anew.
_VERSIONED_TABLES = """
    select table_name
    from duckdb_columns()
    where
        not internal
        and database_name = current_database()
        and column_name in ('article_id', 'version')
        and table_name not in (
            select duckdb_views.view_name from duckdb_views()
        )
        and table_name not in ('fact_article')
        and table_name not like 'incoming%'
        and table_name not like 'numbering%'
    group by table_name
    having count(*) = 2
    order by table_name
"""

#: Versions are in the order of the times that their source gave, corrected or not.
_IS_OF_TIME = "state = 'applied' and field in ('published_at', 'published_date')"
_FOUND_AT = "any_value(try_cast(split_part(found_value, ' ', 1) as timestamp))"


def merge_sources(
    connection: duckdb.DuckDBPyConnection,
    sources: pl.DataFrame,
    history: pl.DataFrame,
) -> None:
    """Bring dim_source and dim_source_history in line with the reference table.

    An outlet that articles refer to stays, even if the table has lost it.

    Args:
        connection: the warehouse, in a transaction.
        sources: the columns of dim_source.
        history: the columns of dim_source_history.
    """
    connection.register("new_sources", sources.to_arrow())
    connection.register("new_history", history.to_arrow())
    changed = connection.execute(
        """
        select
            exists (from new_sources except from dim_source)
            or exists (from new_history except from dim_source_history)
        """
    ).fetchone()
    if changed and changed[0]:
        for table, rows in (
            ("dim_source", "new_sources"),
            ("dim_source_history", "new_history"),
        ):
            connection.execute(
                f"delete from {table} where source_id in "
                f"(select {rows}.source_id from {rows})"
            )
            connection.execute(f"insert into {table} by name select * from {rows}")
    connection.unregister("new_sources")
    connection.unregister("new_history")


def known_versions(
    connection: duckdb.DuckDBPyConnection, articles: pl.DataFrame
) -> pl.DataFrame:
    """Those of the records that the warehouse has already: column row_id.

    Args:
        connection: the warehouse.
        articles: row_id, article_id, record_hash.
    """
    connection.register(
        "asked_article",
        articles.select("row_id", "article_id", "record_hash").to_arrow(),
    )
    known = connection.execute(
        """
        select asked_article.row_id
        from asked_article
        semi join fact_article
            on
                asked_article.article_id = fact_article.article_id
                and asked_article.record_hash = fact_article.record_hash
        """
    ).pl()
    connection.unregister("asked_article")
    return known


def merge_articles(  # noqa: PLR0913 - one by keyword
    connection: duckdb.DuckDBPyConnection,
    articles: pl.DataFrame,
    details: Mapping[str, pl.DataFrame],
    steps: dict[str, str],
    load_id: str,
    *,
    is_replacing: bool = False,
) -> tuple[int, int]:
    """Add the versions that the warehouse has not got, and number them.

    A record with the hash of a known version of its article adds nothing. Versions
    are ordered by modified_at, published_at (as found, before corrections), arrived_at
    and content, whatever the order in which they come: known ones are numbered anew
    where a new one precedes them, in every table that carries (article_id, version).

    Args:
        connection: the warehouse, in a transaction.
        articles: the columns of fact_article but version, is_current, the story and
            duplicate columns and load_id, and ``row_id``, a number unique in the batch.
        details: table to its rows of these articles, in the order in which they are
            stored: row_id and the table's columns but article_id and version. Rows of
            articles that add nothing are left out.
        steps: step name to its version, written for every new version.
        load_id: the load.
        is_replacing: number the articles anew, too, that `warehouse.replacing` has
            taken versions of.

    Returns:
        How many versions were added and how many records were known already.

    Leaves the temporary tables ``touched_article``, the articles that have a new
    version, and ``touched_mention``, their rows of fact_mention, for the next steps and
    the table rules.
    """
    _stage_articles(connection, articles, details.get("fact_correction"))
    if is_replacing:
        connection.execute(
            "insert into touched_article select article_id from replaced_version "
            "except select article_id from touched_article"
        )
    _number_versions(connection)
    _renumber_known(connection)
    _insert_articles(connection, load_id)
    insert_details(connection, details)
    _insert_steps(connection, steps)
    added = _count(connection, "numbering where row_id is not null")
    connection.execute("drop table numbering")
    connection.unregister("incoming")
    note_touched_mentions(connection)
    return added, articles.height - added


def note_touched_mentions(connection: duckdb.DuckDBPyConnection) -> None:
    """Lay the temporary table ``touched_mention`` beside ``touched_article``."""
    touched = few_rows(
        connection,
        "fact_mention",
        "article_id in (select touched_article.article_id from touched_article)",
    )
    connection.execute(
        "create or replace temporary table touched_mention as "
        f"select * from fact_mention where {touched}"
    )


def versioned_tables(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Tables, fact_article apart, whose rows are of an article version."""
    return [row[0] for row in connection.execute(_VERSIONED_TABLES).fetchall()]


def _stage_articles(
    connection: duckdb.DuckDBPyConnection,
    articles: pl.DataFrame,
    corrections: pl.DataFrame | None,
) -> None:
    """New versions only, each once, and the articles that they touch."""
    connection.register("incoming", articles.to_arrow())
    connection.execute(
        "create or replace temporary table found_time (row_id integer, found_at "
        "timestamp)"
    )
    if corrections is not None and corrections.height:
        connection.register("corrections", corrections.to_arrow())
        connection.execute(
            f"insert into found_time select row_id, {_FOUND_AT} from corrections "
            f"where {_IS_OF_TIME} group by row_id"
        )
        connection.unregister("corrections")
    connection.execute(
        """
        create or replace temporary table incoming_version as
        select
            row_id,
            article_id,
            record_hash,
            modified_at,
            if(found_time.row_id is null, published_at, found_at) as published_at,
            arrived_at
        from incoming
        left join found_time using (row_id)
        where not exists (
            select 1
            from fact_article
            where
                fact_article.article_id = incoming.article_id
                and fact_article.record_hash = incoming.record_hash
        )
        qualify
            row_number() over (
                partition by article_id, record_hash
                order by arrived_at, file_id, record_no
            ) = 1
        """
    )
    connection.execute(
        """
        create or replace temporary table touched_article as
        select distinct article_id from incoming_version
        """
    )
    years = connection.execute(
        "select distinct year(published_date) from incoming "
        "where published_date is not null"
    ).fetchall()
    ensure_days(connection, [row[0] for row in years])


def _number_versions(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        f"""
        create or replace temporary table numbering as
        with found_version as (
            select article_id, version, {_FOUND_AT} as found_at
            from fact_correction
            where {_IS_OF_TIME}
            group by article_id, version
        ),

        known_version as (
            select
                null as row_id,
                fact_article.article_id,
                fact_article.record_hash,
                fact_article.version as old_version,
                fact_article.is_current as was_current,
                fact_article.modified_at,
                if(
                    found_version.version is null,
                    fact_article.published_at,
                    found_version.found_at
                ) as published_at,
                fact_article.arrived_at
            from fact_article
            left join found_version
                on
                    fact_article.article_id = found_version.article_id
                    and fact_article.version = found_version.version
            where
                fact_article.article_id in (
                    select touched_article.article_id from touched_article
                )
        ),

        every_version as (
            select * from known_version
            union all by name
            select * from incoming_version
        )

        select
            row_id,
            article_id,
            record_hash,
            old_version,
            was_current,
            (row_number() over in_order)::integer as version,
            row_number() over in_order
            = count(*) over (partition by article_id) as is_current
        from every_version
        window
            in_order as (
                partition by article_id
                order by
                    modified_at nulls first,
                    published_at nulls first,
                    arrived_at,
                    record_hash
            )
        """
    )
    connection.execute("drop table incoming_version")


def _renumber_known(connection: duckdb.DuckDBPyConnection) -> None:
    moved = _count(
        connection, "numbering where old_version is not null and old_version <> version"
    )
    if moved:
        for table in versioned_tables(connection):
            connection.execute(
                f"""
                update {table}
                set version = numbering.version
                from numbering
                where
                    {table}.article_id = numbering.article_id
                    and {table}.version = numbering.old_version
                    and numbering.old_version <> numbering.version
                """
            )
    connection.execute(
        """
        update fact_article
        set version = numbering.version, is_current = numbering.is_current
        from numbering
        where
            fact_article.article_id = numbering.article_id
            and fact_article.record_hash = numbering.record_hash
            and numbering.old_version is not null
            and (
                numbering.old_version <> numbering.version
                or numbering.was_current <> numbering.is_current
            )
        """
    )


def _insert_articles(connection: duckdb.DuckDBPyConnection, load_id: str) -> None:
    connection.execute(
        """
        insert into fact_article by name
        select
            incoming.* exclude (row_id),
            numbering.version,
            numbering.is_current,
            'original' as duplicate_role,
            $load_id as load_id
        from incoming
        inner join numbering on incoming.row_id = numbering.row_id
        order by incoming.row_id
        """,
        {"load_id": load_id},
    )


def insert_details(
    connection: duckdb.DuckDBPyConnection, details: Mapping[str, pl.DataFrame]
) -> None:
    """Add rows of articles to their tables.

    The temporary table ``numbering`` says which version each row_id is.

    Args:
        connection: the warehouse, in a transaction.
        details: table to its rows: row_id and the table's columns but article_id and
            version.
    """
    numbered = connection.execute(
        "select row_id, article_id, version from numbering where row_id is not null"
    ).pl()
    for table, rows in details.items():
        if rows.is_empty():
            continue
        placed = rows.join(
            numbered.cast({"row_id": rows.schema["row_id"]}),
            on="row_id",
            maintain_order="left",
        ).drop("row_id")
        connection.register("incoming_detail", placed.to_arrow())
        connection.execute(f"insert into {table} by name select * from incoming_detail")
        connection.unregister("incoming_detail")


def _insert_steps(connection: duckdb.DuckDBPyConnection, steps: dict[str, str]) -> None:
    connection.execute(
        """
        insert into article_step by name
        select
            numbering.article_id,
            numbering.version,
            unnest($steps) as step,
            unnest($versions) as step_version
        from numbering
        where numbering.row_id is not null
        """,
        {"steps": list(steps.keys()), "versions": list(steps.values())},
    )


def _count(connection: duckdb.DuckDBPyConnection, what: str) -> int:
    row = connection.execute(f"select count(*) from {what}").fetchone()
    return int(row[0]) if row else 0
