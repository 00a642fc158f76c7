"""Doing a step again over articles that are loaded already.

`article_step` says with which version of a step an article was read; those that are
behind are read again and their rows replaced in place. Each batch is a transaction of
its own, so that a run that was cut off goes on where it stopped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from warehouse.load import insert_details, note_touched_mentions
from warehouse.roles import mark_offices

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import duckdb
    import polars as pl

_BEHIND = """
    select
        fact_article.article_id,
        fact_article.version
    from fact_article
    inner join dim_source on fact_article.source_id = dim_source.source_id
    left join article_step
        on
            fact_article.article_id = article_step.article_id
            and fact_article.version = article_step.version
            and article_step.step = $step
    where
        article_step.step_version is distinct from $step_version
        and ($since is null or fact_article.published_date >= $since)
        and ($source is null or dim_source.source_code = $source)
    order by fact_article.article_id, fact_article.version
"""


def articles_behind(
    connection: duckdb.DuckDBPyConnection,
    step: str,
    step_version: str,
    *,
    since: date | None = None,
    source: str | None = None,
) -> pl.DataFrame:
    """Article versions that a step has read with another version of it.

    Args:
        connection: the warehouse.
        step: the step.
        step_version: its version now.
        since: only articles published on this day or later.
        source: only those of this outlet's code.

    Returns:
        article_id, version, in order.
    """
    return connection.execute(
        _BEHIND,
        {
            "step": step,
            "step_version": step_version,
            "since": since,
            "source": source,
        },
    ).pl()


def read_articles(
    connection: duckdb.DuckDBPyConnection, versions: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Take article versions out of the warehouse, as the steps read them.

    Args:
        connection: the warehouse.
        versions: row_id, article_id, version.

    Returns:
        The articles (row_id and the columns of fact_article) and their sentences
        (row_id, sentence_no, start_char, end_char).
    """
    connection.register("wanted", versions.to_arrow())
    articles = connection.execute(
        """
        select wanted.row_id, fact_article.*
        from wanted
        inner join fact_article
            on
                wanted.article_id = fact_article.article_id
                and wanted.version = fact_article.version
        order by wanted.row_id
        """
    ).pl()
    sentences = connection.execute(
        """
        select
            wanted.row_id,
            fact_sentence.sentence_no,
            fact_sentence.start_char,
            fact_sentence.end_char
        from wanted
        inner join fact_sentence
            on
                wanted.article_id = fact_sentence.article_id
                and wanted.version = fact_sentence.version
        order by wanted.row_id, fact_sentence.sentence_no
        """
    ).pl()
    connection.unregister("wanted")
    return articles, sentences


def replace_details(
    connection: duckdb.DuckDBPyConnection,
    versions: pl.DataFrame,
    details: Mapping[str, pl.DataFrame],
    step: str,
    step_version: str,
) -> None:
    """Put a step's new rows in place of those that it made before.

    Leaves ``touched_article`` and ``touched_mention`` for the next steps and the rules,
    as `warehouse.load.merge_articles` does.

    Args:
        connection: the warehouse, in a transaction.
        versions: row_id, article_id, version: what was read again.
        details: table to its new rows: row_id and the table's columns but article_id
            and version.
        step: the step.
        step_version: its version now.
    """
    connection.register("numbered", versions.to_arrow())
    connection.execute(
        "create or replace temporary table numbering as select * from numbered"
    )
    connection.unregister("numbered")
    connection.execute(
        """
        create or replace temporary table touched_article as
        select distinct article_id from numbering
        """
    )
    mark_offices(connection)
    for table in details:
        connection.execute(
            f"""
            delete from {table} using numbering
            where
                {table}.article_id = numbering.article_id
                and {table}.version = numbering.version
            """
        )
    insert_details(connection, details)
    connection.execute(
        """
        delete from article_step using numbering
        where
            article_step.article_id = numbering.article_id
            and article_step.version = numbering.version
            and article_step.step = $step
        """,
        {"step": step},
    )
    connection.execute(
        """
        insert into article_step by name
        select
            numbering.article_id,
            numbering.version,
            $step as step,
            $step_version as step_version
        from numbering
        """,
        {"step": step, "step_version": step_version},
    )
    connection.execute("drop table numbering")
    note_touched_mentions(connection)
