"""What came of a rule, and how it travels between processes and into a table."""

from __future__ import annotations

import datetime as dt
import json
import math
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from checks.rule import Level

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from checks.rule import Rule

#: Offending rows kept with a result: enough to find the fault, few enough to read.
SAMPLE_ROWS = 5
#: Offending rows of a table rule that are kept with their load.
KEPT_ROWS = 1000
#: Where a row is found again, of the columns that rules show.
PLACE = (
    "file_id",
    "record_no",
    "article_id",
    "version",
    "in_title",
    "start_char",
    "end_char",
)
#: Texts in a sample are cut: a message is to be read on a terminal.
SAMPLE_CHARACTERS = 120


@dataclass(frozen=True)
class CheckResult:
    """What came of one rule.

    Attributes:
        rule_id: the rule.
        table_name: the table it protects.
        severity: critical, warning or info.
        checked_count: rows it looked at; 0 where it could not run.
        failed_count: rows that broke it; 0 where it could not run.
        is_passed: False where rows broke it and where it could not run.
        error: why it could not run; None where it ran.
        sample: up to `SAMPLE_ROWS` offending rows, ready for JSON.
        kept: of a table rule, up to `KEPT_ROWS` offending rows: `PLACE`, null where a
            row has no such column, and ``detail``, the row as JSON.
        is_waived: whether rows broke it and a waiver holds for them.
    """

    rule_id: str
    table_name: str
    severity: str
    checked_count: int
    failed_count: int
    is_passed: bool
    error: str | None = None
    sample: list[dict[str, Any]] = field(default_factory=list)
    kept: list[dict[str, Any]] = field(default_factory=list)
    is_waived: bool = False

    def as_dict(self) -> dict[str, Any]:
        """The result as plain values, for JSON."""
        return asdict(self)


def ran(
    rule: Rule,
    *,
    checked_count: int,
    failed_count: int,
    rows: Sequence[Mapping[str, Any]],
) -> CheckResult:
    """The result of a rule that ran.

    Args:
        rule: the rule.
        checked_count: rows it looked at.
        failed_count: rows that broke it.
        rows: offending rows; the first `SAMPLE_ROWS` are shown, of a table rule the
            first `KEPT_ROWS` kept.
    """
    is_kept = rule.level is Level.TABLE
    return CheckResult(
        rule_id=rule.rule_id,
        table_name=rule.table_name,
        severity=str(rule.severity),
        checked_count=checked_count,
        failed_count=failed_count,
        is_passed=failed_count == 0,
        sample=[plain_row(row) for row in rows[:SAMPLE_ROWS]],
        kept=[_kept(row) for row in rows[:KEPT_ROWS]] if is_kept else [],
    )


def erred(rule: Rule, error: str) -> CheckResult:
    """The result of a rule that could not run: never passed, with its error."""
    return CheckResult(
        rule_id=rule.rule_id,
        table_name=rule.table_name,
        severity=str(rule.severity),
        checked_count=0,
        failed_count=0,
        is_passed=False,
        error=error or "no reason given",
    )


def _kept(row: Mapping[str, Any]) -> dict[str, Any]:
    detail = json.dumps(plain_row(row), ensure_ascii=False)
    return {name: row.get(name) for name in PLACE} | {"detail": detail}


def plain_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as JSON can hold it; keys of 64 bits become strings."""
    return {name: _plain(name, value) for name, value in row.items()}


def _plain(name: str, value: object) -> str | int | float | bool | None:
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return None
    if isinstance(value, bool | float):
        return value
    if isinstance(value, int):
        return str(value) if name.endswith("_id") else value
    if isinstance(value, dt.date):  # a datetime is one too
        return value.isoformat()
    text = str(value)
    if len(text) > SAMPLE_CHARACTERS:
        return text[: SAMPLE_CHARACTERS - 1] + "…"
    return text
