"""Table rules on mentions of names and of other expressions."""

from __future__ import annotations

from dataclasses import replace

from checks import codes
from checks.evidence import MENTIONS, numbered, spans
from checks.rule import Rule, Severity, one_of

MENTION_RULES: tuple[Rule, ...] = (
    numbered(MENTIONS),
    *spans(MENTIONS),
    MENTIONS.rule(
        "confidence_valid",
        "the confidence of a mention lies between 0 and 1",
        f"""
        select {MENTIONS.columns}, confidence, method from {MENTIONS.rows}
        where not confidence between 0 and 1
        """,
    ),
    replace(
        MENTIONS.rule(
            "value_names_nothing",
            "numbers, dates and sums of money name no entity",
            f"""
            select {MENTIONS.columns}, entity_type, entity_id, surface
            from {MENTIONS.rows}
            where entity_id is not null and {one_of("entity_type", codes.VALUE_TYPES)}
            """,
        ),
        severity=Severity.WARNING,
    ),
    MENTIONS.rule(
        "no_crossing_of_a_class",
        "two mentions of one class are apart, or one lies inside the other",
        f"""
        with placed as (
            select {MENTIONS.columns}, entity_type, in_title, start_char, end_char,
                max(end_char) over (
                    partition by article_id, version, in_title, entity_type
                    order by start_char, end_char desc
                    rows between unbounded preceding and 1 preceding
                ) as reached,
                count(*) over (
                    partition by
                        article_id, version, in_title, entity_type, start_char, end_char
                ) as same_span
            from {MENTIONS.rows}
        )
        select * from placed
        where same_span > 1 or (start_char < reached and end_char > reached)
        """,
    ),
)
