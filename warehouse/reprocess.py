"""Doing a step again over articles that are loaded already.

Articles that are behind (`warehouse.behind`) are read again and their rows replaced in
place. Each batch is a transaction of its own, so that a run that was cut off goes on
where it stopped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from warehouse.links import begin_links, note_filled_buckets
from warehouse.load import insert_details, note_touched_mentions
from warehouse.roles import mark_offices

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb
    import polars as pl


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
    steps: Mapping[str, str],
) -> None:
    """Put the new rows of steps in place of those that they made before.

    Leaves ``touched_article`` and ``touched_mention`` for the next steps and the rules,
    as `warehouse.load.merge_articles` does.

    Args:
        connection: the warehouse, in a transaction.
        versions: row_id, article_id, version: what was read again.
        details: table to its new rows: row_id and the table's columns but article_id
            and version.
        steps: step to its version now.
    """
    _touch(connection, versions)
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
    _replace_steps(connection, steps)
    connection.execute("drop table numbering")
    note_touched_mentions(connection)


def replace_signatures(
    connection: duckdb.DuckDBPyConnection,
    versions: pl.DataFrame,
    signatures: Mapping[str, pl.DataFrame],
    steps: Mapping[str, str],
) -> None:
    """Put new signatures in place of the old ones, and end the links made by them.

    Leaves what `replace_details` leaves and what `warehouse.links.begin_links` does:
    the articles are linked anew by the caller.

    Args:
        connection: the warehouse, in a transaction.
        versions: row_id, article_id, version: current versions.
        signatures: rows of article_signature and article_bucket: row_id and the
            table's columns but article_id and version.
        steps: step to its version now.
    """
    _touch(connection, versions)
    begin_links(connection, are_leaving=True)
    insert_details(connection, signatures)
    note_filled_buckets(connection)
    _replace_steps(connection, steps)
    connection.execute("drop table numbering")
    note_touched_mentions(connection)


def replace_steps(
    connection: duckdb.DuckDBPyConnection,
    versions: pl.DataFrame,
    steps: Mapping[str, str],
) -> None:
    """Write down that steps were done again.

    Leaves what `replace_details` leaves.

    Args:
        connection: the warehouse, in a transaction.
        versions: row_id, article_id, version.
        steps: step to its version now.
    """
    _touch(connection, versions)
    _replace_steps(connection, steps)
    connection.execute("drop table numbering")
    note_touched_mentions(connection)


def touch_again(connection: duckdb.DuckDBPyConnection, versions: pl.DataFrame) -> None:
    """Let the next steps and the rules look at these versions.

    Args:
        connection: the warehouse, in a transaction.
        versions: row_id, article_id, version.
    """
    _touch(connection, versions)
    connection.execute("drop table numbering")
    note_touched_mentions(connection)


def _touch(connection: duckdb.DuckDBPyConnection, versions: pl.DataFrame) -> None:
    """Make ``numbering`` and ``touched_article`` of what was read again."""
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


def _replace_steps(
    connection: duckdb.DuckDBPyConnection, steps: Mapping[str, str]
) -> None:
    connection.execute(
        """
        delete from article_step using numbering
        where
            article_step.article_id = numbering.article_id
            and article_step.version = numbering.version
            and list_contains($steps, article_step.step)
        """,
        {"steps": list(steps)},
    )
    connection.execute(
        """
        insert into article_step by name
        select
            numbering.article_id,
            numbering.version,
            unnest($steps) as step,
            unnest($versions) as step_version
        from numbering
        """,
        {"steps": list(steps.keys()), "versions": list(steps.values())},
    )
