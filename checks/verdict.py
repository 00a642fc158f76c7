"""What results mean for a load, and how they are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from checks.rule import Level, Severity
from checks.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from checks.results import CheckResult

#: Levels whose rules run inside the load's transaction.
_OF_TABLES = (Level.TABLE, Level.HISTORY)


def blocking(
    results: Iterable[CheckResult], accepted: Collection[str] = ()
) -> list[CheckResult]:
    """The results that stop a load.

    A rule that could not run stops it at any severity: nobody knows what it would
    have found. Of those that ran, the critical ones over batch and tables stop it;
    records that fail a critical rule are in quarantine already, and the rest goes on.
    What is waived does not stop it.

    Args:
        results: of all rules that should have run.
        accepted: names of rules that the user overrides (``--accept``). A table rule
            that could not run cannot be: its error may have ended the transaction,
            and DuckDB commits such a one as nothing, without a word.

    Returns:
        The blocking ones, in the order given; empty where the load may go on.
    """
    return [
        result
        for result in results
        if _stops(result)
        and (result.rule_id not in accepted or _is_table_error(result))
    ]


def explain(result: CheckResult) -> str:
    """Tell a failed result: what, how many of how many, which, and what to do.

    Args:
        result: one that did not pass; a passed one is told in a few words.

    Returns:
        One line, for a terminal or a log.
    """
    rule = RULES.get(result.rule_id)
    protects = rule.protects if rule else "a rule that is no longer known"
    if result.error is not None:
        return (
            f"{result.rule_id}: could not be checked ({protects}): "
            f"{' '.join(result.error.split())} Nothing is known about these rows; "
            "run again, and report it if it stays."
        )
    counts = f"{result.failed_count:,} of {result.checked_count:,}"
    if result.is_passed:
        return f"{result.rule_id}: passed, {result.checked_count:,} rows: {protects}."
    remedy = rule.remedy if rule else ""
    unit = "records" if rule and rule.level not in _OF_TABLES else "rows"
    shown = "; ".join(_show(row) for row in result.sample)
    more = "; …" if result.failed_count > len(result.sample) else ""
    waived = ", waived" if result.is_waived else ""
    return (
        f"{result.rule_id} ({result.severity}{waived}): {counts} {unit} of "
        f"{result.table_name} break the rule that {protects}: [{shown}{more}]. {remedy}"
    ).strip() + (_accept_hint(result) if _stops(result) else "")


def _accept_hint(result: CheckResult) -> str:
    return f" To load it as it is: `qoima run --accept {result.rule_id}`."


def brief(result: CheckResult) -> str:
    """Tell a failed result in a few words, without its rows.

    Args:
        result: one that did not pass.

    Returns:
        One short line.
    """
    rule = RULES.get(result.rule_id)
    if result.error is not None or rule is None:
        return explain(result)
    severity = f"waived {result.severity}" if result.is_waived else result.severity
    return (
        f"{severity}: {result.rule_id}: {result.failed_count:,} of "
        f"{result.checked_count:,} break the rule that {rule.protects}"
    )


def _stops(result: CheckResult) -> bool:
    if result.error is not None:
        return True
    if result.is_passed or result.is_waived or result.severity != Severity.CRITICAL:
        return False
    rule = RULES.get(result.rule_id)
    return rule is None or rule.level is not Level.RECORD


def _is_table_error(result: CheckResult) -> bool:
    rule = RULES.get(result.rule_id)
    return result.error is not None and (rule is None or rule.level in _OF_TABLES)


def _show(row: dict[str, Any]) -> str:
    """A row as `path:record_no` and its other values; keys only without a path."""
    path, record_no = row.get("path"), row.get("record_no")
    place = [] if path is None else [f"{path}:{record_no}" if record_no else f"{path}"]
    hidden = {"path", "record_no"} | ({"file_id"} if path is not None else set())
    values = [f"{name}={value}" for name, value in row.items() if name not in hidden]
    if path is None and record_no is not None:
        values.append(f"record_no={record_no}")
    return " ".join((*place, *values))
