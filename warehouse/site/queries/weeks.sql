-- Grain: one week and one language.
with newest as (
    select max(published_date) as until_date from fact_article
    where is_current
)

select
    cast(date_trunc('week', fact_article.published_date) as date) as week,
    fact_article.language,
    count(*) as articles
from fact_article
cross join newest
where
    fact_article.is_current
    and fact_article.published_date > newest.until_date - 364
group by all
order by week asc, fact_article.language asc
