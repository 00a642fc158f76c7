-- Grain: one country and one week.
select
    dim_country.entity_id as page_id,
    cast(date_trunc('week', article.published_date) as date) as week,
    count(*) as articles
from bridge_article_country as bridge
inner join dim_country on bridge.country_code = dim_country.country_code
inner join fact_article as article
    on bridge.article_id = article.article_id and bridge.version = article.version
where article.is_current and article.published_date is not null
group by all
order by page_id asc, week asc
