"""Rules that hold for every table of evidence: rows that are spans of articles.

They look at the articles in ``touched_article``.
"""

from __future__ import annotations

from dataclasses import dataclass

from checks.rule import Rule, table_rule
from checks.scopes import TOUCHED
from checks.spans import LONGEST_CUT_TEXT, cut_spans


@dataclass(frozen=True)
class Evidence:
    """A table of spans.

    Attributes:
        prefix: what the names of its rules begin with.
        table: the table.
        row: what a row is, as the subject of a sentence.
        step: the step that makes the rows.
        key: columns that tell a row apart within its article version.
        read: what holds the rows of touched articles, where it is not the table.
    """

    prefix: str
    table: str
    row: str
    step: str
    key: str
    read: str = ""

    @property
    def rows(self) -> str:
        """SQL of the rows of touched articles, as a table."""
        return self.read or f"(select * from {self.table} where {TOUCHED})"

    @property
    def columns(self) -> str:
        """The columns by which a failing row is found."""
        return f"article_id, version, {self.key}"

    def rule(self, name: str, protects: str, failing_rows: str) -> Rule:
        """A critical rule on this table."""
        return table_rule(
            self.table,
            f"{self.prefix}_{name}",
            protects,
            failing_rows,
            remedy=f"This is a fault of the step {self.step}: report it with these "
            "rows.",
            looked_at=self.read or None,
            scope=None if self.read else TOUCHED,
            is_of_rows=True,
        )

    def values(self, protects: str, predicate: str, *, evidence: str) -> Rule:
        """A rule on the values of a row, and on how sure it is.

        Args:
            protects: what holds of good rows.
            predicate: SQL that is true on a good row; null counts as false.
            evidence: columns to show of an offending row.
        """
        return self.rule(
            "values_valid",
            f"{protects}; its confidence lies between 0 and 1",
            f"""
            select {self.columns}, {evidence}, confidence, method from {self.rows}
            where not coalesce(
                confidence between 0 and 1 and trim(method) <> '' and ({predicate}),
                false
            )
            """,
        )


MENTIONS = Evidence(
    "mention", "fact_mention", "a mention", "names", "mention_no", "touched_mention"
)
QUOTES = Evidence("quote", "fact_quote", "a quotation", "quotes", "quote_no")
AMOUNTS = Evidence("amount", "fact_amount", "an amount", "amounts", "amount_no")
DATES = Evidence("date_mention", "fact_date_mention", "a date", "dates", "date_no")
TOPICS = Evidence(
    "topic_mention",
    "fact_topic_mention",
    "evidence of a topic",
    "topics",
    "topic_id, in_title, start_char, end_char",
)
STATEMENTS = Evidence(
    "event_statement",
    "fact_event_statement",
    "a statement of an event",
    "events",
    "event_no",
)
DOCUMENTS = Evidence("document", "fact_document", "a document", "events", "document_no")
#: Every table of spans that come with their surface.
EVIDENCE = (MENTIONS, QUOTES, AMOUNTS, DATES, TOPICS, STATEMENTS, DOCUMENTS)


def numbered(table: Evidence) -> Rule:
    """Rows of a version count from 1; the key is their number."""
    return table.rule(
        "in_order",
        f"{table.row} stands once; they count from 1 without a gap, those of the title "
        "first, then by place",
        f"""
        with numbered as (
            select {table.columns}, in_title, start_char,
                row_number() over in_article as place,
                lag((not in_title, start_char)) over in_article as previous
            from {table.rows}
            window in_article as (
                partition by article_id, version order by {table.key}
            )
        )
        select {table.columns}, in_title, start_char, place from numbered
        where {table.key} <> place or (not in_title, start_char) < previous
        """,
    )


def spans(table: Evidence, *, is_long: bool = False) -> tuple[Rule, ...]:
    """Rows lie where they say: in a sentence, or the title, and at their offsets.

    Args:
        table: the table.
        is_long: whether a row may go on after the sentence that it begins in.
    """
    last = "null" if is_long else "sentence.end_char"
    return (
        table.rule(
            "in_its_sentence",
            f"{table.row} lies in its sentence, or in the title and then has none",
            f"""
            select {table.columns}, in_title, sentence_no, spot.start_char,
                spot.end_char
            from {table.rows} as spot
            left join (
                select article_id, version, sentence_no, start_char, end_char
                from fact_sentence where {TOUCHED}
            ) as sentence using (article_id, version, sentence_no)
            where spot.in_title <> (spot.sentence_no is null)
                or spot.start_char < coalesce(sentence.start_char, 0)
                or spot.start_char >= sentence.end_char
                or spot.end_char <= spot.start_char
                or spot.end_char > {last}
                or (not spot.in_title and sentence.end_char is null)
            """,
        ),
        table.rule(
            "gives_its_surface",
            f"the offsets of {table.row} give it back",
            f"""
            with {_cut(table)}
            select {table.columns}, start_char, end_char, surface, found from cut
            where found <> surface or surface = ''
            union all
            select {table.columns}, start_char, end_char, surface,
                substring(headline, start_char + 1, end_char - start_char) as found
            from (select * from {table.rows} where in_title) as spot
            join (
                select article_id, version, title as headline from fact_article
                where {TOUCHED}
            ) using (article_id, version)
            where coalesce(length(headline), 0) <= {LONGEST_CUT_TEXT}
                and (
                    found is distinct from surface
                    or surface = ''
                    or end_char > length(headline)
                )
            """,
        ),
    )


def _cut(table: Evidence) -> str:
    return cut_spans(
        f"select {table.columns}, start_char, end_char, surface "
        f"from {table.rows} where not in_title"
    )
