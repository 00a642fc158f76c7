"""Forgetting: an article leaves every table, and the file's free blocks too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

from warehouse.entities import drop_unmentioned
from warehouse.events import mark_events, rebuild_events
from warehouse.links import begin_links
from warehouse.measures import note_leaving_measures
from warehouse.publish import sync_folder
from warehouse.roles import mark_offices, rebuild_roles
from warehouse.search.index import drop_documents

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from pathlib import Path

    import polars as pl

#: Tables about the forgetting itself keep the key.
_KEPT = ("forgotten_article",)


def forgotten_among(
    connection: duckdb.DuckDBPyConnection, article_ids: pl.Series
) -> list[int]:
    """Those of the articles that are to be kept out."""
    rows = connection.execute("select article_id from forgotten_article").fetchall()
    return sorted({row[0] for row in rows} & set(article_ids)) if rows else []


def find_articles(connection: duckdb.DuckDBPyConnection, url: str) -> list[int]:
    """Articles with this canonical url in any version."""
    rows = connection.execute(
        "select distinct article_id from fact_article where url = $url", {"url": url}
    ).fetchall()
    return [row[0] for row in rows]


def files_of(connection: duckdb.DuckDBPyConnection, article_id: int) -> pl.DataFrame:
    """Inputs that hold the article, repeats and refused ones included.

    Returns:
        file_id, record_no, path, content_hash, raw_file.
    """
    return connection.execute(
        """
        select
            fact_record.file_id,
            fact_record.record_no,
            fact_file.path,
            fact_file.content_hash,
            fact_file.raw_file
        from fact_record
        inner join fact_file on fact_record.file_id = fact_file.file_id
        where fact_record.article_id = $article_id
        order by fact_file.path, fact_record.record_no
        """,
        {"article_id": article_id},
    ).pl()


def remove_article(
    connection: duckdb.DuckDBPyConnection,
    article_id: int,
    *,
    reason: str,
    files_redacted: int,
    now: datetime,
) -> int:
    """Delete every row of the article and write the audit row.

    What only this article has taught goes too: entities, spellings, spans of
    offices, events, word forms of search. Its copies and its story are left unsettled:
    `warehouse.links.candidate_pairs` and what follows it bring them in order.

    Args:
        connection: the warehouse, in a transaction.
        article_id: the article; it need not be there to be kept out.
        reason: why, for the audit.
        files_redacted: how many raw inputs were cut, for the audit.
        now: the time, UTC.

    Returns:
        How many versions there were.
    """
    found = connection.execute(
        "select count(*) from fact_article where article_id = $article_id",
        {"article_id": article_id},
    ).fetchone()
    versions = int(found[0]) if found else 0
    connection.execute(
        "create or replace temporary table touched_article as "
        "select $article_id::bigint as article_id",
        {"article_id": article_id},
    )
    mark_offices(connection)
    begin_links(connection, are_leaving=True)
    mark_events(connection)
    drop_documents(connection, are_leaving=True)
    note_leaving_measures(connection)
    _blank_samples(connection, article_id)
    for table in _tables_with_articles(connection):
        connection.execute(
            f"delete from {table} where article_id = $article_id",
            {"article_id": article_id},
        )
    rebuild_roles(connection)
    rebuild_events(connection)
    drop_unmentioned(connection)
    connection.execute(
        "delete from forgotten_article where article_id = $article_id",
        {"article_id": article_id},
    )
    connection.execute(
        "insert into forgotten_article values ($id, $now, $reason, $versions, $files)",
        {
            "id": article_id,
            "now": now.replace(tzinfo=None),
            "reason": reason,
            "versions": versions,
            "files": files_redacted,
        },
    )
    return versions


def rewrite_warehouse(warehouse: Path) -> None:
    """Write the warehouse anew: deleted rows stay in a file's free blocks otherwise.

    The connection is closed before. The new file replaces the old one at once.
    """
    fresh = warehouse.with_name(warehouse.name + ".new")
    fresh.unlink(missing_ok=True)
    with duckdb.connect() as connection:
        connection.execute(f"attach '{_quoted(warehouse)}' as old (read_only)")
        connection.execute(f"attach '{_quoted(fresh)}' as fresh")
        connection.execute("copy from database old to fresh")
    fresh.replace(warehouse)
    sync_folder(warehouse.parent)


def _blank_samples(connection: duckdb.DuckDBPyConnection, article_id: int) -> None:
    """Take the article's words out of what checks and rejections show of its rows.

    A sample names its rows by article or by file.
    """
    connection.execute(
        """
        update fact_rejection
        set detail = ''
        where exists (
            select 1
            from fact_record
            where
                fact_record.article_id = $article_id
                and fact_record.file_id = fact_rejection.file_id
                and fact_record.record_no = fact_rejection.record_no
        )
        """,
        {"article_id": article_id},
    )
    connection.execute(
        """
        update fact_check
        set sample = null
        where exists (
            select 1
            from (
                select $article_id as shown_id
                union
                select file_id from fact_record
                where article_id = $article_id
            )
            where contains(fact_check.sample, shown_id::varchar)
        )
        """,
        {"article_id": article_id},
    )


def _tables_with_articles(
    connection: duckdb.DuckDBPyConnection,
) -> Collection[str]:
    rows = connection.execute(
        """
        select distinct table_name
        from duckdb_columns()
        where
            not internal
            and database_name = current_database()
            and column_name = 'article_id'
            and table_oid in (select table_oid from duckdb_tables())
        """
    ).fetchall()
    return sorted({row[0] for row in rows} - set(_KEPT))


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
