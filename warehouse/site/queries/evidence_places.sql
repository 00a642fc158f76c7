-- Grain: one place that pages lead to, with the sentence around it.
with cited as (
    select
        site_place.*,
        case when not site_place.in_title then span.start_char end as sentence_start,
        case when not site_place.in_title then span.end_char end as sentence_end
    from site_place
    left join fact_sentence as span
        on
            site_place.article_id = span.article_id
            and site_place.version = span.version
            and site_place.start_char >= span.start_char
            and site_place.start_char < span.end_char
            and not site_place.in_title
)

select
    cited.place_no,
    article.published_date,
    dim_source.source_code as source,
    article.title,
    cited.sentence_start,
    case
        when cited.start_char is null or cited.in_title then null
        else
            substring(
                article.text,
                coalesce(cited.sentence_start, cited.start_char) + 1,
                greatest(coalesce(cited.sentence_end, cited.end_char), cited.end_char)
                - coalesce(cited.sentence_start, cited.start_char)
            )
    end as sentence
from cited
inner join fact_article as article
    on cited.article_id = article.article_id and cited.version = article.version
inner join dim_source on article.source_id = dim_source.source_id
where article.is_current
order by cited.place_no asc
