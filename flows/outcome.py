"""The audit rows of a load: its own and those of its checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warehouse.audit import LoadRow, write_checks, write_load

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import duckdb

    from checks.results import CheckResult


def write_outcome(
    connection: duckdb.DuckDBPyConnection,
    row: LoadRow,
    results: Sequence[CheckResult],
    accepted: Collection[str],
) -> None:
    """Write the load's row, and one for each rule that ran."""
    write_load(connection, row)
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
        }
        for result in results
    ]
    if checks:
        write_checks(connection, checks, load_id=row.load_id, now=row.finished_at)
