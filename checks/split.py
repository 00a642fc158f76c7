"""Splits a batch: which records fail a critical rule and belong in quarantine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks.record_rules import RECORD_RULES
from checks.rule import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import duckdb
    import polars as pl

    from checks.rule import Rule

CRITICAL_RULES = tuple(
    rule for rule in RECORD_RULES if rule.severity is Severity.CRITICAL
)


def split_records(
    connection: duckdb.DuckDBPyConnection,
    batch: Path,
    *,
    rules: Iterable[Rule] = CRITICAL_RULES,
) -> pl.DataFrame:
    """Find the records that fail a rule, in one pass over the batch.

    The predicates are those that Great Expectations checks, so what is rejected is
    what the results count.

    Args:
        connection: any DuckDB connection that may read files; nothing is written.
        batch: the narrow batch, Parquet.
        rules: record rules; the critical ones unless told otherwise.

    Returns:
        file_id, record_no, rule_id: one row a record and failed rule, in the order of
        records and then of rules. Empty where all is well.
    """
    verdicts = ", ".join(
        f"case when not coalesce(({rule.predicate}), false) then '{rule.rule_id}' end"
        for rule in rules
    )
    query = f"""
        with
        batch as (select * from read_parquet($batch)),
        judged as (select file_id, record_no, [{verdicts}] as verdicts from batch),
        failed as (
            select file_id, record_no, unnest(verdicts) as rule_id,
                generate_subscripts(verdicts, 1) as rule_no
            from judged
        )
        select file_id, record_no, rule_id from failed
        where rule_id is not null
        order by file_id, record_no, rule_no
    """
    return connection.execute(query, {"batch": str(batch)}).pl()
