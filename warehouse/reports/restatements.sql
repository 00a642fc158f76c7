-- Grain: one number of one day that readers had seen and that a later run changed; newest first.
-- Limits: the period is that of the days whose numbers they are. Kept are numbers of days that
-- were over, in Kazakhstan's time, when an earlier run ended, and that had a number then; loads
-- before this table was there kept none. cause is what changed the number most. Numbers of all
-- outlets together have no source. At most 500 rows; the places behind a row are the day's
-- articles as they are now.
with restatement as (
    select
        restated_at,
        load_id,
        measured_date,
        measure,
        source_id,
        value_before,
        value_after,
        cause
    from fact_restatement
    where
        measured_date >= coalesce(cast($since as date), measured_date)
        and measured_date <= coalesce(cast($until as date), measured_date)
),

described as (
    select
        restatement.*,
        dim_source.source_code as source,
        dim_source.name
    from restatement
    left join dim_source on restatement.source_id = dim_source.source_id
    where $source is null or dim_source.source_code = $source
),

newest as (
    select * from described
    order by
        restated_at desc,
        measured_date desc,
        source asc nulls first,
        measure asc
    limit 500
),

restated_day as (
    select distinct
        source_id,
        measured_date
    from newest
),

article as (
    select
        article_id,
        version,
        source_id,
        published_date
    from fact_article
    where
        is_current
        and published_precision in ('minute', 'day')
        and published_date in (select restated_day.measured_date from restated_day)
),

placed as (
    select
        restated_day.source_id,
        restated_day.measured_date,
        evidence_of_each(
            article.article_id, article.version, null, null, null, article.published_date
        ) as evidence
    from restated_day
    inner join article
        on
            restated_day.measured_date = article.published_date
            and restated_day.source_id in (0, article.source_id)
    group by restated_day.source_id, restated_day.measured_date
),

told as (
    select
        newest.restated_at,
        newest.measured_date,
        newest.source,
        newest.name,
        newest.measure,
        round(newest.value_before, 3) as value_before,
        round(newest.value_after, 3) as value_after,
        round(coalesce(newest.value_after, 0) - newest.value_before, 3) as change,
        newest.cause,
        newest.load_id,
        coalesce(placed.evidence, []) as evidence
    from newest
    left join placed
        on
            newest.source_id = placed.source_id
            and newest.measured_date = placed.measured_date
)

select * from told
order by
    restated_at desc,
    measured_date desc,
    source asc nulls first,
    measure asc
