-- Grain: one story and one day.
select
    article.story_id,
    article.published_date as day,
    dim_source.name as source,
    count(*) as articles
from fact_article as article
inner join site_story on article.story_id = site_story.story_id
inner join dim_source on article.source_id = dim_source.source_id
where article.is_current and article.published_date is not null
group by all
order by article.story_id asc, day asc, source asc
