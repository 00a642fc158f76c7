"""Files that are read again from the raw zone: which, and what they hold now."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb
    import polars as pl


def files_of_versions(
    connection: duckdb.DuckDBPyConnection, versions: pl.DataFrame
) -> pl.DataFrame:
    """Loaded files with a record of these article versions.

    Args:
        connection: the warehouse.
        versions: article_id, version.

    Returns:
        file_id, article_id, version, and of the file path, content_hash, raw_file,
        size_bytes, arrived_at (UTC) and record_count: a row a file and version, in
        order of arrival.
    """
    connection.register("asked_version", versions.to_arrow())
    found = connection.execute(
        """
        with record as (
            select file_id, article_id, record_hash from fact_record
            union
            select file_id, article_id, record_hash from fact_article
        )

        select distinct
            fact_file.file_id,
            fact_article.article_id,
            fact_article.version,
            fact_file.path,
            fact_file.content_hash,
            fact_file.raw_file,
            fact_file.size_bytes,
            fact_file.arrived_at at time zone 'UTC' as arrived_at,
            fact_file.record_count
        from asked_version
        inner join fact_article
            on
                asked_version.article_id = fact_article.article_id
                and asked_version.version = fact_article.version
        inner join record
            on
                fact_article.article_id = record.article_id
                and fact_article.record_hash = record.record_hash
        inner join fact_file on record.file_id = fact_file.file_id
        where fact_file.status = 'loaded'
        order by 8, 4, 1, 2, 3
        """
    ).pl()
    connection.unregister("asked_version")
    return found


def shared_articles(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Articles that several files have: file_id, article_id."""
    return connection.execute(
        """
        select distinct file_id, article_id
        from fact_record
        where article_id in (
            select article_id from fact_record
            group by article_id
            having count(distinct file_id) > 1
        )
        order by article_id, file_id
        """
    ).pl()


def replace_files(
    connection: duckdb.DuckDBPyConnection,
    files: pl.DataFrame,
    records: pl.DataFrame,
    load_id: str,
) -> None:
    """Write down what the files hold now.

    A record of another file that was the same as one of these is the same still.

    Args:
        connection: the warehouse, in a transaction, with what is replaced taken out.
        files: file_id, format, encoding, record_count, status.
        records: file_id, record_no, article_id, record_hash: every record read.
        load_id: the load.
    """
    connection.register("new_records", records.to_arrow())
    connection.register("new_files", files.to_arrow())
    connection.execute(
        "delete from fact_record where file_id in "
        "(select reread_file.file_id from reread_file)"
    )
    connection.execute(
        "insert into fact_record by name "
        "select *, $load_id as load_id from new_records",
        {"load_id": load_id},
    )
    connection.execute(
        """
        update fact_record
        set article_id = moved.new_article_id, record_hash = moved.new_record_hash
        from (
            select
                replaced_record.article_id,
                replaced_record.record_hash,
                new_records.article_id as new_article_id,
                new_records.record_hash as new_record_hash
            from replaced_record
            inner join new_records
                on
                    replaced_record.file_id = new_records.file_id
                    and replaced_record.record_no = new_records.record_no
            qualify
                row_number() over (
                    partition by
                        replaced_record.article_id, replaced_record.record_hash
                    order by replaced_record.file_id, replaced_record.record_no
                ) = 1
        ) as moved
        where
            fact_record.article_id = moved.article_id
            and fact_record.record_hash = moved.record_hash
            and fact_record.file_id not in (
                select reread_file.file_id from reread_file
            )
        """
    )
    connection.execute(
        """
        update fact_file
        set
            format = new_files.format,
            encoding = new_files.encoding,
            record_count = new_files.record_count,
            status = new_files.status,
            loaded_at = if(new_files.status = 'loaded', fact_file.loaded_at, null)
        from new_files
        where fact_file.file_id = new_files.file_id
        """
    )
    connection.unregister("new_records")
    connection.unregister("new_files")
