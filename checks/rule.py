"""What a data-quality rule is: one definition, used wherever the rule is asked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Level(StrEnum):
    """What a rule judges, which says where it runs."""

    RECORD = "record"
    """One row of the batch; through Great Expectations, and to split the batch."""
    BATCH = "batch"
    """The batch as a whole; through Great Expectations."""
    TABLE = "table"
    """The tables after the load, on its connection, before it commits."""
    HISTORY = "history"
    """What the load changed against the weeks before; runs as table rules do."""


class Severity(StrEnum):
    """What a failure means for the load."""

    CRITICAL = "critical"
    """A record goes to quarantine; a batch or a table blocks the load."""
    WARNING = "warning"
    """The load goes on; someone should look."""
    INFO = "info"
    """The load goes on; good to know."""


class Owner(StrEnum):
    """Who has to act on a failure."""

    MAINTAINER = "maintainer"
    """Whoever keeps the code: it is at fault."""
    ENGINEER = "data engineer"
    """Whoever runs it: files, encodings, folders, the machine."""
    REFERENCES = "reference tables"
    """Whoever keeps the reference tables of the workspace."""
    OUTLET = "outlet"
    """Whoever gets the articles from their outlet, which has to mend them."""
    ANALYST = "analyst"
    """Whoever reads the articles: someone has to look at the text."""


@dataclass(frozen=True)
class Rule:
    """One data-quality rule.

    Attributes:
        rule_id: its name, also the reason code of a record it rejects.
        level: what it judges.
        table_name: the table it protects.
        severity: what its failure means.
        protects: what holds of good data, as a sentence without its full stop.
        remedy: what to do about a failure, naming the file or the command.
        owner: who has to do it.
        failing_rows: SQL that returns the offending rows with what is needed to
            find and judge them. It reads ``batch`` (record and batch rules), or the
            tables, ``touched_article``, ``touched_mention``, ``current_load`` (table
            rules) and what `warehouse.measures` leaves (history rules).
        predicate: of a record rule, SQL that is true on a good row. Null counts as
            false: a predicate has to speak of nulls itself.
        checked_rows: of a table rule, SQL that returns the one number of rows looked
            at; record and batch rules look at every row of the batch.
        is_of_rows: of a table rule, whether only rows looked at can fail: where there
            are none it need not be asked. A rule that something is missing is not so.
    """

    rule_id: str
    level: Level
    table_name: str
    severity: Severity
    protects: str
    remedy: str
    owner: Owner
    failing_rows: str
    predicate: str | None = None
    checked_rows: str | None = None
    is_of_rows: bool = False


#: What to do where only the code can be at fault.
FAULT = (
    "The load wrote what it should not: report it with these rows; nothing was kept."
)


def one_of(column: str, values: Iterable[str]) -> str:
    """SQL that is true where the column holds one of these codes, false on null."""
    listed = ", ".join(f"'{value}'" for value in values)
    return f"coalesce({column} in ({listed}), false)"


def record_rule(  # noqa: PLR0913 - a rule's fields, by keyword
    rule_id: str,
    severity: Severity,
    predicate: str,
    *,
    evidence: tuple[str, ...],
    protects: str,
    remedy: str,
    owner: Owner,
) -> Rule:
    """A rule on one record, from its predicate.

    Args:
        rule_id: its name.
        severity: what its failure means.
        predicate: SQL over one row of the batch, true on a good one.
        evidence: the batch's columns to show of an offending row, beside its place.
        protects: what holds of good data.
        remedy: what to do about a failure.
        owner: who has to do it.
    """
    columns = ", ".join(("file_id", "record_no", "path", *evidence))
    return Rule(
        rule_id=rule_id,
        level=Level.RECORD,
        table_name="fact_article",
        severity=severity,
        protects=protects,
        remedy=remedy,
        owner=owner,
        failing_rows=(
            f"select {columns} from batch where not coalesce(({predicate}), false) "
            "order by path, record_no"
        ),
        predicate=predicate,
    )


def table_rule(  # noqa: PLR0913 - a rule's fields, most by keyword
    table_name: str,
    rule_id: str,
    protects: str,
    failing_rows: str,
    *,
    remedy: str = FAULT,
    owner: Owner = Owner.MAINTAINER,
    severity: Severity = Severity.CRITICAL,
    looked_at: str | None = None,
    scope: str | None = None,
    is_of_rows: bool = False,
) -> Rule:
    """A rule on a table after the load.

    Args:
        table_name: the table that it protects.
        rule_id: its name.
        protects: what holds of good data.
        failing_rows: SQL that returns the offending rows.
        remedy: what to do about a failure.
        owner: who has to do it.
        severity: what its failure means.
        looked_at: the table whose rows it looks at, where that is another one.
        scope: SQL that keeps the rows that it looks at; all where there is none.
        is_of_rows: whether only rows looked at can fail.
    """
    where = f" where {scope}" if scope else ""
    return Rule(
        rule_id=rule_id,
        level=Level.TABLE,
        table_name=table_name,
        severity=severity,
        protects=protects,
        remedy=remedy,
        owner=owner,
        failing_rows=failing_rows,
        checked_rows=f"select count(*) from {looked_at or table_name}{where}",
        is_of_rows=is_of_rows,
    )
