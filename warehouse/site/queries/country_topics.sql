-- Grain: one country and one topic of the articles that name it; the largest of each.
select
    dim_country.entity_id as page_id,
    dim_topic.name_kk as topic,
    dim_topic.name_ru as topic_ru,
    dim_topic.name_en as topic_en,
    count(*) as articles,
    count(*) filter (where article.duplicate_role <> 'copy') as without_copies,
    evidence_list(
        article.article_id, article.version, null, null, null, article.published_date
    ) as evidence
from bridge_article_country as bridge
inner join dim_country on bridge.country_code = dim_country.country_code
inner join fact_article as article
    on bridge.article_id = article.article_id and bridge.version = article.version
inner join bridge_article_topic as about
    on article.article_id = about.article_id and article.version = about.version
inner join dim_topic on about.topic_id = dim_topic.topic_id
where article.is_current
group by
    dim_country.entity_id,
    dim_topic.topic_id,
    dim_topic.name_kk,
    dim_topic.name_ru,
    dim_topic.name_en
qualify
    row_number() over (
        partition by dim_country.entity_id order by count(*) desc, dim_topic.name_kk asc
    ) <= $most
order by page_id asc, articles desc, topic asc
