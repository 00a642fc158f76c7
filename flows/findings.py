"""What the checks of some loads found, and what waits in quarantine.

Nothing here shows anything of the articles' text: it goes to servers and into messages,
where it could not be forgotten.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from checks.rules import RULES
from flows.run import REPORTS
from warehouse.catalog import open_reports
from warehouse.query import ask

if TYPE_CHECKING:
    from pathlib import Path

_FAILED_CHECKS = """
    select
        rule_id,
        severity,
        checked_count,
        failed_count,
        error is null as could_run,
        is_accepted,
        is_waived
    from fact_check
    where load_id in (select unnest($load_ids)) and not is_passed
    order by severity, rule_id
"""
_CAUSES = """
    select
        failed_rows.rule_id,
        coalesce(dim_source.source_code, '') as source,
        coalesce(failed_rows.format, '') as format,
        coalesce(failed_rows.parser_version, '') as parser_version,
        sum(failed_rows.row_count)::bigint as row_count
    from failed_rows
    left join dim_source on failed_rows.source_id = dim_source.source_id
    where failed_rows.load_id in (select unnest($load_ids))
    group by all
    order by row_count desc, rule_id, source, format, parser_version
    limit $most_causes
"""
#: A page is to be read; all causes stand in the report failed_checks.
_MOST_CAUSES = 50
_WAITING = """
    select stage, reason_code as reason, count(*) as count
    from fact_rejection
    where status = 'open'
    group by all
    order by count desc, stage, reason
"""


@dataclass(frozen=True)
class FailedCheck:
    """A rule that did not pass.

    Attributes:
        rule_id: the rule.
        severity: critical, warning or info.
        checked_count: rows that it looked at.
        failed_count: rows that broke it.
        could_run: False where the check itself failed, so that nothing is known.
        remedy: what to do.
        is_accepted: whether the run was told to load all the same.
        is_waived: whether a waiver holds for it.
    """

    rule_id: str
    severity: str
    checked_count: int
    failed_count: int
    could_run: bool
    remedy: str
    is_accepted: bool = False
    is_waived: bool = False


@dataclass(frozen=True)
class Cause:
    """What broke a rule: rows of one outlet, in one format, by one parser version.

    Attributes:
        rule_id: the rule.
        source: the outlet's code; empty where no outlet is known.
        format: the format of the input; empty where it is of none.
        parser_version: version of the step that parsed it; empty where unknown.
        row_count: how many rows.
    """

    rule_id: str
    source: str
    format: str
    parser_version: str
    row_count: int


@dataclass(frozen=True)
class Waiting:
    """Open rejections of one reason."""

    stage: str
    reason: str
    count: int


@dataclass(frozen=True)
class Found:
    """What the checks of a pass found, and what waits in quarantine after it."""

    failed: list[FailedCheck] = field(default_factory=list)
    causes: list[Cause] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)


def findings(data: Path, load_ids: list[str]) -> Found:
    """What the checks of these loads found, from the published warehouse.

    Args:
        data: the data folder.
        load_ids: the loads.

    Raises:
        WarehouseError: nothing was published yet.
    """
    with closing(open_reports(data / REPORTS)) as connection:

        def rows(sql: str, **values: Any) -> list[dict[str, Any]]:
            answer = ask(connection, sql, values)
            return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]

        return Found(
            [
                FailedCheck(**row, remedy=_remedy(row["rule_id"]))
                for row in rows(_FAILED_CHECKS, load_ids=load_ids)
            ],
            [
                Cause(**row)
                for row in rows(_CAUSES, load_ids=load_ids, most_causes=_MOST_CAUSES)
            ],
            [Waiting(**row) for row in rows(_WAITING)],
        )


def _remedy(rule_id: str) -> str:
    rule = RULES.get(rule_id)
    return rule.remedy if rule else ""
