-- Grain: one place that pages lead to, with the span of its sentence.
select
    site_place.place_no,
    article.published_date,
    dim_source.source_code as source,
    article.title,
    span.start_char as sentence_start,
    span.end_char as sentence_end
from site_place
inner join fact_article as article
    on site_place.article_id = article.article_id and site_place.version = article.version
inner join dim_source on article.source_id = dim_source.source_id
left join fact_sentence as span
    on
        site_place.article_id = span.article_id
        and site_place.version = span.version
        and site_place.start_char >= span.start_char
        and site_place.start_char < span.end_char
        and not site_place.in_title
where article.is_current
order by site_place.place_no asc
