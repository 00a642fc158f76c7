-- Grain: one article that has a page, with its sentences.
select
    span.article_id,
    list(span.start_char order by span.start_char) as starts,
    list(span.end_char order by span.start_char) as ends
from fact_sentence as span
inner join site_article as wanted
    on span.article_id = wanted.article_id and span.version = wanted.version
where wanted.batch = $batch
group by span.article_id
