"""Files read again from the raw zone: what they made before makes room for what is new.

Called in this order, in one transaction: `take_out`, then
`warehouse.load.merge_articles` with ``is_replacing``, `warehouse.entities.merge_names`,
`warehouse.roles.rebuild_roles`, `warehouse.events.rebuild_events`,
`warehouse.entities.drop_unmentioned`, `begin_new_links` and what follows
`warehouse.links.begin_links`, `warehouse.reread_files.replace_files`; and
`give_back_loads` at the very end. So everything that rests on articles is what a load
of the same records would make.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from warehouse.events import mark_events
from warehouse.links import begin_links, note_filled_buckets
from warehouse.load import insert_details, versioned_tables
from warehouse.roles import mark_offices
from warehouse.search.index import drop_documents

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb
    import polars as pl

#: What the rules found stays: it is told of the load that found it. Measures are
#: compared with what they were.
_KEPT = ("fact_check_row", "article_measure")


def take_out(connection: duckdb.DuckDBPyConnection, file_ids: pl.Series) -> None:
    """Take the article versions out that records of these files made.

    Leaves ``replaced_version`` (what was taken out), ``touched_article``, and what
    those leave who take articles away, for the steps named at the module's head.

    Args:
        connection: the warehouse, in a transaction.
        file_ids: the files.
    """
    connection.register("reread", file_ids.rename("file_id").to_frame().to_arrow())
    connection.execute(
        "create or replace temporary table reread_file as select * from reread"
    )
    connection.unregister("reread")
    connection.execute(
        """
        create or replace temporary table replaced_version as
        with record as (
            select file_id, article_id, record_hash from fact_record
            union
            select file_id, article_id, record_hash from fact_article
        )

        select
            article_id,
            version,
            record_hash,
            load_id
        from fact_article
        where (article_id, record_hash) in (
            select (record.article_id, record.record_hash) from record
            semi join reread_file on record.file_id = reread_file.file_id
        )
        """
    )
    connection.execute(
        """
        create or replace temporary table replaced_record as
        select
            fact_record.file_id,
            fact_record.record_no,
            fact_record.article_id,
            fact_record.record_hash,
            replaced_version.load_id
        from fact_record
        semi join reread_file on fact_record.file_id = reread_file.file_id
        inner join replaced_version
            on
                fact_record.article_id = replaced_version.article_id
                and fact_record.record_hash = replaced_version.record_hash
        """
    )
    connection.execute(
        """
        create or replace temporary table touched_article as
        select distinct article_id from replaced_version
        """
    )
    mark_offices(connection)
    begin_links(connection, are_leaving=True)
    mark_events(connection)
    drop_documents(connection, are_leaving=True)
    # Under numbers that no version has: what takes the place of one is no longer it.
    connection.execute(
        """
        create or replace temporary table leaving_measure as
        select article_measure.* replace (-article_measure.version as version)
        from article_measure
        semi join replaced_version
            on
                article_measure.article_id = replaced_version.article_id
                and article_measure.version = replaced_version.version
        """
    )
    for table in ("article_measure", *_tables(connection), "fact_article"):
        connection.execute(
            f"""
            delete from {table} using replaced_version
            where
                {table}.article_id = replaced_version.article_id
                and {table}.version = replaced_version.version
            """
        )


def _tables(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Tables with rows of article versions, measures and findings apart."""
    return [table for table in versioned_tables(connection) if table not in _KEPT]


def begin_new_links(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Note the buckets of what came, beside those of what was taken out.

    Returns:
        row_id, article_id, version: current versions that stayed, but lost their
        signatures with the others of their article. The caller makes these and calls
        `note_buckets`.
    """
    connection.execute(
        """
        update fact_article
        set duplicate_role = 'original', duplicate_of = null, story_id = null
        where
            not is_current
            and article_id in (select touched_article.article_id from touched_article)
        """
    )
    connection.execute(
        "insert into unsettled_article select article_id from touched_article"
    )
    return connection.execute(
        """
        select
            (row_number() over (order by fact_article.article_id) - 1)::integer
                as row_id,
            fact_article.article_id,
            fact_article.version
        from fact_article
        semi join touched_article
            on fact_article.article_id = touched_article.article_id
        anti join article_signature
            on fact_article.article_id = article_signature.article_id
        where fact_article.is_current
        order by fact_article.article_id
        """
    ).pl()


def insert_signatures(
    connection: duckdb.DuckDBPyConnection,
    versions: pl.DataFrame,
    signatures: Mapping[str, pl.DataFrame],
) -> None:
    """Add the signatures of versions that `begin_new_links` told of.

    Args:
        connection: the warehouse, in a transaction.
        versions: row_id, article_id, version.
        signatures: rows of article_signature and article_bucket: row_id and the
            table's columns but article_id and version.
    """
    connection.register("numbered", versions.to_arrow())
    connection.execute("create temporary table numbering as select * from numbered")
    connection.unregister("numbered")
    insert_details(connection, signatures)
    connection.execute("drop table numbering")


def note_buckets(connection: duckdb.DuckDBPyConnection) -> None:
    """Have the articles of ``touched_article`` compared with those of their buckets."""
    for table in ("article_bucket", "article_signature"):
        connection.execute(
            f"""
            delete from {table}
            where
                article_id in (select touched_article.article_id from touched_article)
                and (article_id, version) not in (
                    select (fact_article.article_id, fact_article.version)
                    from fact_article
                    where fact_article.is_current
                )
            """
        )
    note_filled_buckets(connection)


def replaced_records(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Records that made what `take_out` took: file_id, record_no."""
    return connection.execute("select file_id, record_no from replaced_record").pl()


def give_back_loads(connection: duckdb.DuckDBPyConnection, load_id: str) -> int:
    """Name the load again that brought each record: reading again brings none.

    Args:
        connection: the warehouse, in a transaction, at its end.
        load_id: the load that read them again.

    Returns:
        How many versions it brought after all: of records that were refused before.
    """
    connection.execute(
        """
        update fact_article
        set load_id = brought.load_id
        from (
            select file_id, record_no, min(load_id) as load_id
            from replaced_record
            group by file_id, record_no
        ) as brought
        where
            fact_article.load_id = $load_id
            and fact_article.file_id = brought.file_id
            and fact_article.record_no = brought.record_no
        """,
        {"load_id": load_id},
    )
    for table in ("replaced_version", "replaced_record", "reread_file"):
        connection.execute(f"drop table {table}")
    return count_written(connection, load_id)


def count_written(connection: duckdb.DuckDBPyConnection, load_id: str) -> int:
    """How many article versions name this load as theirs."""
    row = connection.execute(
        "select count(*) from fact_article where load_id = $load_id",
        {"load_id": load_id},
    ).fetchone()
    return int(row[0]) if row else 0
