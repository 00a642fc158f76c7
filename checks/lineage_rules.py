"""Table rules on where articles came from, and on those that were forgotten."""

from __future__ import annotations

from functools import partial

from checks.ledger_rules import OF_THE_LOAD
from checks.rule import FAULT, Level, Rule, Severity, table_rule

_record_rule = partial(table_rule, "fact_record", scope=OF_THE_LOAD)

LINEAGE_RULES: tuple[Rule, ...] = (
    _record_rule(
        "record_unique",
        "a record of a file is one article",
        f"""
        select file_id, record_no, count(*) as copies from fact_record
        where {OF_THE_LOAD} group by file_id, record_no having count(*) > 1
        """,
    ),
    _record_rule(
        "record_file_resolves",
        "the file of every record exists",
        f"""
        select file_id, record_no, article_id from fact_record
        where {OF_THE_LOAD} and file_id not in (select file_id from fact_file)
        """,
    ),
    Rule(
        rule_id="forgotten_unique",
        level=Level.TABLE,
        table_name="forgotten_article",
        severity=Severity.CRITICAL,
        protects="an article is forgotten once",
        remedy=FAULT,
        failing_rows="""
        select article_id, count(*) as copies from forgotten_article
        group by article_id having count(*) > 1
        """,
    ),
    Rule(
        rule_id="forgotten_stay_out",
        level=Level.TABLE,
        table_name="forgotten_article",
        severity=Severity.CRITICAL,
        protects="no forgotten article is in the warehouse",
        remedy="Run `qoima forget` for it again, and report it.",
        failing_rows="""
        select article_id, version, file_id from fact_article
        where article_id in (select article_id from forgotten_article)
        """,
    ),
)
