-- Rows of agg_country: the countries that each article names, with the first mention of each.
with spelled as (
    select
        mention.article_id,
        dim_country.country_code,
        arg_min(
            struct_pack(
                in_title := mention.in_title,
                start_char := mention.start_char,
                end_char := mention.end_char
            ),
            mention.mention_no
        ) as place
    from aggregated_article as article
    inner join aggregated_mention as mention
        on article.article_id = mention.article_id and article.version = mention.version
    inner join dim_country on mention.entity_id = dim_country.entity_id
    group by mention.article_id, dim_country.country_code
)

select
    article.article_id,
    article.version,
    bridge.country_code,
    bridge.weight,
    article.source_id,
    article.published_date,
    article.story_id,
    article.duplicate_role,
    struct_extract(spelled.place, 'in_title') as in_title,
    struct_extract(spelled.place, 'start_char') as start_char,
    struct_extract(spelled.place, 'end_char') as end_char
from aggregated_article as article
inner join aggregated_country as bridge
    on article.article_id = bridge.article_id and article.version = bridge.version
left join spelled
    on
        bridge.article_id = spelled.article_id
        and bridge.country_code = spelled.country_code
order by article.published_date, article.article_id, bridge.country_code
