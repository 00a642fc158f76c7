-- Grain: one article of one story, in the order of its telling.
select
    article.story_id,
    article.published_date,
    dim_source.source_code as source,
    article.title,
    article.duplicate_role,
    article.word_count as words,
    article.article_id,
    article.version,
    evidence_of(
        article.article_id, article.version, null, null, null, article.published_date
    ) as evidence
from fact_article as article
inner join site_story on article.story_id = site_story.story_id
inner join dim_source on article.source_id = dim_source.source_id
where article.is_current
qualify
    row_number() over (
        partition by article.story_id
        order by
            article.published_date asc nulls last, article.published_at asc, article.article_id asc
    ) <= $most
order by
    article.story_id asc,
    article.published_date asc nulls last,
    article.published_at asc nulls last,
    article.article_id asc
