-- Grain: one article that pages cite, with its text and its sentences in order.
with cited as (
    select unnest($ids::bigint[]) as article_id
),

article as (
    select
        fact_article.article_id,
        fact_article.version,
        fact_article.text
    from fact_article
    inner join cited on fact_article.article_id = cited.article_id
    where fact_article.is_current
),

sentence as (
    select
        span.article_id,
        span.version,
        list(span.start_char order by span.start_char) as starts,
        list(span.end_char order by span.start_char) as ends
    from fact_sentence as span
    inner join cited on span.article_id = cited.article_id
    group by span.article_id, span.version
)

select
    article.article_id,
    article.text,
    coalesce(sentence.starts, []) as starts,
    coalesce(sentence.ends, []) as ends
from article
left join sentence
    on article.article_id = sentence.article_id and article.version = sentence.version
