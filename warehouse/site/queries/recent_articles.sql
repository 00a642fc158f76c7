-- Grain: one article of the last days.
with newest as (
    select max(published_date) as until_date from fact_article
    where is_current
)

select
    fact_article.article_id,
    fact_article.version
from fact_article
cross join newest
where
    fact_article.is_current
    and fact_article.published_date > newest.until_date - cast($days as integer)
order by fact_article.article_id asc
