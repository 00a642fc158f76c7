"""Table rules on corrections and analysts' fixes.

They look at the articles in ``touched_article``, and at ``amendment_target``: what the
rows of both reference tables mean.
"""

from __future__ import annotations

from checks import codes
from checks.article_rules import TOUCHED
from checks.rule import Rule, Severity, one_of, table_rule

_FAULT = "This is a fault of Qoima: report it with these rows."
_CURRENT = (
    f"{TOUCHED} and (article_id, version) in "
    f"(select (article_id, version) from fact_article where is_current and {TOUCHED})"
)


def _rules(table: str, row: str, key: str, values: str) -> tuple[Rule, ...]:
    """What holds of either table: keys, references, codes."""
    columns = f"article_id, version, {key}"
    file_name = "fixes.csv" if row == "fix" else f"{row}s.csv"
    return (
        table_rule(
            table,
            f"{row}_unique",
            f"a {row} stands once for an article version",
            f"""
            select {columns}, count(*) as copies from {table}
            where {TOUCHED}
            group by {columns} having count(*) > 1
            """,
            remedy=_FAULT,
            scope=TOUCHED,
        ),
        table_rule(
            table,
            f"{row}_article_resolves",
            f"the article version of a {row} exists",
            f"""
            select {columns} from {table}
            where {TOUCHED} and (article_id, version) not in (
                select (article_id, version) from fact_article where {TOUCHED}
            )
            """,
            remedy=_FAULT,
            scope=TOUCHED,
        ),
        table_rule(
            table,
            f"{row}_codes_valid",
            f"the codes of a {row} are known",
            f"select {columns}, state from {table} where {TOUCHED} and not ({values})",
            remedy=_FAULT,
            scope=TOUCHED,
        ),
        table_rule(
            table,
            f"{row}_means_an_article",
            f"every row of seeds/{file_name} means an article that is loaded",
            f"""
            select target as article from amendment_target
            where file_name = '{file_name}' and article_id is null
            """,
            remedy="Correct its article, or wait: it may come with a later load.",
            severity=Severity.INFO,
            looked_at="amendment_target",
        ),
    )


AMENDMENT_RULES: tuple[Rule, ...] = (
    *_rules(
        "fact_correction",
        "correction",
        "field, wrong",
        one_of("state", codes.CORRECTION_STATES),
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
        severity=Severity.WARNING,
        scope=TOUCHED,
    ),
    *_rules(
        "fact_fix",
        "fix",
        "kind, in_title, start_char, end_char",
        one_of("state", codes.FIX_STATES),
    ),
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
        severity=Severity.WARNING,
        scope=TOUCHED,
    ),
)
