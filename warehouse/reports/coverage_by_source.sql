-- Grain: one outlet in the period.
-- Limits: counts current versions, near-copies included. Articles without a date are
-- counted only where the period has no start, since they cannot be placed in one.
with current_article as (
    select * from fact_article
    where is_current
),

bounds as (
    select
        cast($since as date) as since_date,
        coalesce(cast($until as date), max(published_date)) as until_date
    from current_article
),

article_in_period as (
    select current_article.*
    from current_article
    cross join bounds
    where
        (current_article.published_date is null and bounds.since_date is null)
        or current_article.published_date
        between coalesce(bounds.since_date, current_article.published_date)
        and bounds.until_date
),

counted as (
    select
        source_id,
        count(*) as articles,
        count(*) filter (where language = 'kk') as articles_kk,
        count(*) filter (where published_date is null) as undated,
        count(distinct published_date) as days,
        min(published_date) as first_date,
        max(published_date) as last_date,
        sum(word_count)::bigint as words
    from article_in_period
    group by source_id
),

named as (
    select
        dim_source.source_code as source,
        dim_source.name,
        counted.* exclude (source_id),
        round(100.0 * counted.articles / sum(counted.articles) over (), 1) as share_percent
    from counted
    inner join dim_source on counted.source_id = dim_source.source_id
    where $source is null or dim_source.source_code = $source
)

select * from named
order by articles desc, source asc
