-- Grain: one article that names one country; the newest of each country.
with newest as (
    select
        dim_country.entity_id as page_id,
        dim_country.country_code,
        article.published_date,
        article.source_id,
        article.title,
        article.duplicate_role,
        bridge.mention_count as mentions,
        article.article_id,
        article.version
    from bridge_article_country as bridge
    inner join dim_country on bridge.country_code = dim_country.country_code
    inner join fact_article as article
        on bridge.article_id = article.article_id and bridge.version = article.version
    where article.is_current
    qualify row_number() over (
        partition by dim_country.entity_id
        order by article.published_date desc nulls last, article.article_id asc
    ) <= $most
),

first_named as (
    select
        newest.page_id,
        newest.article_id,
        arg_min(
            struct_pack(
                in_title := mention.in_title,
                start_char := mention.start_char,
                end_char := mention.end_char
            ),
            mention.mention_no
        ) as place
    from newest
    inner join fact_mention as mention
        on newest.article_id = mention.article_id and newest.version = mention.version
    inner join dim_entity on mention.entity_id = dim_entity.entity_id
    where
        mention.entity_id = newest.page_id
        or (
            dim_entity.country_code = newest.country_code
            and mention.entity_type = 'norp'
        )
    group by newest.page_id, newest.article_id
)

select
    newest.page_id,
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
        first_named.place.in_title,
        first_named.place.start_char,
        first_named.place.end_char,
        newest.published_date
    ) as evidence
from newest
inner join dim_source on newest.source_id = dim_source.source_id
left join first_named
    on newest.page_id = first_named.page_id and newest.article_id = first_named.article_id
order by newest.page_id asc, newest.published_date desc nulls last, newest.article_id asc
