-- Grain: one article that pages cite, with its text.
select
    article_id,
    text
from fact_article
where is_current and article_id in (select unnest(cast($ids as bigint [])))
