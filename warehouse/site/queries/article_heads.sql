-- Grain: one article that has a page.
select
    article.article_id,
    article.version,
    article.title,
    article.text,
    article.language,
    article.published_date,
    article.published_at,
    article.published_precision,
    article.author,
    article.url,
    article.word_count,
    article.duplicate_role,
    article.duplicate_of,
    article.story_id,
    dim_source.source_code as source,
    dim_story.article_count as story_articles,
    dim_story.title as story_title
from site_article as wanted
inner join fact_article as article
    on wanted.article_id = article.article_id and wanted.version = article.version
inner join dim_source on article.source_id = dim_source.source_id
left join dim_story on article.story_id = dim_story.story_id
where wanted.batch = $batch
order by article.article_id asc
