-- Grain: one measure of one outlet on one day, with what was expected; unusual ones first.
-- Limits: a day is compared with the eight weeks before it: numbers with the same weekdays,
-- means and shares with all days, incidents left out, holidays too for numbers. Unusual is
-- beyond 3.5 robust deviations; that can be news as well as a fault. no_history: too few days
-- or articles to tell. open: the day was not over when the last load began. Measures whose
-- names begin with arrived_ are of the day of arrival. Without a start, the last 28 days of
-- the period. Measures of all outlets together have no source. At most 1000 rows. The places
-- behind a row are the day's articles; measures of inputs have none.
with asked as (
    select
        coalesce(cast($until as date), max(measured_date)) as last_date,
        coalesce(
            cast($since as date), coalesce(cast($until as date), max(measured_date)) - 27
        ) as first_date
    from fact_measure
),

last_load as (
    select max(started_at) as started_at
    from dim_load
    where status = 'succeeded'
),

day as (
    select
        unnest(
            generate_series(cast(first_date as timestamp), last_date, interval 1 day)
        ) as measured_date
    from asked
),

judged as (
    select
        measure.family,
        measure.measure,
        measure.source_id,
        measure.measured_date,
        measure.value,
        measure.usual,
        measure.expected_low,
        measure.expected_high,
        measure.deviation,
        measure.sample_count,
        measure.verdict,
        dim_source.source_code as source,
        dim_source.name
    from
        measures_judged(
            (select list(cast(day.measured_date as date)) from day),
            (select last_load.started_at from last_load)
        ) as measure
    left join dim_source on measure.source_id = dim_source.source_id
    where
        ($source is null or dim_source.source_code = $source)
        -- Days without articles are told only where that is unusual.
        and (measure.sample_count > 0 or measure.verdict in ('high', 'low'))
),

ranked as (
    select
        *,
        row_number() over (
            order by
                verdict in ('high', 'low') desc,
                verdict = 'no_history' asc,
                case when verdict in ('high', 'low') then abs(deviation) end desc,
                measured_date desc,
                abs(deviation) desc nulls last,
                measure asc,
                source asc nulls first
        ) as place
    from judged
),

shown as (
    select * from ranked
    where place <= 1000
),

shown_day as (
    select distinct
        family,
        source_id,
        measured_date
    from shown
),

article as (
    select
        'published' as family,
        article_id,
        version,
        source_id,
        published_date,
        published_date as measured_date
    from fact_article
    where
        is_current
        and published_precision in ('minute', 'day')
        and published_date in (select shown_day.measured_date from shown_day)
    union all
    select
        'arrived' as family,
        article_id,
        version,
        source_id,
        published_date,
        kazakhstan_day(arrived_at) as measured_date
    from fact_article
    where
        is_current
        and kazakhstan_day(arrived_at) in (
            select shown_day.measured_date from shown_day
            where shown_day.family = 'arrived'
        )
),

placed as (
    select
        shown_day.family,
        shown_day.source_id,
        shown_day.measured_date,
        evidence_of_each(
            article.article_id, article.version, null, null, null, article.published_date
        ) as evidence
    from shown_day
    inner join article
        on
            shown_day.family = article.family
            and shown_day.measured_date = article.measured_date
            and shown_day.source_id in (0, article.source_id)
    group by shown_day.family, shown_day.source_id, shown_day.measured_date
),

told as (
    select
        shown.measured_date,
        shown.source,
        shown.name,
        shown.measure,
        round(shown.value, 3) as value,
        round(shown.usual, 3) as usual,
        round(shown.expected_low, 3) as expected_low,
        round(shown.expected_high, 3) as expected_high,
        round(shown.deviation, 1) as deviation,
        shown.sample_count,
        shown.verdict,
        shown.place,
        case
            when shown.measure in ('arrived_files', 'arrived_records', 'arrived_reject_share')
                then []
            else coalesce(placed.evidence, [])
        end as evidence
    from shown
    left join placed
        on
            shown.family = placed.family
            and shown.source_id = placed.source_id
            and shown.measured_date = placed.measured_date
)

select * exclude (place)
from told
order by place asc
