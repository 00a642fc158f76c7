-- Grain: one story of several articles, the newest first.
with story_day as (
    select
        story_id,
        published_date,
        count(*) as articles
    from fact_article
    where is_current and published_date is not null
    group by story_id, published_date
),

life as (
    select
        story_id,
        list(articles order by published_date) as life
    from story_day
    group by story_id
),

cited as (
    select
        story_id,
        evidence_list(article_id, version, null, null, null, published_date) as evidence
    from fact_article
    where is_current
    group by story_id
)

select
    dim_story.story_id,
    dim_story.title,
    dim_story.first_date,
    dim_story.last_date,
    dim_story.article_count as articles,
    dim_story.source_count as sources,
    life.life,
    cited.evidence
from dim_story
inner join cited on dim_story.story_id = cited.story_id
left join life on dim_story.story_id = life.story_id
where dim_story.article_count > 1
order by dim_story.last_date desc nulls last, dim_story.article_count desc, dim_story.story_id asc
limit $most
