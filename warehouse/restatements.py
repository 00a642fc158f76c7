"""Restatements: published numbers of days that were over, and are others now.

Today's news still coming in restates nothing. A number does where its day was over, in
Kazakhstan's time, when an earlier run ended, and so readers had seen it as final.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

import duckdb

from warehouse.catalog import WarehouseError, open_as_is
from warehouse.contributions import BACKFILL, CONTRIBUTIONS, PLACE
from warehouse.place import lake_at

if TYPE_CHECKING:
    from pathlib import Path

    from warehouse.contributions import Change

#: Why a number changed; where several did as much, the first.
CAUSES = (
    "correction",
    "forget",
    "reprocess",
    "backfill",
    "new_version",
    "late_copy",
    "late_article",
)


def unpublished_runs(
    connection: duckdb.DuckDBPyConnection, reports: Path
) -> frozenset[str]:
    """Runs that have committed loads which the published file has not.

    Args:
        connection: the warehouse.
        reports: the published file; one that is not there has no load, and of one
            that cannot be read nothing is known. Readers of a lake have seen all.
    """
    if lake_at(reports) is not None:
        return frozenset()
    seen: list[str] = []
    if reports.exists():
        try:
            with closing(open_as_is(reports)) as published:
                rows = published.execute("select load_id from dim_load").fetchall()
        except (WarehouseError, duckdb.Error):
            return frozenset()
        seen = [row[0] for row in rows]
    return frozenset(
        row[0]
        for row in connection.execute(
            "select distinct run_id from dim_load "
            "where not list_contains($seen::varchar [], load_id)",
            {"seen": seen},
        ).fetchall()
    )


def keep_restatements(connection: duckdb.DuckDBPyConnection, change: Change) -> None:
    """Write fact_restatement for the measures that are about to change.

    Within a run there is one row a measure, outlet and day: its before is what was
    published, its after what will be, its cause that of the run's first load. What a
    run has committed that was cut off before it was published counts as this run's. A
    backfill restates what others have published, not what a backfill has begun.

    Of several articles those tell the cause that changed the measure's numerator most.
    An article that is new is late (late_copy, if it is a copy), one that was there has
    a new version, and one that was not touched at all became a copy or an original by
    one that came late (late_copy).

    Args:
        connection: the warehouse, in a transaction, with ``moved_measure`` and
            ``changed_measure``, and with fact_measure as it was.
        change: what is done.
    """
    connection.execute(
        """
        create or replace temporary table restated_measure as
        with published as (
            select kazakhstan_day(max(finished_at)) as open_day
            from dim_load
            where
                status = 'succeeded'
                and not list_contains($runs::varchar [], run_id)
        )

        select changed_measure.*
        from changed_measure
        inner join measure_definitions() as definition
            on changed_measure.measure = definition.measure
        where
            definition.family = 'published'
            and changed_measure.value_before is not null
            and changed_measure.value is distinct from changed_measure.value_before
            and changed_measure.measured_date
            < (select published.open_day from published)
        """,
        {"runs": change.runs},
    )
    if change.is_backfill:
        connection.execute(
            """
            delete from restated_measure
            where
                load_before in (
                    select dim_load.load_id from dim_load
                    where dim_load.trigger = $trigger
                )
            """,
            {"trigger": BACKFILL},
        )
    found = connection.execute("select exists (from restated_measure)").fetchone()
    if found and found[0]:
        told = {
            "runs": change.runs,
            "load_id": change.load_id,
            "now": change.now.replace(tzinfo=None),
        }
        _renew(connection, told)
        _add(connection, told | {"cause": change.cause})
    connection.execute("drop table restated_measure")


def _renew(connection: duckdb.DuckDBPyConnection, told: dict[str, Any]) -> None:
    """What an earlier load of the run restated gets the value of now."""
    for statement in (
        """
        create or replace temporary table run_load as
        select load_id
        from dim_load
        where list_contains($runs::varchar [], run_id)
        """,
        """
        update fact_restatement
        set
            value_after = restated_measure.value,
            load_id = $load_id,
            restated_at = $now
        from restated_measure
        where
            fact_restatement.load_id in (select run_load.load_id from run_load)
            and fact_restatement.measure = restated_measure.measure
            and fact_restatement.source_id = restated_measure.source_id
            and fact_restatement.measured_date = restated_measure.measured_date
        """,
        """
        delete from fact_restatement
        where load_id = $load_id and value_after = value_before
        """,
        # A value that this run has made was never published.
        """
        delete from restated_measure
        where load_before in (select run_load.load_id from run_load)
        """,
    ):
        used = {name: value for name, value in told.items() if f"${name}" in statement}
        connection.execute(statement, used)


def _add(connection: duckdb.DuckDBPyConnection, told: dict[str, Any]) -> None:
    connection.execute(
        f"""
        insert into fact_restatement by name
        with moved as (
            select
                moved_measure.*,
                case
                    when $cause is not null then $cause
                    when article_id not in (
                        select touched_article.article_id from touched_article
                    ) then 'late_copy'
                    when article_id in (
                        select moved_measure.article_id from moved_measure
                        where moved_measure.sign = -1
                    ) then 'new_version'
                    when is_copy then 'late_copy'
                    else 'late_article'
                end as cause
            from moved_measure
        ),

        contribution as (
            {CONTRIBUTIONS.format(table="moved", more="sign, cause,")}
        ),

        signed as (
            select
                measured_date,
                source_id,
                cause,
                sign * columns(* exclude ({PLACE}, sign, cause))
            from contribution
            where is_current and measured_date is not null
        ),

        delta as (
            select
                measured_date,
                coalesce(source_id, 0) as source_id,
                cause,
                sum(columns(* exclude (measured_date, source_id, cause)))::bigint
            from signed
            group by grouping sets (
                (measured_date, source_id, cause), (measured_date, cause)
            )
        ),

        amount as (
            unpivot delta
            on columns(* exclude (measured_date, source_id, cause))
            into name code value amount
        ),

        told as (
            select
                restated_measure.measure,
                restated_measure.source_id,
                restated_measure.measured_date,
                arg_max(
                    amount.cause,
                    (
                        abs(amount.amount) * (definition.numerator = amount.code)::int,
                        abs(amount.amount),
                        -list_position($causes, amount.cause)
                    )
                ) as cause
            from restated_measure
            inner join measure_definitions() as definition
                on restated_measure.measure = definition.measure
            inner join amount
                on
                    restated_measure.source_id = amount.source_id
                    and restated_measure.measured_date = amount.measured_date
                    and amount.code in (definition.numerator, definition.denominator)
            group by all
        )

        select
            restated_measure.measure,
            restated_measure.source_id,
            restated_measure.measured_date,
            restated_measure.value_before,
            restated_measure.value as value_after,
            told.cause,
            $load_id as load_id,
            $now as restated_at
        from restated_measure
        inner join told using (measure, source_id, measured_date)
        order by measured_date, measure, source_id
        """,
        {name: told[name] for name in ("load_id", "now", "cause")}
        | {"causes": list(CAUSES)},
    )
