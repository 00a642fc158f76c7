"""Measures in the good warehouse of `warehouse_rows`, and faults of them.

The load under way measured 19 December anew; the day before it was not touched.
"""

from __future__ import annotations

HISTORY_ROWS = {
    "article_measure": [
        "(1, 1, false)",
        "(1, 2, true)",
        "(2, 1, true)",
    ],
    "fact_measure": [
        "('articles', 2, date '2025-12-19', 2, 2, 'load-2')",
        "('articles', 0, date '2025-12-19', 2, 2, 'load-2')",
        "('quotes', 2, date '2025-12-19', 0, 0, null)",
        "('low_confidence_share', 2, date '2025-12-19', 0.5, 8, 'load-1')",
    ],
    "fact_restatement": [
        "('articles', 2, 1, 2, 'late_article', 'load-2')",
        "('articles', 0, 1, null, 'forget', null)",
    ],
    "dim_incident": ["(1, 2, 'articles')", "(2, null, null)"],
}

HISTORY_COLUMNS: dict[str, tuple[str, dict[str, str]]] = {
    "article_measure": (
        "article_id, version, is_current",
        {
            "source_id": "2",
            "measured_date": "date '2025-12-19'",
            "arrived_date": "date '2025-12-20'",
            "language": "'kk'",
            "is_copy": "false",
            "is_undated": "false",
            "word_count": "4",
            **dict.fromkeys(
                (
                    "mentions",
                    "quotes",
                    "amounts",
                    "events",
                    "evidence_rows",
                    "doubtful_rows",
                ),
                "0",
            ),
        },
    ),
    "fact_measure": (
        "measure, source_id, measured_date, value, sample_count, load_id",
        {},
    ),
    "fact_restatement": (
        "measure, source_id, value_before, value_after, cause, load_id",
        {
            "measured_date": "date '2025-12-18'",
            "restated_at": "timestamp '2025-12-20 03:00:00'",
        },
    ),
    "dim_incident": (
        "incident_id, source_id, measure",
        {
            "from_date": "date '2025-12-01'",
            "to_date": "date '2025-12-02'",
            "reason": "'сервер тоқтады'",
        },
    ),
}

#: What `warehouse.measures` leaves for the rules.
HISTORY_TABLES = """
create temp table touched_day as
select 'published' as family, unnest([0, 2])::bigint as source_id,
    date '2025-12-19' as measured_date;
create temp table judged_measure as
select 'articles' as measure, 'published' as family, 2::bigint as source_id,
    date '2025-12-19' as measured_date, 2.0 as value, 0.0 as expected_low,
    5.5 as expected_high, 0.3 as deviation, 'ok' as verdict
union all
select 'articles', 'published', 0, date '2025-12-19', 2, null, null, null, 'no_history'
union all
select 'low_confidence_share', 'published', 2, date '2025-12-19', 0.5, 0, 0.6, 1, 'ok'
union all
select 'arrived_files', 'arrived', 0, date '2025-12-20', 9, 0, 8, 4, 'incident';
create temp table judged_source as
select 2::bigint as source_id, date '2025-12-19' as last_date, 1.0 as usual_days,
    1.5 as long_days, 0 as silent_days, 'fresh' as state
union all
select 1, date '2025-09-19', 1, 1.5, 90, 'silent';
"""

#: Run when the rows are there: who is a copy is said with the copies.
HISTORY_SETUP = """
update article_measure set is_copy = fact_article.duplicate_role = 'copy'
from fact_article
where
    fact_article.article_id = article_measure.article_id
    and fact_article.version = article_measure.version;
"""

_ON_19 = "where measured_date = '2025-12-19' and source_id = 2 and measure = 'articles'"
_AN_ARTICLE = "where article_id = 1 and version = 2"


def _unusual(where: str) -> list[str]:
    return [
        f"update judged_measure set verdict = '{verdict}' where {where}"
        for verdict in ("low", "high")
    ]


HISTORY_FAULTS: dict[str, list[str]] = {
    "article_measure_is_whole": [
        f"delete from article_measure {_AN_ARTICLE}",
        f"insert into article_measure select * from article_measure {_AN_ARTICLE}",
        f"update article_measure set version = 3 {_AN_ARTICLE}",
        f"update article_measure set is_current = false {_AN_ARTICLE}",
        f"update article_measure set is_copy = not is_copy {_AN_ARTICLE}",
        f"update article_measure set source_id = 1 {_AN_ARTICLE}",
    ],
    "measure_unique": [f"insert into fact_measure select * from fact_measure {_ON_19}"],
    "measure_resolves": [
        f"update fact_measure set source_id = 9 {_ON_19}",
        f"update fact_measure set load_id = 'x' {_ON_19}",
    ],
    "measure_valid": [
        f"update fact_measure set measure = 'odd' {_ON_19}",
        f"update fact_measure set value = -1 {_ON_19}",
        f"update fact_measure set value = 'nan' {_ON_19}",
        f"update fact_measure set sample_count = -1 {_ON_19}",
        "update fact_measure set value = 1.5 where measure like '%_share'",
    ],
    "measure_counts_articles": [
        "update fact_measure set value = 3 where source_id = 0",
        "delete from fact_measure where source_id = 0",
        f"update fact_article set published_date = '2025-12-18' {_AN_ARTICLE}",
    ],
    "restatement_unique": [
        (
            "insert into fact_restatement select * from fact_restatement"
            " where source_id = 2"
        )
    ],
    "restatement_valid": [
        "update fact_restatement set measure = 'arrived_files'",
        "update fact_restatement set cause = 'odd'",
        "update fact_restatement set value_before = value_after where source_id = 2",
    ],
    "restatement_resolves": [
        "update fact_restatement set source_id = 9",
        "delete from current_load; update fact_restatement set load_id = 'x'",
    ],
    "incident_unique": ["update dim_incident set incident_id = 1"],
    "incident_valid": [
        "update dim_incident set to_date = '2025-11-30'",
        "update dim_incident set reason = ''",
        "update dim_incident set source_id = 9",
        "update dim_incident set measure = 'odd'",
    ],
    "volume_is_usual": _unusual("measure = 'articles'"),
    "reading_is_usual": _unusual("measure = 'low_confidence_share'"),
    "arrival_is_usual": _unusual("family = 'arrived'"),
    "source_is_silent": ["update judged_source set state = 'silent', silent_days = 9"],
}
