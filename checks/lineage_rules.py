"""Table rules on where articles came from, and on those that were forgotten."""

from __future__ import annotations

from checks.article_rules import FAULT
from checks.ledger_rules import OF_THE_LOAD
from checks.rule import Level, Rule, Severity

LINEAGE_RULES: tuple[Rule, ...] = (
    Rule(
        rule_id="record_unique",
        level=Level.TABLE,
        table_name="fact_record",
        severity=Severity.CRITICAL,
        protects="a record of a file is one article",
        remedy=FAULT,
        failing_rows=f"""
        select file_id, record_no, count(*) as copies from fact_record
        where {OF_THE_LOAD} group by file_id, record_no having count(*) > 1
        """,
        checked_rows=f"select count(*) from fact_record where {OF_THE_LOAD}",
    ),
    Rule(
        rule_id="record_file_resolves",
        level=Level.TABLE,
        table_name="fact_record",
        severity=Severity.CRITICAL,
        protects="the file of every record exists",
        remedy=FAULT,
        failing_rows=f"""
        select file_id, record_no, article_id from fact_record
        where {OF_THE_LOAD} and file_id not in (select file_id from fact_file)
        """,
        checked_rows=f"select count(*) from fact_record where {OF_THE_LOAD}",
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
