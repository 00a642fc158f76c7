-- Grain: one person whom current versions name; those named in most articles first.
with person as (
    select
        entity_id,
        coalesce(merged_into, entity_id) as person_id
    from dim_entity
    where entity_type = 'person'
),

named as (
    select
        person.person_id,
        article.article_id,
        article.version,
        article.published_date,
        article.duplicate_role,
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
    inner join person on mention.entity_id = person.entity_id
    inner join fact_article as article
        on mention.article_id = article.article_id and mention.version = article.version
    where article.is_current
    group by all
),

counted as (
    select
        named.person_id,
        count(*) as articles,
        count(*) filter (where named.duplicate_role <> 'copy') as without_copies,
        sum(named.mentions)::bigint as mentions,
        min(named.published_date) as first_date,
        max(named.published_date) as last_date,
        evidence_list(
            named.article_id,
            named.version,
            named.first_place.in_title,
            named.first_place.start_char,
            named.first_place.end_char,
            named.published_date
        ) as evidence
    from named
    group by named.person_id
),

quoted as (
    select
        person.person_id,
        count(*) as quotes
    from fact_quote as quote
    inner join person on quote.speaker_id = person.entity_id
    inner join fact_article as article
        on quote.article_id = article.article_id and quote.version = article.version
    where article.is_current
    group by person.person_id
),

office as (
    select
        entity_id as person_id,
        arg_max(role, (valid_from, role)) as role
    from dim_entity_role
    where is_current
    group by entity_id
)

select
    counted.person_id,
    dim_entity.name as person,
    dim_entity.name_ru as person_ru,
    dim_entity.name_en as person_en,
    office.role,
    counted.articles,
    counted.without_copies,
    counted.mentions,
    coalesce(quoted.quotes, 0) as quotes,
    counted.first_date,
    counted.last_date,
    counted.evidence
from counted
inner join dim_entity on counted.person_id = dim_entity.entity_id
left join quoted on counted.person_id = quoted.person_id
left join office on counted.person_id = office.person_id
order by counted.articles desc, counted.mentions desc, dim_entity.name asc, counted.person_id asc
limit $most
