"""Table rules on articles that were forgotten."""

from __future__ import annotations

from checks.rule import Owner, Rule, table_rule
from checks.scopes import TOUCHED

LINEAGE_RULES: tuple[Rule, ...] = (
    table_rule(
        "forgotten_article",
        "forgotten_stay_out",
        "no forgotten article is in the warehouse",
        f"""
        select article_id, version, file_id from fact_article
        where {TOUCHED} and article_id in (select article_id from forgotten_article)
        """,
        remedy="Run `qoima forget` for it again, and report it.",
        owner=Owner.ENGINEER,
        is_of_rows=True,
    ),
)
