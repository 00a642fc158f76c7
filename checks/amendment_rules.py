"""Table rules on corrections and analysts' fixes.

They look at the articles in ``touched_article``, and at ``amendment_target``: what the
rows of both reference tables mean.
"""

from __future__ import annotations

from checks.rule import Owner, Rule, Severity, table_rule
from checks.scopes import TOUCHED

_CURRENT = (
    f"{TOUCHED} and (article_id, version) in "
    f"(select (article_id, version) from fact_article where is_current and {TOUCHED})"
)


def _means_an_article(table: str, rule_id: str, file_name: str) -> Rule:
    return table_rule(
        table,
        rule_id,
        f"every row of seeds/{file_name} means an article that is loaded",
        f"""
        select target as article from amendment_target
        where file_name = '{file_name}' and article_id is null
        """,
        remedy="Correct its article, or wait: it may come with a later load.",
        owner=Owner.REFERENCES,
        severity=Severity.INFO,
        looked_at="amendment_target",
        is_of_rows=True,
    )


AMENDMENT_RULES: tuple[Rule, ...] = (
    _means_an_article(
        "fact_correction", "correction_means_an_article", "corrections.csv"
    ),
    table_rule(
        "fact_correction",
        "correction_is_outdated",
        "what a correction calls wrong is still what the source has",
        f"""
        select article_id, version, field, wrong, found_value, corrected_value, reason
        from fact_correction
        where state = 'outdated' and {_CURRENT}
        """,
        remedy="The source has another value now: look at it, then take the row out of "
        "seeds/corrections.csv, or write mended into its column expected.",
        owner=Owner.REFERENCES,
        severity=Severity.WARNING,
        scope=TOUCHED,
        is_of_rows=True,
    ),
    _means_an_article("fact_fix", "fix_means_an_article", "fixes.csv"),
    table_rule(
        "fact_fix",
        "fix_has_no_place",
        "the words that a fix is about stand in the article as it is now",
        f"""
        select article_id, version, kind, surface, corrected_value, reason
        from fact_fix
        where state = 'no_place' and {_CURRENT}
        """,
        remedy="The article has a new version, or nothing was found at that place: "
        "write the fix anew with `qoima fix`, or take its row out of seeds/fixes.csv.",
        owner=Owner.ANALYST,
        severity=Severity.WARNING,
        scope=TOUCHED,
        is_of_rows=True,
    ),
)
