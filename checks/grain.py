"""What a table promises plainly: one row a key, references that resolve, known codes.

Every promise names its rule. Most rules are made of the promise alone; where a rule
says more than that (numbers without a gap, a copy that leads to an original), it is
written by hand and the promise only names it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checks.rule import FAULT, Owner, Rule, Severity, one_of, table_rule
from checks.scopes import LOADS, TOUCHED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ALL = "true"
_WORD = re.compile(r"\w+")
#: What is read instead of a table, where it is not yet whole.
_TARGETS = {"dim_load": LOADS}


@dataclass(frozen=True)
class Unique:
    """A key that no two rows share.

    Attributes:
        rule_id: the rule that holds it.
        columns: the key, as SQL.
        says: what holds of good rows; None where a rule written by hand holds it.
    """

    rule_id: str
    columns: str
    says: str | None = None


@dataclass(frozen=True)
class Refers:
    """Columns that name a row of another table, or are null.

    Attributes:
        rule_id: the rule that holds it; several references may share one.
        columns: the columns, as SQL.
        target: the table that they refer to.
        keys: its columns, where they have other names.
        says: what holds of good rows; None where a rule written by hand holds it.
        severity: what a failure means.
    """

    rule_id: str
    columns: str
    target: str
    keys: str = ""
    says: str | None = None
    severity: Severity = Severity.CRITICAL

    @property
    def fails(self) -> str:
        """SQL that is true on a row whose reference does not resolve."""
        keys = self.keys or self.columns
        table = _TARGETS.get(self.target, self.target)
        within = _is_of_article(self.columns) and _is_of_article(keys)
        where = f" where {TOUCHED}" if within else ""
        columns = self.columns.split(", ")
        if len(columns) == 1:
            return (
                f"({self.columns} is not null and {self.columns} not in "
                f"(select {keys} from {table}{where}))"
            )
        known = " and ".join(f"{column} is not null" for column in columns)
        return (
            f"({known} and ({self.columns}) not in "
            f"(select ({keys}) from {table}{where}))"
        )


@dataclass(frozen=True)
class Coded:
    """A column of codes, each of a known list, or null where the table allows it.

    Attributes:
        rule_id: the rule that holds it; several columns may share one.
        column: the column.
        values: the codes.
        says: what holds of good rows; None where a rule written by hand holds it.
        severity: what a failure means.
    """

    rule_id: str
    column: str
    values: Sequence[str]
    says: str | None = None
    severity: Severity = Severity.CRITICAL

    @property
    def columns(self) -> str:
        """The column, as other promises name theirs."""
        return self.column

    @property
    def fails(self) -> str:
        """SQL that is true on a row with another code."""
        known = one_of(self.column, self.values)
        return f"({self.column} is not null and not {known})"


@dataclass(frozen=True)
class Grain:
    """One table and what it promises.

    Attributes:
        table: the table.
        unique: its grain.
        promises: its references and its columns of codes.
        scope: SQL that keeps the rows to look at.
        read: what is read instead of the table: a temporary table of such rows.
        remedy: what to do about a failure.
        owner: who has to act on one.
    """

    table: str
    unique: Unique
    promises: tuple[Refers | Coded, ...] = ()
    scope: str = ALL
    read: str = ""
    remedy: str = FAULT
    owner: Owner = Owner.MAINTAINER

    def rules(self) -> Iterator[Rule]:
        """The rules that are made of the promises, in their order."""
        if self.unique.says is not None:
            yield self._rule(self.unique.rule_id, self.unique.says, self._copies())
        made = {one.rule_id: one for one in self.promises if one.says is not None}
        for rule_id, first in made.items():
            parts = [one for one in self.promises if one.rule_id == rule_id]
            rows = self._failing(parts)
            yield self._rule(rule_id, first.says or "", rows, severity=first.severity)

    def _rule(
        self,
        rule_id: str,
        says: str,
        failing_rows: str,
        *,
        severity: Severity = Severity.CRITICAL,
    ) -> Rule:
        return table_rule(
            self.table,
            rule_id,
            says,
            failing_rows,
            remedy=self.remedy,
            owner=self.owner,
            severity=severity,
            looked_at=self.read or None,
            scope=None if self.scope == ALL else self.scope,
            is_of_rows=True,
        )

    def _copies(self) -> str:
        """Keys that stand more than once, also where only one of the rows is new."""
        key, rows = self.unique.columns, self.read or self.table
        where = self.scope
        if self.scope != ALL and self._scope_column not in key.split(", "):
            named = f"({key})" if ", " in key else key
            where = f"{named} in (select {named} from {rows} where {self.scope})"
        return (
            f"select {key}, count(*) as copies from {rows} where {where} "
            f"group by {key} having count(*) > 1"
        )

    @property
    def _scope_column(self) -> str:
        """The column that says whether a row is looked at: the scope's first word."""
        word = _WORD.search(self.scope)
        return word[0] if word else ""

    def _failing(self, parts: Sequence[Refers | Coded]) -> str:
        columns = ", ".join([self.unique.columns, *(part.columns for part in parts)])
        shown = ", ".join(dict.fromkeys(columns.split(", ")))
        fails = " or ".join(part.fails for part in parts)
        return (
            f"select {shown} from {self.read or self.table} "
            f"where {self.scope} and ({fails})"
        )


def _is_of_article(columns: str) -> bool:
    return columns.split(", ", 1)[0] == "article_id"
