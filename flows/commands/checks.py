"""``qoima checks``."""

from __future__ import annotations

import sys
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from checks.verdict import blocking, explain
from flows.errors import UserError
from flows.output import Format, write_answer
from flows.references import load_references
from flows.run import REPORTS
from flows.settings import load_settings
from warehouse.catalog import open_reports
from warehouse.measures import judge_everything
from warehouse.query import Answer, ask

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    import duckdb

    from checks.results import CheckResult
    from checks.waivers import Waivers

_LAST_RESULTS = """
    with last_load as (
        select load_id from dim_load
        order by started_at desc, load_id desc
        limit 1
    )

    select
        fact_check.load_id,
        fact_check.severity,
        fact_check.rule_id,
        fact_check.table_name,
        case
            when fact_check.error is not null then 'error'
            when fact_check.is_passed then 'passed'
            when fact_check.is_waived then 'waived'
            when fact_check.is_accepted then 'accepted'
            else 'failed'
        end as result,
        fact_check.failed_count as failed,
        fact_check.checked_count as checked,
        coalesce(fact_check.error, fact_check.sample) as detail
    from fact_check
    inner join last_load on fact_check.load_id = last_load.load_id
    order by
        fact_check.is_passed,
        array_position(['critical', 'warning', 'info'], fact_check.severity),
        fact_check.rule_id
"""


#: A waiver that runs out within so many days is told.
_SOON_DAYS = 7
_ENDING_WAIVERS = """
    select rule_id, waived_until, waiver_reason
    from dim_rule
    where waived_until between $today and $today + $days::integer
    order by waived_until, rule_id
"""
#: Data Docs lie here in the data folder.
DATA_DOCS = "data_docs"

_RESULTS = """
    with newest_load as (
        select load_id from dim_load
        where load_id in (select fact_check.load_id from fact_check)
        order by started_at desc, load_id desc
        limit $most_loads
    )

    select
        fact_check.load_id,
        fact_check.rule_id,
        fact_check.table_name,
        fact_check.severity,
        fact_check.checked_count,
        fact_check.failed_count,
        fact_check.is_passed,
        fact_check.error,
        fact_check.ran_at
    from fact_check
    semi join newest_load on fact_check.load_id = newest_load.load_id
    order by fact_check.is_passed, fact_check.rule_id, fact_check.load_id
"""
#: Loads that Data Docs show: a page each a table, so that building takes seconds.
_MOST_LOADS = 20


def checks_command(
    data: Path | None, form: Format, out: Path | None, *, is_full: bool, is_docs: bool
) -> int:
    """Print the last load's results, or audit all; 1 if a critical rule fails now."""
    settings = load_settings(data=data)
    today = datetime.now(UTC).date()
    with closing(open_reports(settings.data / REPORTS)) as connection:
        if is_docs:
            _write_docs(connection, settings.data / DATA_DOCS)
            return 0
        if not is_full:
            write_answer(ask(connection, _LAST_RESULTS), form, out)
            for line in ending_waivers(connection, today):
                sys.stderr.write(f"{line}\n")
            return 0
        waivers = load_references(settings.seeds).waivers_on(today)
        return _audit(connection, form, out, waivers)


def ending_waivers(connection: duckdb.DuckDBPyConnection, today: date) -> list[str]:
    """A line for each waiver that soon runs out, as of the last load."""
    return [
        f"The waiver of {rule_id} runs out on {until}: {reason}. Mend the cause, or "
        "renew it in seeds/waivers.csv."
        for rule_id, until, reason in connection.execute(
            _ENDING_WAIVERS, {"today": today, "days": _SOON_DAYS}
        ).fetchall()
    ]


def _write_docs(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Build Great Expectations' Data Docs and say where they are."""
    answer = ask(connection, _RESULTS, {"most_loads": _MOST_LOADS})
    if not answer.rows:
        message = "no load has been checked yet. Run `qoima run` first."
        raise UserError(message)
    from checks.data_docs.build import build_data_docs

    rows = (dict(zip(answer.columns, row, strict=True)) for row in answer.rows)
    sys.stdout.write(f"{build_data_docs(rows, folder)}\n")


def _audit(
    connection: duckdb.DuckDBPyConnection,
    form: Format,
    out: Path | None,
    waivers: Waivers,
) -> int:
    """Run every table rule over the whole published warehouse."""
    from checks.tables import run_table_rules

    connection.execute(
        "create temporary table touched_article as "
        "select distinct article_id from fact_article"
    )
    connection.execute(
        "create temporary view touched_mention as select * from fact_mention"
    )
    connection.execute(
        """
        create temporary view rebuilt_event as
        select event_id from fact_event
        union all
        select event_id from fact_event_mention
        union all
        select event_id from bridge_event_actor
        """
    )
    connection.execute(
        """
        create temporary table current_load as
        select load_id, run_id, files_read, files_loaded, files_unchanged,
            files_duplicate, files_quarantined, records_read, articles_loaded,
            articles_unchanged, articles_rejected
        from dim_load
        where false
        """
    )
    judge_everything(connection, datetime.now(UTC))
    results = waivers.waive(run_table_rules(connection))
    rows = [
        (
            result.severity,
            result.rule_id,
            result.table_name,
            _outcome(result),
            result.failed_count,
            result.checked_count,
        )
        for result in sorted(results, key=lambda result: result.is_passed)
    ]
    columns = ["severity", "rule_id", "table_name", "result", "failed", "checked"]
    types = ["VARCHAR"] * 4 + ["BIGINT"] * 2
    write_answer(Answer(columns, types, rows), form, out)
    for line in waivers.ran_out():
        sys.stderr.write(f"{line}\n")
    for result in results:
        if not result.is_passed:
            sys.stderr.write(explain(result) + "\n")
    return int(bool(blocking(results)))


def _outcome(result: CheckResult) -> str:
    if result.error is not None:
        return "error"
    if result.is_passed:
        return "passed"
    return "waived" if result.is_waived else "failed"
