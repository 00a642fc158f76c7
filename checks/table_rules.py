"""The table and history rules, in the order in which they run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks.aggregate_rules import AGGREGATE_RULES
from checks.article_rules import ARTICLE_RULES
from checks.bridge_rules import BRIDGE_RULES
from checks.copy_rules import COPY_RULES
from checks.dimension_rules import DIMENSION_RULES
from checks.entity_rules import ENTITY_RULES
from checks.event_rules import EVENT_RULES
from checks.evidence_rules import EVIDENCE_RULES
from checks.grains import GRAIN_RULES
from checks.history_rules import HISTORY_RULES
from checks.ledger_rules import LEDGER_RULES
from checks.lineage_rules import LINEAGE_RULES
from checks.measure_rules import MEASURE_RULES
from checks.mention_rules import MENTION_RULES
from checks.role_rules import ROLE_RULES
from checks.search_rules import SEARCH_RULES
from checks.sentence_rules import SENTENCE_RULES
from checks.topic_rules import TOPIC_RULES

if TYPE_CHECKING:
    from checks.rule import Rule

TABLE_RULES: tuple[Rule, ...] = (
    *GRAIN_RULES,
    *ARTICLE_RULES,
    *SENTENCE_RULES,
    *MENTION_RULES,
    *BRIDGE_RULES,
    *ROLE_RULES,
    *COPY_RULES,
    *SEARCH_RULES,
    *AGGREGATE_RULES,
    *EVIDENCE_RULES,
    *TOPIC_RULES,
    *EVENT_RULES,
    *LEDGER_RULES,
    *LINEAGE_RULES,
    *DIMENSION_RULES,
    *ENTITY_RULES,
    *MEASURE_RULES,
    *HISTORY_RULES,
)
