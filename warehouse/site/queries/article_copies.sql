-- Grain: one copy or original of one article that has a page; at most twenty each.
with pair as (
    select
        wanted.article_id,
        other.article_id as other_id
    from site_article as wanted
    inner join fact_article as other on wanted.article_id = other.duplicate_of
    where wanted.batch = $batch and other.is_current
    union
    select
        wanted.article_id,
        article.duplicate_of as other_id
    from site_article as wanted
    inner join fact_article as article
        on wanted.article_id = article.article_id and wanted.version = article.version
    where wanted.batch = $batch and article.duplicate_of is not null
)

select
    pair.article_id,
    other.article_id as other_id,
    other.title,
    other.published_date,
    other.duplicate_role,
    dim_source.source_code as source
from pair
inner join fact_article as other on pair.other_id = other.article_id
inner join dim_source on other.source_id = dim_source.source_id
where other.is_current
qualify
    row_number() over (
        partition by pair.article_id
        order by other.published_date asc nulls last, other.article_id asc
    ) <= 20
order by pair.article_id asc, other.published_date asc nulls last, other.article_id asc
