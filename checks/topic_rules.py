"""Table rules on topics: what articles are about, and the words that say so."""

from __future__ import annotations

from dataclasses import replace

from checks.evidence import TOPICS, spans
from checks.rule import Rule, table_rule

_MENTIONS = (
    *spans(replace(TOPICS, key="topic_id")),
    TOPICS.values("evidence names its term", "trim(term) <> ''", evidence="term"),
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

TOPIC_RULES: tuple[Rule, ...] = (*_MENTIONS, *_TOPICS)
