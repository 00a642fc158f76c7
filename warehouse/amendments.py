"""Corrections and fixes of single articles: which they mean, and which are behind.

`article_step` has a row of the step ``corrections`` or ``fixes`` for each article
version that has any, with a hash of the rows that mean it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from warehouse.behind import EVERYTHING, Scope
from warehouse.calendar import ensure_days

if TYPE_CHECKING:
    import duckdb
    import polars as pl

#: Columns of fact_article that a correction may change.
_CORRECTED = (
    "source_id",
    "published_at",
    "published_date",
    "published_precision",
    "published_basis",
    "title",
    "lead",
    "text",
    "language",
    "author",
    "dateline_place",
    "section",
    "photo_credit",
    "word_count",
)


def resolve_targets(
    connection: duckdb.DuckDBPyConnection, targets: pl.Series
) -> pl.DataFrame:
    """The articles that rows of a reference table mean.

    Args:
        connection: the warehouse.
        targets: article_id, canonical address, or ``outlet:own id``; the outlet being
            the one that the article came with.

    Returns:
        target, article_id, each once.
    """
    asked = targets.rename("target").unique().to_frame()
    connection.register("target", asked.to_arrow())
    found = connection.execute(
        """
        with found_source as (
            select article_id, version, found_value
            from fact_correction
            where field = 'source' and state = 'applied'
        ),

        called as (
            select
                fact_article.article_id,
                fact_article.url,
                coalesce(found_source.found_value, dim_source.source_code)
                || ':' || fact_article.outlet_key as own
            from fact_article
            inner join dim_source on fact_article.source_id = dim_source.source_id
            left join found_source
                on
                    fact_article.article_id = found_source.article_id
                    and fact_article.version = found_source.version
        )

        select target.target, called.article_id
        from target
        inner join called on target.target = called.article_id::varchar
        union
        select target.target, called.article_id
        from target
        inner join called on target.target = called.url
        union
        select target.target, called.article_id
        from target
        inner join called on target.target = called.own
        order by 1, 2
        """
    ).pl()
    connection.unregister("target")
    return found


def versions_behind(
    connection: duckdb.DuckDBPyConnection,
    step: str,
    wanted: pl.DataFrame,
    *,
    scope: Scope = EVERYTHING,
) -> pl.DataFrame:
    """Article versions whose corrections or fixes are others than they were read with.

    Args:
        connection: the warehouse.
        step: the step.
        wanted: article_id, step_version: the articles that have rows now.
        scope: only these articles.

    Returns:
        article_id, version, in order.
    """
    connection.register("wanted", wanted.to_arrow())
    behind = connection.execute(
        """
        with done as (select * from article_step where step = $step)

        select
            fact_article.article_id,
            fact_article.version
        from fact_article
        inner join dim_source on fact_article.source_id = dim_source.source_id
        left join wanted on fact_article.article_id = wanted.article_id
        left join done
            on
                fact_article.article_id = done.article_id
                and fact_article.version = done.version
        where
            wanted.step_version is distinct from done.step_version
            and ($since is null or fact_article.published_date >= $since)
            and ($until is null or fact_article.published_date <= $until)
            and ($source is null or dim_source.source_code = $source)
        order by fact_article.article_id, fact_article.version
        """,
        {
            "step": step,
            "since": scope.since,
            "until": scope.until,
            "source": scope.source,
        },
    ).pl()
    connection.unregister("wanted")
    return behind


def read_corrections(
    connection: duckdb.DuckDBPyConnection, versions: pl.DataFrame
) -> pl.DataFrame:
    """What is corrected in article versions.

    Args:
        connection: the warehouse.
        versions: row_id, article_id, version.

    Returns:
        row_id, field, wrong, found_value, corrected_value, reason, state.
    """
    connection.register("wanted", versions.to_arrow())
    found = connection.execute(
        """
        select
            wanted.row_id,
            fact_correction.* exclude (article_id, version, load_id)
        from fact_correction
        inner join wanted
            on
                fact_correction.article_id = wanted.article_id
                and fact_correction.version = wanted.version
        order by wanted.row_id, fact_correction.field, fact_correction.wrong
        """
    ).pl()
    connection.unregister("wanted")
    return found


def source_codes(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """source_id, source_code of every outlet."""
    return connection.execute("select source_id, source_code from dim_source").pl()


def rewrite_articles(
    connection: duckdb.DuckDBPyConnection,
    articles: pl.DataFrame,
    sentences: pl.DataFrame,
) -> None:
    """Write corrected values into versions that are loaded.

    Args:
        connection: the warehouse, in a transaction.
        articles: article_id, version, and the columns that a correction may change.
        sentences: the columns of fact_sentence, of these versions.
    """
    years = articles["published_date"].drop_nulls().dt.year().unique().to_list()
    ensure_days(connection, years)
    connection.register("corrected", articles.to_arrow())
    columns = ", ".join(f"{name} = corrected.{name}" for name in _CORRECTED)
    connection.execute(
        f"""
        update fact_article
        set {columns}
        from corrected
        where
            fact_article.article_id = corrected.article_id
            and fact_article.version = corrected.version
        """
    )
    connection.execute(
        """
        delete from fact_sentence using corrected
        where
            fact_sentence.article_id = corrected.article_id
            and fact_sentence.version = corrected.version
        """
    )
    connection.unregister("corrected")
    connection.register("new_sentences", sentences.to_arrow())
    connection.execute("insert into fact_sentence by name select * from new_sentences")
    connection.unregister("new_sentences")


def replace_step(
    connection: duckdb.DuckDBPyConnection, step: str, rows: pl.DataFrame
) -> None:
    """Write down by which corrections or fixes versions were read.

    Args:
        connection: the warehouse, in a transaction.
        step: the step.
        rows: article_id, version, step_version; the last null where there is none now.
    """
    connection.register("new_steps", rows.to_arrow())
    connection.execute(
        """
        delete from article_step using new_steps
        where
            article_step.article_id = new_steps.article_id
            and article_step.version = new_steps.version
            and article_step.step = $step
        """,
        {"step": step},
    )
    connection.execute(
        """
        insert into article_step by name
        select article_id, version, $step as step, step_version
        from new_steps
        where step_version is not null
        """,
        {"step": step},
    )
    connection.unregister("new_steps")


def note_targets(connection: duckdb.DuckDBPyConnection, targets: pl.DataFrame) -> None:
    """Lay the temporary table ``amendment_target`` before the rules.

    Args:
        connection: the warehouse.
        targets: file_name, target, and article_id or null where it means no article.
    """
    connection.register("new_targets", targets.to_arrow())
    connection.execute(
        "create or replace temporary table amendment_target as "
        "select file_name, target, article_id from new_targets"
    )
    connection.unregister("new_targets")
