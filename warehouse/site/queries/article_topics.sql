-- Grain: one topic of one article that has a page.
select
    about.article_id,
    dim_topic.name_kk,
    dim_topic.name_ru,
    dim_topic.name_en
from bridge_article_topic as about
inner join site_article as wanted
    on about.article_id = wanted.article_id and about.version = wanted.version
inner join dim_topic on about.topic_id = dim_topic.topic_id
where wanted.batch = $batch
order by about.article_id asc, about.weight desc, dim_topic.name_kk asc
