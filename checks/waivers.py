"""Waivers: failures of a rule that someone has said to live with, until a day.

A waived rule that fails does not stop a load and refuses no record, and is told as
waived. A rule that errs is never waived: nobody knows what it would have found.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from checks.rule import Level
from checks.rules import RULES

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable
    from pathlib import Path

    import duckdb

    from checks.results import CheckResult
    from checks.rule import Rule

#: Without these a load would not know what it writes, or lose inputs.
NEVER_WAIVED = frozenset(
    {"record_keys_present", "batch_records_unique"}
    | {rule_id for rule_id in RULES if rule_id.startswith("account_")}
)


@dataclass(frozen=True)
class Waiver:
    """One waiver.

    Attributes:
        rule_id: the rule.
        until: the last day on which it counts, UTC.
        reason: why.
        who: who has decided it.
        source_code: the outlet whose records it is for; None for all.
    """

    rule_id: str
    until: dt.date
    reason: str
    who: str
    source_code: str | None = None


class Waivers:
    """The waivers of a workspace, as of a day."""

    def __init__(self, waivers: Iterable[Waiver], today: dt.date) -> None:
        """Sort out those that count no more.

        Args:
            waivers: all of them.
            today: the day, UTC.
        """
        self.all = tuple(waivers)
        self.today = today
        self._in_force = [one for one in self.all if one.until >= today]

    def is_everywhere(self, rule_id: str) -> bool:
        """Whether the rule is waived for every outlet."""
        return any(
            one.rule_id == rule_id and one.source_code is None for one in self._in_force
        )

    def sources(self, rule_id: str) -> tuple[str, ...]:
        """The outlets that the rule is waived for."""
        return tuple(
            one.source_code
            for one in self._in_force
            if one.rule_id == rule_id and one.source_code is not None
        )

    def ran_out(self) -> list[str]:
        """A line for each waiver that counts no more."""
        return [
            f"waiver of {one.rule_id}{_for_outlet(one)} ran out on {one.until}: its "
            "failures count again. Take it out of seeds/waivers.csv, or renew it."
            for one in self.all
            if one.until < self.today
        ]

    def waive(self, results: Iterable[CheckResult]) -> list[CheckResult]:
        """Mark the failures of rules that are waived for every outlet."""
        return [
            replace(result, is_waived=True)
            if _has_failed(result) and self.is_everywhere(result.rule_id)
            else result
            for result in results
        ]

    def waive_in_batch(
        self,
        results: Iterable[CheckResult],
        connection: duckdb.DuckDBPyConnection,
        batch: Path,
    ) -> list[CheckResult]:
        """Mark waived failures of record and batch rules, also those of outlets.

        A failure is waived for outlets if no failing record is of another one.

        Args:
            results: of the batch.
            connection: any DuckDB connection that may read files.
            batch: the narrow batch, Parquet.
        """
        return [
            replace(result, is_waived=True)
            if _has_failed(result)
            and not result.is_waived
            and self.sources(result.rule_id)
            and not self._outside(RULES[result.rule_id], connection, batch)
            else result
            for result in self.waive(results)
        ]

    def counted(self, broken: pl.DataFrame, records: pl.DataFrame) -> pl.DataFrame:
        """Those of the records that broke a rule for which no waiver holds.

        Args:
            broken: file_id, record_no, rule_id.
            records: file_id, record_no, source_code of every record of the batch.

        Returns:
            Rows of ``broken``, in their order.
        """
        ids = broken["rule_id"].unique()
        everywhere = [rule_id for rule_id in ids if self.is_everywhere(rule_id)]
        waived = [(rule_id, code) for rule_id in ids for code in self.sources(rule_id)]
        return (
            broken.filter(~pl.col("rule_id").is_in(everywhere))
            .join(
                records.select("file_id", "record_no", "source_code"),
                on=["file_id", "record_no"],
                how="left",
                maintain_order="left",
            )
            .join(
                pl.DataFrame(
                    waived,
                    schema={"rule_id": pl.String, "source_code": pl.String},
                    orient="row",
                ),
                on=["rule_id", "source_code"],
                how="anti",
                maintain_order="left",
            )
            .drop("source_code")
        )

    def _outside(
        self, rule: Rule, connection: duckdb.DuckDBPyConnection, batch: Path
    ) -> int:
        """Failing records of outlets that the rule is not waived for."""
        row = connection.execute(
            f"""
            with batch as (select * from read_parquet($batch)),
            failing as ({rule.failing_rows})
            select count(*) from failing
            semi join (
                select file_id, record_no from batch
                where not list_contains($sources::varchar[], source_code)
            ) using (file_id, record_no)
            """,
            {"batch": str(batch), "sources": list(self.sources(rule.rule_id))},
        ).fetchone()
        return int(row[0]) if row else 0


def can_be_of_an_outlet(rule_id: str) -> bool:
    """Whether a waiver of the rule may name an outlet: those on records and batches."""
    rule = RULES.get(rule_id)
    return rule is None or rule.level is not Level.TABLE


def _has_failed(result: CheckResult) -> bool:
    return not result.is_passed and result.error is None


def _for_outlet(waiver: Waiver) -> str:
    return f" for {waiver.source_code}" if waiver.source_code else ""
