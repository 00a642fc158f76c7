"""Which articles were read with other versions of the steps than those of now.

`article_step` says with which version of each step an article was read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

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
