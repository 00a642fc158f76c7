"""The rules as a page of Markdown, made from their definitions."""

from __future__ import annotations

from itertools import groupby

from checks.rule import Level, Owner, Rule
from checks.rules import RULES

_LEVELS = {
    Level.RECORD: (
        "On records",
        """\
Asked of every record before the load. One that breaks a critical rule goes to
quarantine, the rest of its batch goes on.
""",
    ),
    Level.BATCH: (
        "On batches",
        """\
Asked of the records of a load together. A critical one that fails blocks the load:
nothing is kept, the files come again.
""",
    ),
    Level.TABLE: (
        "On tables",
        """\
Asked of what the load wrote, before it is committed; `qoima checks --full` asks them
of everything. A critical one that fails blocks the load, unless the rows are of a few
of its articles: these go to quarantine and the rest goes on.
""",
    ),
    Level.HISTORY: (
        "On history",
        """\
Asked with the rules on tables, of the newest days that the load touched: is each as
was usual in the weeks before? [quality.md](quality.md) says how that is judged.
""",
    ),
}
_OWNERS = {
    Owner.MAINTAINER: "whoever keeps the code, which is at fault",
    Owner.ENGINEER: "whoever runs it: files, encodings, folders, the machine",
    Owner.REFERENCES: "whoever keeps the reference tables of the workspace",
    Owner.OUTLET: "whoever gets the articles from their outlet, which has to mend them",
    Owner.ANALYST: "whoever reads the articles: someone has to look at the text",
}
_INTRODUCTION = """\
What came of each rule stands in `fact_check`, the rows that broke it in
`fact_check_row`, the rules themselves in `dim_rule`. A rule that could not run is an
error: it has neither passed nor failed, and blocks the load. To live with a failure
for a while, waive its rule:
[reference-tables.md](reference-tables.md#waiverscsv-one-row-a-waiver).

Who acts on a failure:
"""


def rules_page(note: str = "") -> str:
    """Every rule: by level, then by table.

    Args:
        note: a line below the title.

    Returns:
        Markdown.
    """
    owners = [f"- **{owner}**: {meaning}" for owner, meaning in _OWNERS.items()]
    lines = ["# Data-quality rules\n", note, _INTRODUCTION, *owners, ""]
    for level, (title, meaning) in _LEVELS.items():
        lines += [f"## {title}\n", meaning]
        of_level = [rule for rule in RULES.values() if rule.level is level]
        by_table = sorted(of_level, key=lambda rule: rule.table_name)
        for table, rules in groupby(by_table, key=lambda rule: rule.table_name):
            lines += [
                f"### {table}\n",
                "| rule | severity | what holds of good data | what to do | who |",
                "|---|---|---|---|---|",
                *(_row(rule) for rule in rules),
                "",
            ]
    return "\n".join(lines).rstrip("\n") + "\n"


def _row(rule: Rule) -> str:
    cells = (
        f"`{rule.rule_id}`",
        rule.severity,
        rule.protects,
        rule.remedy,
        rule.owner,
    )
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
