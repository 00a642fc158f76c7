-- Grain: one article, its current version; the newest 50 of the period.
-- Limits: articles without a date come last and only where the period has no start.
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

listed as (
    select
        article_in_period.published_date,
        dim_source.source_code as source,
        article_in_period.title,
        article_in_period.language,
        article_in_period.dateline_place,
        article_in_period.word_count as words,
        article_in_period.version,
        article_in_period.url,
        article_in_period.article_id,
        article_in_period.published_at
    from article_in_period
    inner join dim_source on article_in_period.source_id = dim_source.source_id
    where $source is null or dim_source.source_code = $source
)

select * exclude (published_at) from listed
order by published_date desc nulls last, published_at desc nulls last, article_id asc
limit 50
