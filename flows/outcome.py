"""The audit rows of a load: its own and those of its checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from checks.rules import RULES
from warehouse.audit import LoadRow, write_checks, write_load
from warehouse.rules import merge_rules

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import duckdb

    from checks.results import CheckResult
    from checks.waivers import Waiver, Waivers

#: Columns that may be null in every row.
_WAIVED = {"waived_until": pl.Date, "waiver_reason": pl.String}


def write_outcome(
    connection: duckdb.DuckDBPyConnection,
    row: LoadRow,
    results: Sequence[CheckResult],
    accepted: Collection[str],
    waivers: Waivers,
) -> None:
    """Write the load's row, one for each rule that ran, and what the rules are."""
    write_load(connection, row)
    merge_rules(connection, rule_rows(waivers))
    checks = [
        {
            "rule_id": result.rule_id,
            "table_name": result.table_name,
            "severity": result.severity,
            "checked_count": result.checked_count,
            "failed_count": result.failed_count,
            "is_passed": result.is_passed,
            "is_accepted": not result.is_passed and result.rule_id in accepted,
            "error": result.error,
            "sample": result.sample,
            "is_waived": result.is_waived,
        }
        for result in results
    ]
    if checks:
        write_checks(connection, checks, load_id=row.load_id, now=row.finished_at)


def rule_rows(waivers: Waivers) -> pl.DataFrame:
    """The rows of dim_rule: every rule, with what is waived of it."""
    rows = []
    for rule in RULES.values():
        own = [one for one in waivers.all if one.rule_id == rule.rule_id]
        rows.append(
            {
                "rule_id": rule.rule_id,
                "level": str(rule.level),
                "table_name": rule.table_name,
                "severity": str(rule.severity),
                "protects": rule.protects,
                "remedy": rule.remedy,
                "owner": str(rule.owner),
                "waived_until": max((one.until for one in own), default=None),
                "waiver_reason": _told(own),
                "is_known": True,
            }
        )
    return pl.DataFrame(rows, schema_overrides=_WAIVED)


def _told(waivers: list[Waiver]) -> str | None:
    """Reasons and who gave them, each with its outlet and day where there are many."""
    return (
        "; ".join(
            f"{one.source_code or 'all'} until {one.until}: {one.reason} ({one.who})"
            for one in waivers
        )
        or None
    )
