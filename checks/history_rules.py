"""History rules: what a load changed, against what was usual in the weeks before.

They read ``judged_measure``, the measures of the days that the load touched with what
was expected of them, and ``judged_source``, every outlet with its rhythm; see
`warehouse.measures`. "Not enough history yet" breaks no rule.
"""

from __future__ import annotations

from checks.rule import Level, Owner, Rule, Severity

#: Days after which an outlet that is silent is one that was given up, or an archive.
GIVEN_UP_DAYS = 56

_REMEDY = (
    "Look at the days in `qoima report measures`. If something went wrong outside, add "
    "a row to seeds/incidents.csv: its days are left out of every comparison."
)


def _unusual(
    rule_id: str, scope: str, protects: str, remedy: str, owner: Owner
) -> Rule:
    """A rule that returns the days on which a measure is not what was expected."""
    return Rule(
        rule_id=rule_id,
        level=Level.HISTORY,
        table_name="fact_measure",
        severity=Severity.WARNING,
        protects=protects,
        remedy=remedy,
        owner=owner,
        failing_rows=(
            "select source_id, coalesce(source_code, 'all') as source, measure,"
            " measured_date,"
            " round(value, 3) as value, verdict,"
            " round(expected_low, 3) as expected_low,"
            " round(expected_high, 3) as expected_high"
            " from judged_measure left join dim_source using (source_id)"
            f" where {scope} and verdict in ('high', 'low')"
            " order by abs(deviation) desc, measured_date, source, measure"
        ),
        checked_rows=(
            f"select count(*) from judged_measure where {scope}"
            " and verdict in ('ok', 'high', 'low')"
        ),
        is_of_rows=True,
    )


HISTORY_RULES: tuple[Rule, ...] = (
    _unusual(
        "volume_is_usual",
        "family = 'published' and measure = 'articles'",
        "outlets publish about as many articles a day as on the same weekdays before",
        remedy="Few articles: see whether all files came (`qoima status`) and were "
        f"read (`qoima quarantine list`). {_REMEDY}",
        owner=Owner.ENGINEER,
    ),
    _unusual(
        "reading_is_usual",
        "family = 'published' and measure <> 'articles'",
        "about as much is read out of an article as in the weeks before",
        remedy="See whether texts came whole and readable, and whether the outlet's "
        f"pages have changed. {_REMEDY}",
        owner=Owner.ANALYST,
    ),
    _unusual(
        "arrival_is_usual",
        "family = 'arrived'",
        "what arrives is about as much and as good as in the weeks before",
        remedy="See where dates, languages and texts of these inputs were read from. "
        f"{_REMEDY}",
        owner=Owner.ENGINEER,
    ),
    Rule(
        rule_id="source_is_silent",
        level=Level.HISTORY,
        table_name="fact_article",
        severity=Severity.WARNING,
        protects="no outlet is silent for more than twice the longest usual gap of its "
        f"own (of those that wrote within {GIVEN_UP_DAYS} days)",
        remedy="See whether its files still come; `qoima status` shows every outlet's "
        "rhythm.",
        owner=Owner.OUTLET,
        failing_rows=(
            "select source_id, source_code as source, last_date, silent_days,"
            " usual_days, long_days"
            " from judged_source inner join dim_source using (source_id)"
            f" where state = 'silent' and silent_days <= {GIVEN_UP_DAYS}"
            " order by silent_days / long_days desc, source"
        ),
        checked_rows=(
            "select count(*) from judged_source where state <> 'no_rhythm'"
            f" and silent_days <= {GIVEN_UP_DAYS}"
        ),
        is_of_rows=True,
    ),
)
