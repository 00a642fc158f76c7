"""Doing a step again over articles that are loaded already.

`article_step` says with which version of each step an article was read; those that are
behind are read again and their rows replaced in place. Each batch is a transaction of
its own, so that a run that was cut off goes on where it stopped.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from warehouse.links import begin_links
from warehouse.load import insert_details, note_touched_mentions
from warehouse.roles import mark_offices

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import duckdb
    import polars as pl


@dataclass(frozen=True)
class Scope:
    """Which articles may be read again.

    Attributes:
        since: those published on this day or later.
        until: those published on this day or earlier.
        source: those of this outlet's code.
        is_forced: those that are up to date, too.
    """

    since: date | None = None
    until: date | None = None
    source: str | None = None
    is_forced: bool = False


EVERYTHING = Scope()

_BEHIND = """
    with wanted as (
        select
            unnest($steps) as step,
            unnest($versions) as step_version
    ),

    up_to_date as (
        select
            article_step.article_id,
            article_step.version
        from article_step
        inner join wanted
            on
                article_step.step = wanted.step
                and article_step.step_version = wanted.step_version
        group by article_step.article_id, article_step.version
        having count(*) = len($steps) and not $is_forced
    )

    select
        fact_article.article_id,
        fact_article.version
    from fact_article
    inner join dim_source on fact_article.source_id = dim_source.source_id
    anti join up_to_date
        on
            fact_article.article_id = up_to_date.article_id
            and fact_article.version = up_to_date.version
    where
        (fact_article.is_current or not $are_current)
        and ($since is null or fact_article.published_date >= $since)
        and ($until is null or fact_article.published_date <= $until)
        and ($source is null or dim_source.source_code = $source)
    order by fact_article.article_id, fact_article.version
"""


def articles_behind(
    connection: duckdb.DuckDBPyConnection,
    steps: Mapping[str, str],
    *,
    scope: Scope = EVERYTHING,
    are_current: bool = False,
) -> pl.DataFrame:
    """Article versions that one of the steps has not read in its version of now.

    Args:
        connection: the warehouse.
        steps: step to its version now.
        scope: only these articles.
        are_current: only current versions.

    Returns:
        article_id, version, in order.
    """
    return connection.execute(
        _BEHIND,
        {
            "steps": list(steps.keys()),
            "versions": list(steps.values()),
            "since": scope.since,
            "until": scope.until,
            "source": scope.source,
            "are_current": are_current,
            "is_forced": scope.is_forced,
        },
    ).pl()


def count_behind(
    connection: duckdb.DuckDBPyConnection,
    step: str,
    version: str,
    *,
    scope: Scope = EVERYTHING,
    are_current: bool = False,
) -> pl.DataFrame:
    """How many article versions of each outlet one step has not read in its version.

    Args:
        connection: the warehouse.
        step: the step.
        version: its version now.
        scope: only these articles.
        are_current: only current versions.

    Returns:
        source (the outlet's code), articles; the most first.
    """
    behind = articles_behind(
        connection, {step: version}, scope=scope, are_current=are_current
    )
    return sources_of(connection, behind)


def sources_of(
    connection: duckdb.DuckDBPyConnection, versions: pl.DataFrame
) -> pl.DataFrame:
    """How many of the article versions are of each outlet.

    Args:
        connection: the warehouse.
        versions: article_id, version.

    Returns:
        source (the outlet's code), articles; the most first.
    """
    connection.register("counted", versions.to_arrow())
    found = connection.execute(
        """
        select
            dim_source.source_code as source,
            count(*) as articles
        from counted
        inner join fact_article
            on
                counted.article_id = fact_article.article_id
                and counted.version = fact_article.version
        inner join dim_source on fact_article.source_id = dim_source.source_id
        group by dim_source.source_code
        order by articles desc, source
        """
    ).pl()
    connection.unregister("counted")
    return found


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
    connection.execute(
        """
        insert into changed_bucket
        select distinct
            article_bucket.bucket_key,
            false as is_left
        from article_bucket
        semi join numbering on article_bucket.article_id = numbering.article_id
        anti join changed_bucket
            on article_bucket.bucket_key = changed_bucket.bucket_key
        """
    )
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
