"""Table rules on dimensions and other small tables; they look at every row."""

from __future__ import annotations

from checks.rule import Owner, Rule, table_rule

_MEND_OUTLETS = "Correct seeds/outlets.csv and run again."

DIMENSION_RULES: tuple[Rule, ...] = (
    table_rule(
        "dim_source",
        "source_unique",
        "an outlet stands once, by key and by code",
        """
        with listed as (
            select source_id, source_code,
                count(*) over (partition by source_id) as same_id,
                count(*) over (partition by source_code) as same_code
            from dim_source
        )
        select * from listed where same_id > 1 or same_code > 1
        """,
        remedy=_MEND_OUTLETS,
        owner=Owner.REFERENCES,
    ),
    table_rule(
        "dim_source",
        "source_unknown_present",
        "there is a row for the unknown outlet",
        """
        select 'unknown' as missing_source_code
        where 'unknown' not in (select source_code from dim_source)
        """,
        remedy="Load the reference tables again: run `qoima run`.",
        owner=Owner.ENGINEER,
    ),
    table_rule(
        "dim_source_history",
        "source_history_consistent",
        "spans of an outlet start once each, one is current, and it is in dim_source",
        """
        with spans as (
            select source_id, source_code, valid_from, valid_to,
                count(*) over (partition by source_id, valid_from) as same_start,
                count(*) filter (where is_current) over (partition by source_id)
                    as current_spans
            from dim_source_history
        )
        select * from spans
        where same_start > 1
            or current_spans <> 1
            or valid_to <= valid_from
            or source_id not in (select source_id from dim_source)
        """,
        remedy=_MEND_OUTLETS,
        owner=Owner.REFERENCES,
    ),
    table_rule(
        "dim_date",
        "date_unique",
        "a day stands once, under its own key",
        """
        with listed as (
            select date_id, full_date,
                count(*) over (partition by full_date) as copies
            from dim_date
        )
        select * from listed
        where copies > 1
            or date_id
            <> year(full_date) * 10000 + month(full_date) * 100 + day(full_date)
        """,
        remedy="The calendar is built wrongly: report it.",
    ),
)
