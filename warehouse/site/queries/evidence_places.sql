-- Grain: one place that pages lead to, with its article.
select
    site_place.place_no,
    article.published_date,
    dim_source.source_code as source,
    article.title
from site_place
inner join fact_article as article
    on site_place.article_id = article.article_id and site_place.version = article.version
inner join dim_source on article.source_id = dim_source.source_id
where article.is_current
order by site_place.place_no asc
