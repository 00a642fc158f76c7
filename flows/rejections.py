"""The quarantine as data: which rejections are meant, and what is known of them."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flows.errors import UserError
from flows.run import REPORTS
from transforms.records import REASONS, REMEDIES
from warehouse.catalog import open_reports
from warehouse.query import Answer, ask

if TYPE_CHECKING:
    from pathlib import Path

#: How many of the rejections that are meant are told of in a message.
_TOLD = 5

_GROUPS = """
    select
        fact_rejection.reason_code as reason,
        fact_rejection.stage,
        count(*) filter (where fact_rejection.status = 'open') as open,
        count(*) as total,
        count(distinct fact_rejection.file_id) as files,
        min(fact_rejection.rejected_at) as first_seen_at,
        max(fact_rejection.last_seen_at) as last_seen_at,
        arg_min(
            fact_rejection.rejection_id,
            (fact_rejection.rejected_at, fact_file.path, fact_rejection.record_no)
        ) as example_id
    from fact_rejection
    left join fact_file on fact_rejection.file_id = fact_file.file_id
    where fact_rejection.status = 'open' or $every
    group by fact_rejection.reason_code, fact_rejection.stage
    order by open desc, reason, stage
"""

_LIST = """
    select
        fact_rejection.rejection_id,
        fact_rejection.status,
        fact_rejection.stage,
        fact_rejection.reason_code as reason,
        fact_file.path,
        fact_rejection.record_no,
        fact_rejection.detail,
        fact_rejection.rejected_at as first_seen_at,
        fact_rejection.last_seen_at,
        fact_rejection.closed_at,
        fact_rejection.closed_reason,
        fact_rejection.closed_by
    from fact_rejection
    left join fact_file on fact_rejection.file_id = fact_file.file_id
    where
        (fact_rejection.status = 'open' or $every)
        and fact_rejection.reason_code = coalesce($reason, fact_rejection.reason_code)
    order by fact_rejection.rejected_at, fact_file.path, fact_rejection.record_no
    limit $limit
"""

_ONE = """
    select
        fact_rejection.*,
        fact_file.path,
        fact_file.format,
        fact_file.encoding,
        fact_file.size_bytes,
        fact_file.raw_file,
        fact_file.content_hash
    from fact_rejection
    left join fact_file on fact_rejection.file_id = fact_file.file_id
    where fact_rejection.rejection_id = $rejection_id
"""

_MEANT = """
    select
        fact_rejection.rejection_id,
        fact_rejection.file_id,
        fact_rejection.reason_code,
        fact_file.path,
        fact_file.raw_file is not null as has_raw,
        fact_rejection.status = 'open' as is_open
    from fact_rejection
    left join fact_file on fact_rejection.file_id = fact_file.file_id
    where
        (fact_rejection.status = 'open' or $closed_too)
        and (
            $ids is null
            or list_contains($ids::bigint [], fact_rejection.rejection_id)
        )
        and ($reason is null or fact_rejection.reason_code = $reason)
        and ($pattern is null or fact_file.path glob $pattern)
    order by fact_file.path, fact_rejection.record_no
"""


@dataclass(frozen=True)
class Choice:
    """Which rejections a command is about.

    Attributes:
        ids: by their ids.
        reason: all of one reason or rule.
        path: all whose file's path fits a pattern with ``*`` and ``?``.
        every: all that are open.
    """

    ids: list[int] = field(default_factory=list)
    reason: str | None = None
    path: str | None = None
    every: bool = False


@dataclass(frozen=True)
class Meant:
    """One rejection that a command is about."""

    rejection_id: int
    file_id: int
    reason_code: str
    path: str
    has_raw: bool
    is_open: bool


def groups(folder: Path, *, every: bool) -> Answer:
    """One row a reason and stage: counts, first and last seen, an example, a remedy."""
    answer = _asked(folder, _GROUPS, {"every": every})
    rows = [(*row, remedy(row[0])) for row in answer.rows]
    return Answer([*answer.columns, "what_to_do"], [*answer.types, "VARCHAR"], rows)


def rejections(
    folder: Path, *, reason: str | None, every: bool, limit: int | None
) -> Answer:
    """One row a rejection, of one reason or of all."""
    values = {"every": every, "reason": reason, "limit": limit}
    return _asked(folder, _LIST, values)


def one(folder: Path, rejection_id: int) -> dict[str, Any]:
    """Everything that is known of one rejection.

    Raises:
        UserError: there is none of that id.
    """
    answer = _asked(folder, _ONE, {"rejection_id": rejection_id})
    if not answer.rows:
        message = (
            f"no rejection {rejection_id}. The ids stand in "
            "`qoima quarantine list --reason REASON`."
        )
        raise UserError(message)
    return dict(zip(answer.columns, answer.rows[0], strict=True))


def chosen(folder: Path, choice: Choice) -> list[Meant]:
    """The rejections that a choice means; open ones, unless named by their id.

    Raises:
        UserError: nothing was chosen, an id is unknown, or nothing fits.
    """
    if not (choice.ids or choice.reason or choice.path or choice.every):
        message = "which rejections? Give ids, a reason, --path PATTERN or --all."
        raise UserError(message)
    values = {
        "closed_too": bool(choice.ids),
        "ids": choice.ids or None,
        "reason": choice.reason,
        "pattern": choice.path,
    }
    found = [Meant(*row) for row in _asked(folder, _MEANT, values).rows]
    known = {meant.rejection_id for meant in found}
    if lacking := [number for number in choice.ids if number not in known]:
        one(folder, lacking[0])
    if not found:
        message = "no open rejection fits. See `qoima quarantine list`."
        raise UserError(message)
    return found


def meaning(reason_code: str) -> str:
    """What a reason or a rule says, as a sentence."""
    if reason_code in REASONS:
        return REASONS[reason_code]
    rule = _rule(reason_code)
    return f"the rule that {rule.protects}" if rule else reason_code


def remedy(reason_code: str) -> str:
    """What to do about a reason or a rule."""
    if reason_code in REMEDIES:
        return REMEDIES[reason_code]
    rule = _rule(reason_code)
    return rule.remedy if rule else ""


def predicate(reason_code: str) -> str:
    """The predicate of the rule of that name; empty where it is none of a record."""
    rule = _rule(reason_code)
    return (rule.predicate or "") if rule else ""


def tell(paths: list[str]) -> str:
    """Some paths in a line."""
    more = f" and {len(paths) - _TOLD} more" if len(paths) > _TOLD else ""
    return ", ".join(paths[:_TOLD]) + more


def _rule(reason_code: str) -> Any:
    from checks.rules import RULES

    return RULES.get(reason_code)


def _asked(folder: Path, sql: str, values: dict[str, Any]) -> Answer:
    with closing(open_reports(folder / REPORTS)) as connection:
        return ask(connection, sql, values)
