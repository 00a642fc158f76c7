"""Table rules on topics: what articles are about, and the words that say so."""

from __future__ import annotations

from functools import partial

from checks.article_rules import TOUCHED
from checks.evidence import Evidence, spans
from checks.rule import Rule, table_rule

_MENTION = Evidence(
    "topic_mention",
    "fact_topic_mention",
    "evidence of a topic",
    "topics",
    "topic_id, in_title, start_char, end_char",
)
#: Weights are sums of fractions.
_TOLERANCE = "1e-6"


_topic_rule = partial(table_rule, "bridge_article_topic", scope=TOUCHED)

_MENTIONS = (
    _MENTION.rule(
        "unique",
        "a span speaks for a topic once",
        f"""
        select {_MENTION.columns}, count(*) as copies
        from fact_topic_mention where {TOUCHED}
        group by {_MENTION.columns} having count(*) > 1
        """,
    ),
    *spans(
        Evidence(_MENTION.prefix, _MENTION.table, _MENTION.row, "topics", "topic_id")
    ),
    _MENTION.values("evidence names its term", "trim(term) <> ''", evidence="term"),
    _MENTION.rule(
        "topic_resolves",
        "the topic of evidence is in dim_topic",
        f"""
        select {_MENTION.columns} from fact_topic_mention
        where {TOUCHED} and topic_id not in (select topic_id from dim_topic)
        """,
    ),
)

_ARTICLES = (
    _topic_rule(
        "article_topic_unique",
        "a topic stands once for an article version",
        f"""
        select article_id, version, topic_id, count(*) as copies
        from bridge_article_topic where {TOUCHED}
        group by article_id, version, topic_id having count(*) > 1
        """,
    ),
    _topic_rule(
        "article_topic_resolves",
        "article version and topic of every row exist",
        f"""
        select article_id, version, topic_id from bridge_article_topic
        where {TOUCHED} and (
            topic_id not in (select topic_id from dim_topic)
            or (article_id, version) not in (
                select (article_id, version) from fact_article where {TOUCHED}
            )
        )
        """,
    ),
    _topic_rule(
        "article_topic_has_evidence",
        "some words of the article speak for each of its topics",
        f"""
        select article_id, version, topic_id from bridge_article_topic
        where {TOUCHED} and (article_id, version, topic_id) not in (
            select (article_id, version, topic_id) from fact_topic_mention
            where {TOUCHED}
        )
        """,
    ),
    _topic_rule(
        "article_topic_weights_sum",
        "the topics of an article version share a weight of 1",
        f"""
        select article_id, version, count(*) as topics, sum(weight) as weight,
            min(weight) as least_weight, min(mention_count) as least_count
        from bridge_article_topic where {TOUCHED}
        group by article_id, version
        having not abs(sum(weight) - 1) <= {_TOLERANCE}
            or min(weight) <= 0
            or min(mention_count) < 1
        """,
    ),
)

_TOPICS = (
    table_rule(
        "dim_topic",
        "topic_valid",
        "a topic stands once, by key and by code, and its parent is of the first level",
        """
        with listed as (
            select topic_id, topic_code, parent_id, name_kk,
                count(*) over (partition by topic_id) as same_id,
                count(*) over (partition by topic_code) as same_code
            from dim_topic
        )
        select * from listed
        where same_id > 1
            or same_code > 1
            or trim(topic_code) = ''
            or trim(name_kk) = ''
            or (
                parent_id is not null
                and parent_id not in (
                    select topic_id from dim_topic where parent_id is null
                )
            )
        """,
    ),
)

TOPIC_RULES: tuple[Rule, ...] = (*_MENTIONS, *_ARTICLES, *_TOPICS)
