"""Table rules on what articles are about: weights of countries and topics."""

from __future__ import annotations

from checks.rule import Rule, table_rule
from checks.scopes import TOUCHED

#: Weights are sums of fractions.
_TOLERANCE = "1e-6"


def weights_sum(table: str, rule_id: str, items: str, step: str) -> Rule:
    """The rows of an article version share a weight of 1.

    Args:
        table: article_id, version, weight, mention_count.
        rule_id: the rule's name.
        items: what the rows are, in the plural.
        step: the step that makes them.
    """
    return table_rule(
        table,
        rule_id,
        f"the {items} of an article version share a weight of 1",
        f"""
        select article_id, version, count(*) as {items}, sum(weight) as weight,
            min(weight) as least_weight, min(mention_count) as least_count
        from {table} where {TOUCHED}
        group by article_id, version
        having not abs(sum(weight) - 1) <= {_TOLERANCE}
            or min(weight) <= 0
            or min(mention_count) < 1
        """,
        remedy=f"This is a fault of the step {step}: report it with these rows.",
        scope=TOUCHED,
        is_of_rows=True,
    )


BRIDGE_RULES: tuple[Rule, ...] = (
    weights_sum(
        "bridge_article_country", "article_country_weights_sum", "countries", "names"
    ),
    weights_sum(
        "bridge_article_topic", "article_topic_weights_sum", "topics", "topics"
    ),
    table_rule(
        "bridge_article_topic",
        "article_topic_has_evidence",
        "some words of the article speak for each of its topics",
        f"""
        select article_id, version, topic_id from bridge_article_topic
        where {TOUCHED} and (article_id, version, topic_id) not in (
            select (article_id, version, topic_id) from fact_topic_mention
            where {TOUCHED}
        )
        """,
        remedy="This is a fault of the step topics: report it with these rows.",
        scope=TOUCHED,
        is_of_rows=True,
    ),
)
