"""Every rule by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks.batch_rules import BATCH_RULES
from checks.record_rules import RECORD_RULES
from checks.table_rules import TABLE_RULES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from checks.rule import Rule

RULES: dict[str, Rule] = {
    rule.rule_id: rule for rule in (*RECORD_RULES, *BATCH_RULES, *TABLE_RULES)
}


def unknown_rules(rule_ids: Iterable[str]) -> list[str]:
    """The names that no rule has, in the order given: a wrong ``--accept``."""
    return [rule_id for rule_id in rule_ids if rule_id not in RULES]
