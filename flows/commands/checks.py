"""``qoima checks``."""

from __future__ import annotations

import sys
from contextlib import closing
from typing import TYPE_CHECKING

from checks.verdict import blocking, explain
from flows.errors import UserError
from flows.output import Format, write_answer
from flows.run import REPORTS
from flows.settings import load_settings
from warehouse.catalog import open_reports
from warehouse.query import Answer, ask

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

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
    from flows.amendments import Amendments
    from flows.references import load_references

    settings = load_settings(data=data)
    with closing(open_reports(settings.data / REPORTS)) as connection:
        if is_docs:
            _write_docs(connection, settings.data / DATA_DOCS)
            return 0
        if not is_full:
            write_answer(ask(connection, _LAST_RESULTS), form, out)
            return 0
        Amendments.of(load_references(settings.seeds)).note(connection)
        return _audit(connection, form, out)


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
    connection: duckdb.DuckDBPyConnection, form: Format, out: Path | None
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
        create temporary table current_load as
        select load_id, run_id, files_read, files_loaded, files_unchanged,
            files_duplicate, files_quarantined, records_read, articles_loaded,
            articles_unchanged, articles_rejected
        from dim_load
        where false
        """
    )
    results = run_table_rules(connection)
    rows = [
        (
            result.severity,
            result.rule_id,
            result.table_name,
            "error" if result.error else "passed" if result.is_passed else "failed",
            result.failed_count,
            result.checked_count,
        )
        for result in sorted(results, key=lambda result: result.is_passed)
    ]
    columns = ["severity", "rule_id", "table_name", "result", "failed", "checked"]
    types = ["VARCHAR"] * 4 + ["BIGINT"] * 2
    write_answer(Answer(columns, types, rows), form, out)
    for result in results:
        if not result.is_passed:
            sys.stderr.write(explain(result) + "\n")
    return int(bool(blocking(results)))
