-- Grain: one quotation of one person; the newest of each person.
with newest as (
    select
        site_person.person_id,
        quote.*,
        article.published_date,
        article.source_id
    from fact_quote as quote
    inner join site_person on quote.speaker_id = site_person.entity_id
    inner join fact_article as article
        on quote.article_id = article.article_id and quote.version = article.version
    where article.is_current
    qualify row_number() over (
        partition by site_person.person_id
        order by article.published_date desc nulls last, article.article_id asc, quote.quote_no asc
    ) <= $most
)

select
    newest.person_id,
    newest.published_date,
    dim_source.source_code as source,
    newest.text,
    newest.quote_kind,
    newest.speaker_role as role,
    evidence_of(
        newest.article_id,
        newest.version,
        newest.in_title,
        newest.start_char,
        newest.end_char,
        newest.published_date
    ) as evidence
from newest
inner join dim_source on newest.source_id = dim_source.source_id
order by
    newest.person_id asc,
    newest.published_date desc nulls last,
    newest.article_id asc,
    newest.quote_no asc
