"""Great Expectations over a batch.

Only the worker imports this: the library takes four to ten seconds to import.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

import great_expectations as gx
from great_expectations.data_context.types.base import ProgressBarsConfig
from great_expectations.expectations.core.expect_table_row_count_to_be_between import (
    ExpectTableRowCountToBeBetween,
)
from great_expectations.expectations.core.unexpected_rows_expectation import (
    UnexpectedRowsExpectation,
)

from checks.results import CheckResult, erred, ran

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from checks.rule import Rule

#: Both arguments are needed: without them every metric fails on a rollback that
#: DuckDB has no transaction for.
_ENGINE_ARGUMENTS = {"isolation_level": "AUTOCOMMIT", "skip_autocommit_rollback": True}
#: A name that needs no escape in SQL, in SQLAlchemy's text or in a DuckDB glob.
_SAFE_NAME = re.compile(r"[A-Za-z0-9._-]+")
_ROW_COUNT = "batch_row_count"


class BatchNameError(ValueError):
    """The batch's file name holds characters that SQL would read otherwise."""


class BatchChecker:
    """Runs record and batch rules over Parquet batches, one after the other.

    The context lives in memory: nothing is written and nothing is sent.
    """

    def __init__(self, rules: Sequence[Rule]) -> None:
        """Set up the context once for all batches.

        Args:
            rules: record and batch rules; their SQL reads ``batch``.
        """
        self._rules = tuple(rules)
        self._batches = 0
        context = gx.get_context(mode="ephemeral")
        context.enable_analytics(enable=False)
        context.variables.progress_bars = ProgressBarsConfig(globally=False)
        self._source = context.data_sources.add_sql(  # type: ignore[call-arg] # its stub lacks kwargs
            "batch",
            connection_string="duckdb:///:memory:",
            kwargs=_ENGINE_ARGUMENTS,
        )

    def check(self, batch: Path) -> list[CheckResult]:
        """Check one batch.

        Changes the working folder to the batch's, so that no folder name ever
        stands in SQL.

        Args:
            batch: the narrow Parquet file, absolute.

        Returns:
            A result a rule, in the order of the rules. A rule that could not run
            has its error; it is never passed.

        Raises:
            BatchNameError: the file is named with more than letters, digits and ._-
            OSError: its folder does not exist.
        """
        if not _SAFE_NAME.fullmatch(batch.name):
            message = (
                f"{batch.name!r}: name the batch with Latin letters, digits, '.', "
                "'_' and '-' only."
            )
            raise BatchNameError(message)
        os.chdir(batch.parent)
        self._batches += 1
        name = f"batch_{self._batches}"
        asset = self._source.add_query_asset(
            name, f"select * from read_parquet('{batch.name}')"
        )
        try:
            found = self._validate(asset, name)
        finally:
            self._source.delete_asset(name)
        count = found.get(_ROW_COUNT)
        checked = None if count is None else count["result"].get("observed_value")
        return [
            _result(rule, found.get(rule.rule_id), checked_count=checked)
            for rule in self._rules
        ]

    def _validate(self, asset: Any, name: str) -> dict[str, Mapping[str, Any]]:
        suite = gx.ExpectationSuite(name=name)
        suite.expectations = [
            ExpectTableRowCountToBeBetween(min_value=0, meta={"rule_id": _ROW_COUNT}),
            *(
                UnexpectedRowsExpectation(
                    unexpected_rows_query=batch_query(rule),
                    meta={"rule_id": rule.rule_id},
                )
                for rule in self._rules
            ),
        ]
        loaded = asset.add_batch_definition_whole_table(name).get_batch()
        validation = loaded.validate(suite, result_format="COMPLETE")
        # Results come in an order of their own: those that erred first.
        return {
            result.expectation_config.meta["rule_id"]: {
                "success": result.success,
                "result": result.result,
                "exception_info": result.exception_info,
            }
            for result in validation.results
        }


def batch_query(rule: Rule) -> str:
    """The rule's SQL as Great Expectations takes it.

    Braces are its placeholders and colons SQLAlchemy's, so both are escaped.
    """
    own = rule.failing_rows.replace("{", "{{").replace("}", "}}").replace(":", r"\:")
    query = "with batch as (select * from {batch}) "
    return f"{query}select * from ({own}) as failing"


def _result(
    rule: Rule, found: Mapping[str, Any] | None, *, checked_count: int | None
) -> CheckResult:
    if found is None:
        return erred(rule, "Great Expectations gave no result for this rule")
    error = _raised(found["exception_info"])
    if error is not None:
        return erred(rule, error)
    failed_count = found["result"].get("observed_value")
    if failed_count is None or checked_count is None:
        return erred(rule, "Great Expectations counted no rows")
    if bool(found["success"]) != (failed_count == 0):
        return erred(rule, f"success does not agree with {failed_count} failing rows")
    return ran(
        rule,
        checked_count=checked_count,
        failed_count=failed_count,
        rows=found["result"]["details"]["unexpected_rows"],
    )


def _raised(info: Mapping[str, Any] | None) -> str | None:
    """The first exception's message, of the flat form or that of one a metric."""
    if not info:
        return None
    entries = [info] if "raised_exception" in info else list(info.values())
    for entry in entries:
        if entry["raised_exception"]:
            message = str(entry["exception_message"] or "an exception was raised")
            return message.split("\n[SQL:", maxsplit=1)[0].strip()
    return None
