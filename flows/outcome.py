"""The audit rows of a load: its own and those of its checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from warehouse.audit import LoadRow, write_checks, write_load
from warehouse.check_rows import write_check_rows

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import duckdb

    from checks.results import CheckResult

_ROW: dict[str, Any] = {
    "rule_id": pl.String,
    "file_id": pl.Int64,
    "record_no": pl.Int32,
    "article_id": pl.Int64,
    "version": pl.Int32,
    "in_title": pl.Boolean,
    "start_char": pl.Int32,
    "end_char": pl.Int32,
    "detail": pl.String,
}


def write_outcome(
    connection: duckdb.DuckDBPyConnection,
    row: LoadRow,
    results: Sequence[CheckResult],
    accepted: Collection[str],
    broken: pl.DataFrame | None = None,
) -> None:
    """Write the load's row, one for each rule that ran, and what broke them.

    Args:
        connection: the warehouse, in a transaction, after the data of the load.
        row: the load.
        results: of every rule that ran.
        accepted: names of rules that the user overrides.
        broken: records that broke a record rule: file_id, record_no, rule_id.
    """
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
            "is_waived": result.is_waived,
        }
        for result in results
    ]
    if checks:
        write_checks(connection, checks, load_id=row.load_id, now=row.finished_at)
    kept = pl.DataFrame(
        [
            kept | {"rule_id": result.rule_id}
            for result in results
            for kept in result.kept
        ],
        schema=_ROW,
    )
    records = [] if broken is None else [broken.cast({"record_no": pl.Int32})]
    write_check_rows(
        connection, pl.concat([kept, *records], how="diagonal"), row.load_id
    )
