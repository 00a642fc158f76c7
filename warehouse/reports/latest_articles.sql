-- Grain: one article, its current version; the newest 50 of the period.
-- Limits: articles without a date come last and only where the period has no start;
-- near-copies are listed too, duplicate_role tells them.
with listed as (
    select
        article.published_date,
        dim_source.source_code as source,
        article.title,
        article.language,
        article.dateline_place,
        article.word_count as words,
        article.duplicate_role,
        article.version,
        article.url,
        article.article_id,
        article.published_at
    from articles_between($since, $until) as article
    inner join dim_source on article.source_id = dim_source.source_id
    where $source is null or dim_source.source_code = $source
)

select * exclude (published_at) from listed
order by published_date desc nulls last, published_at desc nulls last, article_id asc
limit 50
