-- Grain: one article that names one person; the newest of each person.
with named as (
    select
        site_person.person_id,
        article.published_date,
        article.source_id,
        article.title,
        article.duplicate_role,
        article.article_id,
        article.version,
        count(*) as mentions,
        arg_min(
            struct_pack(
                in_title := mention.in_title,
                start_char := mention.start_char,
                end_char := mention.end_char
            ),
            mention.mention_no
        ) as first_place
    from fact_mention as mention
    inner join site_person on mention.entity_id = site_person.entity_id
    inner join fact_article as article
        on mention.article_id = article.article_id and mention.version = article.version
    where article.is_current
    group by all
),

newest as (
    select * from named
    qualify row_number() over (
        partition by person_id order by published_date desc nulls last, article_id asc
    ) <= $most
)

select
    newest.person_id,
    newest.published_date,
    dim_source.source_code as source,
    newest.title,
    newest.duplicate_role,
    newest.mentions,
    newest.article_id,
    newest.version,
    evidence_of(
        newest.article_id,
        newest.version,
        newest.first_place.in_title,
        newest.first_place.start_char,
        newest.first_place.end_char,
        newest.published_date
    ) as evidence
from newest
inner join dim_source on newest.source_id = dim_source.source_id
order by newest.person_id asc, newest.published_date desc nulls last, newest.article_id asc
