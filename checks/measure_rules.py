"""Table rules on measures over time, restatements and incidents.

Of measures they look at the days in ``touched_day``: those that the load measured anew,
or all of them in a full audit.
"""

from __future__ import annotations

from functools import partial

from checks.codes import MEASURES, PUBLISHED_MEASURES, RESTATEMENT_CAUSES
from checks.rule import Owner, Rule, one_of, table_rule
from checks.scopes import LOADS, OF_THE_LOAD, ON_TOUCHED_DAY, TOUCHED

_KEY = "measure, source_id, measured_date"
_MEND = "A row of seeds/incidents.csv became this: report it with these rows."

_measure_rule = partial(table_rule, "fact_measure", scope=ON_TOUCHED_DAY)
_restatement_rule = partial(
    table_rule, "fact_restatement", scope=OF_THE_LOAD, is_of_rows=True
)
_incident_rule = partial(
    table_rule,
    "dim_incident",
    remedy=_MEND,
    owner=Owner.REFERENCES,
    is_of_rows=True,
)

MEASURE_RULES: tuple[Rule, ...] = (
    table_rule(
        "article_measure",
        "article_measure_is_whole",
        "every version of an article is measured once, as what it is",
        f"""
        select article_id, version, count(*) as copies,
            any_value(article_measure.is_current) as was_current
        from (select * from fact_article where {TOUCHED}) as fact_article
        full join (select * from article_measure where {TOUCHED}) as article_measure
            using (article_id, version)
        group by article_id, version
        having count(*) > 1 or not coalesce(bool_and(
            fact_article.is_current = article_measure.is_current
            and fact_article.source_id = article_measure.source_id
            and (fact_article.duplicate_role = 'copy') = article_measure.is_copy
        ), false)
        """,
        scope=TOUCHED,
    ),
    _measure_rule(
        "measure_resolves",
        "outlet and load of every measure exist",
        f"""
        select {_KEY}, load_id from fact_measure
        where {ON_TOUCHED_DAY} and (
            source_id <> 0 and source_id not in (select source_id from dim_source)
            or load_id not in {LOADS}
        )
        """,
    ),
    _measure_rule(
        "measure_valid",
        "measures are known ones, not negative, and shares not above one",
        f"""
        select {_KEY}, value, sample_count from fact_measure
        where {ON_TOUCHED_DAY} and not (
            {one_of("measure", MEASURES)} and isfinite(value) and value >= 0
            and sample_count >= 0 and (value <= 1 or measure not like '%_share')
        )
        """,
    ),
    _measure_rule(
        "measure_counts_articles",
        "the articles of a day are those that are current and of that day",
        """
        with day as (
            select distinct measured_date from touched_day where family = 'published'
        ),

        counted as (
            select published_date as measured_date, count(*) as articles
            from fact_article
            where
                is_current and published_precision in ('minute', 'day')
                and published_date in (select measured_date from day)
            group by published_date
        )

        select measured_date, counted.articles, measured.value
        from counted
        full join (
            select * from fact_measure where measure = 'articles' and source_id = 0
        ) as measured using (measured_date)
        semi join day using (measured_date)
        where counted.articles is distinct from measured.value
        """,
    ),
    _restatement_rule(
        "restatement_valid",
        "a restatement changes a known measure, for a known cause",
        f"""
        select {_KEY}, value_before, value_after, cause from fact_restatement
        where {OF_THE_LOAD} and not (
            {one_of("measure", PUBLISHED_MEASURES)}
            and {one_of("cause", RESTATEMENT_CAUSES)}
            and value_before is distinct from value_after
        )
        """,
    ),
    _restatement_rule(
        "restatement_resolves",
        "outlet and load of every restatement exist",
        f"""
        select {_KEY}, load_id from fact_restatement
        where {OF_THE_LOAD} and (
            source_id <> 0 and source_id not in (select source_id from dim_source)
            or load_id not in {LOADS}
        )
        """,
    ),
    _incident_rule(
        "incident_valid",
        "days, outlet and measure of an incident are known ones",
        f"""
        select * from dim_incident
        where from_date > to_date or reason = ''
            or source_id not in (select source_id from dim_source)
            or measure is not null and not {one_of("measure", MEASURES)}
        """,
    ),
)
