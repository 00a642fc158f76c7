-- Rows of agg_quote: the quotations of each article, with the office that it gives the speaker.
with quoted as (
    select
        quote.*,
        coalesce(speaker.merged_into, speaker.entity_id) as named_id
    from aggregated_article as article
    inner join aggregated_quote as quote
        on article.article_id = quote.article_id and article.version = quote.version
    left join dim_entity as speaker on quote.speaker_id = speaker.entity_id
),

office_beside as (
    select
        article_id,
        named_id,
        arg_min(speaker_role, quote_no) as office
    from quoted
    where speaker_role is not null and named_id is not null
    group by article_id, named_id
),

office_said as (
    select
        said.article_id,
        coalesce(holder.merged_into, holder.entity_id) as named_id,
        arg_min(
            said.role,
            struct_pack(
                is_in_text := not said.in_title,
                start_char := said.start_char,
                role := said.role
            )
        ) as office
    from aggregated_article as article
    inner join aggregated_role_mention as said
        on article.article_id = said.article_id and article.version = said.version
    inner join dim_entity as holder on said.entity_id = holder.entity_id
    group by said.article_id, coalesce(holder.merged_into, holder.entity_id)
)

select
    article.article_id,
    article.version,
    quoted.quote_no,
    article.source_id,
    article.published_date,
    article.story_id,
    article.duplicate_role,
    quoted.quote_kind,
    quoted.speaker_id,
    quoted.speaker_surface,
    coalesce(quoted.speaker_role, office_beside.office, office_said.office) as office,
    (md5_number_lower(quoted.text) >> 1)::bigint as text_key,
    quoted.sentence_no,
    quoted.in_title,
    quoted.start_char,
    quoted.end_char,
    quoted.confidence
from aggregated_article as article
inner join quoted on article.article_id = quoted.article_id
left join office_beside
    on
        quoted.article_id = office_beside.article_id
        and quoted.named_id = office_beside.named_id
left join office_said
    on
        quoted.article_id = office_said.article_id
        and quoted.named_id = office_said.named_id
order by article.published_date, article.article_id, quoted.quote_no
