"""Runs table rules on the loading connection, inside its transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb

from checks.results import KEPT_ROWS, CheckResult, erred, ran
from checks.table_rules import TABLE_RULES
from checks.touched import TouchedRows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from checks.rule import Rule


def run_table_rules(
    connection: duckdb.DuckDBPyConnection, rules: Sequence[Rule] = TABLE_RULES
) -> list[CheckResult]:
    """Look at what the load wrote before it is committed.

    Nothing is written but temporary tables, which go. The connection must have these:
    ``touched_article(article_id)``, the articles to look at; ``touched_mention``, their
    rows of fact_mention; ``rebuilt_event(event_id)``, the events that the load made
    anew or took away; ``touched_day``, ``judged_measure`` and ``judged_source`` of
    `warehouse.measures`; and ``current_load`` with one row of load_id, run_id and the
    counts of the load. For an audit of the whole warehouse the last has no row and the
    others hold everything.

    A rule that DuckDB cannot plan (a missing table, a wrong column) errs alone. One
    that fails while it runs takes the transaction with it, as DuckDB has no
    savepoints: it and all rules after it err, and the caller must roll back. A commit
    would raise nothing and keep nothing.

    Args:
        connection: the loading connection.
        rules: table rules.

    Returns:
        A result a rule, in the order of the rules.
    """
    looking = _Looking(connection, TouchedRows(connection), {})
    results: list[CheckResult] = []
    lost_to: str | None = None
    for rule in rules:
        if lost_to is not None:
            results.append(erred(rule, f"not run: {lost_to} ended the transaction"))
            continue
        try:
            results.append(_run(looking, rule))
        except duckdb.Error as error:
            results.append(erred(rule, _first_line(error)))
            if not _is_usable(connection):
                lost_to = rule.rule_id
    if lost_to is None:
        looking.touched.drop()
    return results


@dataclass(frozen=True)
class _Looking:
    """One run of rules: copies of touched rows, and counts by their SQL."""

    connection: duckdb.DuckDBPyConnection
    touched: TouchedRows
    counts: dict[str, int]


def _run(looking: _Looking, rule: Rule) -> CheckResult:
    """Count and sample the failing rows in one query, the rows looked at once.

    Where no row is looked at, and only such rows can fail, that is all there is to do.

    Not by ``count(*) over ()``: DuckDB 1.5.5 now and then ends such a query with an
    internal error where two threads finish it at once (duckdb/duckdb#22352).
    """
    checked_rows = rule.checked_rows or f"select count(*) from {rule.table_name}"
    counts, touched = looking.counts, looking.touched
    if checked_rows not in counts:
        counted = looking.connection.execute(touched.rewrite(checked_rows)).fetchone()
        counts[checked_rows] = counted[0] if counted else 0
    if rule.is_of_rows and not counts[checked_rows]:
        return ran(rule, checked_count=0, failed_count=0, rows=[])
    found = looking.connection.execute(
        f"with failing as materialized ({touched.rewrite(rule.failing_rows)}) "
        "select *, (select count(*) from failing) as failed_count_ "
        f"from failing limit {KEPT_ROWS}"
    )
    names = [column[0] for column in found.description or ()][:-1]
    rows = found.fetchall()
    return ran(
        rule,
        checked_count=counts[checked_rows],
        failed_count=rows[0][-1] if rows else 0,
        rows=[dict(zip(names, row[:-1], strict=True)) for row in rows],
    )


def _is_usable(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the transaction outlived an error."""
    try:
        connection.execute("select 1")
    except duckdb.Error:
        return False
    return True


def _first_line(error: duckdb.Error) -> str:
    return str(error).strip().split("\n", 1)[0]
