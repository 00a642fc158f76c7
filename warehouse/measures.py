"""Measures over time: what each article adds, and their sums a day and an outlet.

`article_measure` holds what every version of every article added when it was measured
last. A load compares that with the facts for the articles that it touched, and makes
anew only the days in `fact_measure` of which anything has changed: work grows with
what is touched. `warehouse.views` has the list of measures (``measure_definitions``)
and judges them (``measures_judged``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from warehouse.contributions import CONTRIBUTIONS
from warehouse.few_rows import few_rows
from warehouse.restatements import keep_restatements

if TYPE_CHECKING:
    from datetime import datetime

    import duckdb

    from warehouse.contributions import Change

#: A load is judged by so many of its days, the newest ones: what an archive of years
#: brings is for an audit.
_JUDGED_DAYS = 28
#: Confidence below which a row is doubtful, as in the report trust.
_DOUBTFUL = 0.7
#: Table of evidence to the column of article_measure that counts its rows, and which.
_EVIDENCE = {
    "fact_mention": ("mentions", "entity_id is not null"),
    "fact_quote": ("quotes", "true"),
    "fact_amount": ("amounts", "true"),
    "fact_event_statement": ("events", "true"),
    "fact_date_mention": (None, "true"),
    "fact_topic_mention": (None, "true"),
    "fact_document": (None, "true"),
    "fact_role_mention": (None, "true"),
}
_COUNTED = [column for column, _ in _EVIDENCE.values() if column]


def note_leaving_measures(connection: duckdb.DuckDBPyConnection) -> None:
    """Remember what the articles of ``touched_article`` added, before they go.

    Args:
        connection: the warehouse, in a transaction.
    """
    connection.execute(
        """
        create or replace temporary table leaving_measure as
        select * from article_measure
        where article_id in (select touched_article.article_id from touched_article)
        """
    )


def keep_measures(connection: duckdb.DuckDBPyConnection, change: Change) -> None:
    """Bring the measures in line with what was changed, and keep what was restated.

    Looks at the articles of ``touched_article``, at those whose role was assigned anew
    (``rated_article``), and at the inputs of the load. Must run last, when evidence,
    copies and the ledger are written.

    Leaves for the rules ``touched_day`` (family, source_id, measured_date; 0 for all
    outlets), the days of which anything has changed, and what `_judge` does.

    Args:
        connection: the warehouse, in a transaction.
        change: what was done.
    """
    _measure_articles(connection)
    _find_days(connection, change.load_id)
    _measure_days(connection)
    keep_restatements(connection, change)
    _replace_measures(connection, change.load_id)
    _judge(connection, change.now, days=0 if change.is_backfill else _JUDGED_DAYS)
    if change.is_backfill:  # the next ordinary load tells who is silent
        connection.execute("delete from judged_source")
    for table in (
        "rated_article",
        "leaving_measure",
        "measured_article",
        "moved_measure",
        "changed_measure",
    ):
        connection.execute(f"drop table {table}")


def judge_everything(connection: duckdb.DuckDBPyConnection, now: datetime) -> None:
    """Leave what `keep_measures` leaves, for every day that there is.

    Args:
        connection: a warehouse; nothing is written to it.
        now: the time that says which days are over, UTC.
    """
    connection.execute(
        """
        create or replace temporary table touched_day as
        select distinct
            definition.family,
            fact_measure.source_id,
            fact_measure.measured_date
        from fact_measure
        inner join measure_definitions() as definition
            on fact_measure.measure = definition.measure
        """
    )
    _judge(connection, now, days=None)


def _judge(
    connection: duckdb.DuckDBPyConnection,
    now: datetime,
    *,
    days: int | None = _JUDGED_DAYS,
) -> None:
    """Make ``judged_measure`` of touched days, and ``judged_source`` of outlets.

    Args:
        connection: the warehouse, with ``touched_day``.
        now: the time that says which days are over, UTC.
        days: how many of the newest days; null for all.
    """
    told = {"now": now.replace(tzinfo=None)}
    connection.execute(
        """
        create or replace temporary table judged_day as
        select distinct family, measured_date
        from touched_day
        qualify
            dense_rank() over (partition by family order by measured_date desc)
            <= coalesce($days, 2147483647)
        """,
        {"days": days},
    )
    connection.execute(
        """
        create or replace temporary table judged_measure as
        select judged.*
        from measures_judged(
            (select list(distinct judged_day.measured_date) from judged_day), $now
        ) as judged
        semi join judged_day
            on
                judged.family = judged_day.family
                and judged.measured_date = judged_day.measured_date
        """,
        told,
    )
    connection.execute(
        """
        create or replace temporary table judged_source as
        from source_rhythm($now)
        """,
        told,
    )
    connection.execute("drop table judged_day")


def _measure_articles(connection: duckdb.DuckDBPyConnection) -> None:
    """Compare article_measure with the facts; ``moved_measure`` is what differs.

    Its rows are those of article_measure with ``sign``: -1 as it was, 1 as it is.
    """
    counted = ", ".join(
        f"count(*) filter (where kind = '{column}' and is_counted)::integer as {column}"
        for column in _COUNTED
    )
    for statement in (
        "create temporary table if not exists rated_article (article_id bigint)",
        """
        create temporary table if not exists leaving_measure as
        select * from article_measure limit 0
        """,
        """
        create or replace temporary table measured_article as
        select article_id from touched_article
        union
        select article_id from rated_article
        """,
    ):
        connection.execute(statement)
    measured = (
        "article_id in (select measured_article.article_id from measured_article)"
    )
    rows_of = " union all ".join(
        f"select '{column or 'other'}' as kind, article_id, version, confidence, "
        f"{counts} as is_counted from {table} "
        f"where {few_rows(connection, table, measured)}"
        for table, (column, counts) in _EVIDENCE.items()
    )
    for statement in (
        f"""
        create or replace temporary table moved_measure as
        with evidence as (
            select
                article_id,
                version,
                {counted},
                count(*)::integer as evidence_rows,
                count(*) filter (where confidence < {_DOUBTFUL})::integer
                    as doubtful_rows
            from ({rows_of})
            group by article_id, version
        ),

        as_it_is as (
            select
                fact_article.article_id,
                fact_article.version,
                fact_article.is_current,
                fact_article.source_id,
                case
                    when fact_article.published_precision in ('minute', 'day')
                        then fact_article.published_date
                end as measured_date,
                kazakhstan_day(fact_article.arrived_at) as arrived_date,
                fact_article.language,
                fact_article.duplicate_role = 'copy' as is_copy,
                fact_article.published_date is null as is_undated,
                fact_article.word_count,
                {", ".join(f"coalesce({name}, 0) as {name}" for name in _COUNTED)},
                coalesce(evidence_rows, 0) as evidence_rows,
                coalesce(doubtful_rows, 0) as doubtful_rows
            from fact_article
            left join evidence
                on
                    fact_article.article_id = evidence.article_id
                    and fact_article.version = evidence.version
            where fact_article.article_id in (
                select measured_article.article_id from measured_article
            )
        ),

        as_it_was as (
            select * from article_measure
            where article_id in (
                select measured_article.article_id from measured_article
            )
            union all
            select * from leaving_measure
        )

        select -1 as sign, * from (from as_it_was except from as_it_is)
        union all
        select 1 as sign, * from (from as_it_is except from as_it_was)
        """,
        """
        delete from article_measure using moved_measure
        where
            moved_measure.sign = -1
            and article_measure.article_id = moved_measure.article_id
            and article_measure.version = moved_measure.version
        """,
        """
        insert into article_measure by name
        select * exclude (sign) from moved_measure
        where sign = 1
        order by article_id, version
        """,
    ):
        connection.execute(statement)


def _find_days(connection: duckdb.DuckDBPyConnection, load_id: str | None) -> None:
    """Make ``touched_day``: of which days and outlets anything has changed."""
    connection.execute(
        """
        create or replace temporary table touched_day as
        with moved as (
            select 'published' as family, source_id, measured_date
            from moved_measure
            where is_current and measured_date is not null
            union
            select 'arrived' as family, source_id, arrived_date as measured_date
            from moved_measure
            union
            select 'arrived' as family, 0 as source_id, kazakhstan_day(seen_at)
            from fact_file
            where load_id = $load_id
        )

        from moved
        union
        select family, 0 as source_id, measured_date from moved
        """,
        {"load_id": load_id},
    )


def _measure_days(connection: duckdb.DuckDBPyConnection) -> None:
    """Measure the touched days anew; ``changed_measure`` is what differs.

    Its columns are measure, source_id, measured_date, value and sample_count as they
    are, and value_before and load_before as they were; null where there is none.
    """
    connection.execute(
        f"""
        create or replace temporary table changed_measure as
        with contribution as ({CONTRIBUTIONS.format(table="article_measure", more="")}),

        placed as (
            select
                'published' as family,
                * exclude (arrived_date)
            from contribution
            where
                is_current
                and measured_date in (
                    select touched_day.measured_date from touched_day
                    where touched_day.family = 'published'
                )
            union all by name
            select
                'arrived' as family,
                * exclude (measured_date, arrived_date)
                    replace (copies * is_current::integer as copies),
                arrived_date as measured_date
            from contribution
            where arrived_date in (
                select touched_day.measured_date from touched_day
                where touched_day.family = 'arrived'
            )
        ),

        article_sum as (
            select
                family,
                measured_date,
                coalesce(source_id, 0) as source_id,
                sum(columns(* exclude (
                    family, measured_date, source_id, is_current
                )))::bigint
            from placed
            group by grouping sets (
                (family, measured_date, source_id), (family, measured_date)
            )
        ),

        refused as (
            select
                file_id,
                count(distinct coalesce(record_no, 0)) as rejects,
                max((record_no is null)::integer) as whole_files
            from fact_rejection
            group by file_id
        ),

        file_sum as (
            select
                'arrived' as family,
                kazakhstan_day(fact_file.seen_at) as measured_date,
                0 as source_id,
                count(*) as files,
                sum(fact_file.record_count)::bigint as records,
                coalesce(sum(refused.rejects), 0)::bigint as rejects,
                sum(fact_file.record_count + coalesce(refused.whole_files, 0))::bigint
                    as tried
            from fact_file
            left join refused on fact_file.file_id = refused.file_id
            where kazakhstan_day(fact_file.seen_at) in (
                select touched_day.measured_date from touched_day
                where touched_day.family = 'arrived'
            )
            group by measured_date
        ),

        amount as (
            unpivot article_sum
            on columns(* exclude (family, measured_date, source_id))
            into name code value amount
            union all
            unpivot file_sum
            on columns(* exclude (family, measured_date, source_id))
            into name code value amount
        ),

        measured as (
            select
                definition.measure,
                numerator.source_id,
                numerator.measured_date,
                numerator.amount / coalesce(denominator.amount, 1) as value,
                coalesce(denominator.amount, numerator.amount) as sample_count
            from measure_definitions() as definition
            inner join amount as numerator
                on
                    definition.family = numerator.family
                    and definition.numerator = numerator.code
            left join amount as denominator
                on
                    definition.denominator = denominator.code
                    and numerator.family = denominator.family
                    and numerator.source_id = denominator.source_id
                    and numerator.measured_date = denominator.measured_date
            where definition.denominator is null or denominator.amount > 0
        ),

        touched_measure as (
            select definition.measure, touched_day.source_id, touched_day.measured_date
            from touched_day
            inner join measure_definitions() as definition
                on touched_day.family = definition.family
        )

        select
            touched_measure.*,
            measured.value,
            measured.sample_count,
            fact_measure.value as value_before,
            fact_measure.load_id as load_before
        from touched_measure
        left join measured using (measure, source_id, measured_date)
        left join fact_measure using (measure, source_id, measured_date)
        where
            measured.value is distinct from fact_measure.value
            or measured.sample_count is distinct from fact_measure.sample_count
        """
    )


def _replace_measures(
    connection: duckdb.DuckDBPyConnection, load_id: str | None
) -> None:
    connection.execute(
        """
        delete from fact_measure using changed_measure
        where
            changed_measure.value_before is not null
            and fact_measure.measure = changed_measure.measure
            and fact_measure.source_id = changed_measure.source_id
            and fact_measure.measured_date = changed_measure.measured_date
        """
    )
    connection.execute(
        """
        insert into fact_measure by name
        select
            * exclude (value_before, load_before),
            -- of a value that stays what it was, readers know which load made it
            if(
                value is not distinct from value_before, load_before, $load_id
            ) as load_id
        from changed_measure
        where value is not null
        order by measured_date, measure, source_id
        """,
        {"load_id": load_id},
    )
