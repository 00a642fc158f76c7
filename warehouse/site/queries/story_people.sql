-- Grain: one person named in one story; those named in most of its articles.
select
    article.story_id,
    dim_entity.entity_id as person_id,
    dim_entity.name as person,
    dim_entity.name_ru as person_ru,
    dim_entity.name_en as person_en,
    count(distinct article.article_id) as articles
from fact_article as article
inner join site_story on article.story_id = site_story.story_id
inner join fact_mention as mention
    on article.article_id = mention.article_id and article.version = mention.version
inner join dim_entity as spelled on mention.entity_id = spelled.entity_id
inner join dim_entity
    on coalesce(spelled.merged_into, spelled.entity_id) = dim_entity.entity_id
where article.is_current and dim_entity.entity_type = 'person'
group by
    article.story_id,
    dim_entity.entity_id,
    dim_entity.name,
    dim_entity.name_ru,
    dim_entity.name_en
qualify
    row_number() over (
        partition by article.story_id
        order by count(distinct article.article_id) desc, dim_entity.name asc
    ) <= $most
order by article.story_id asc, articles desc, person asc
