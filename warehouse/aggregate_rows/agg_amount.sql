-- Rows of agg_amount: the amounts of each article that reports compare, with their partners.
-- Articles come with all others of their story, so that what is disputed can be told.
with amount as (
    select
        aggregated_amount.article_id,
        aggregated_amount.version,
        aggregated_amount.amount_no,
        aggregated_amount.value,
        aggregated_amount.value_max,
        aggregated_amount.kind,
        coalesce(aggregated_amount.currency_code, aggregated_amount.unit_code) as unit,
        aggregated_amount.approximation,
        aggregated_amount.direction,
        aggregated_amount.counted,
        aggregated_amount.sentence_no,
        aggregated_amount.in_title,
        article.source_id,
        article.published_date,
        article.story_id,
        article.duplicate_role,
        article.duplicate_of
    from aggregated_article as article
    inner join aggregated_amount
        on
            article.article_id = aggregated_amount.article_id
            and article.version = aggregated_amount.version
    where aggregated_amount.kind in ('money', 'percent') or aggregated_amount.counted is not null
),

amount_sentence as (
    select distinct
        article_id,
        version,
        in_title,
        sentence_no
    from amount
),

foreign_entity as (
    select
        entity_id,
        country_code
    from dim_country
    where country_code <> 'KZ'
    union
    select
        entity_id,
        country_code
    from dim_place
    where country_code <> 'KZ'
),

sentence_partner as (
    select
        mention.article_id,
        mention.in_title,
        mention.sentence_no,
        list_sort(list(distinct foreign_entity.country_code)) as partners
    from amount_sentence
    inner join aggregated_mention as mention
        on
            amount_sentence.article_id = mention.article_id
            and amount_sentence.version = mention.version
            and amount_sentence.in_title = mention.in_title
            and amount_sentence.sentence_no is not distinct from mention.sentence_no
    inner join dim_entity on mention.entity_id = dim_entity.entity_id
    inner join foreign_entity
        on coalesce(dim_entity.merged_into, dim_entity.entity_id) = foreign_entity.entity_id
    group by mention.article_id, mention.in_title, mention.sentence_no
),

article_partner as (
    select
        bridge.article_id,
        [arg_max(bridge.country_code, (bridge.weight, bridge.country_code))] as partners
    from aggregated_article as article
    inner join aggregated_country as bridge
        on article.article_id = bridge.article_id and article.version = bridge.version
    where bridge.country_code <> 'KZ' and bridge.weight >= 0.5
    group by bridge.article_id
),

described as (
    select
        amount.*,
        coalesce(sentence_partner.partners, article_partner.partners, []::varchar[]) as partners
    from amount
    left join sentence_partner
        on
            amount.article_id = sentence_partner.article_id
            and amount.in_title = sentence_partner.in_title
            and amount.sentence_no is not distinct from sentence_partner.sentence_no
    left join article_partner on amount.article_id = article_partner.article_id
),

measured as (
    select
        *,
        (
            md5_number_lower(
                array_to_string(
                    [
                        kind,
                        coalesce(unit, '-'),
                        coalesce(counted, '-'),
                        coalesce(direction, '-'),
                        array_to_string(partners, ' ')
                    ],
                    chr(31)
                )
            ) >> 1
        )::bigint as measure_key
    from described
),

disputed as (
    select
        story_id,
        measure_key
    from measured
    group by story_id, measure_key
    having
        min(article_id) < max(article_id)
        and (
            min(value) < max(value)
            or min(coalesce(value_max, value)) < max(coalesce(value_max, value))
        )
)

select
    measured.article_id,
    measured.version,
    measured.amount_no,
    measured.value,
    measured.value_max,
    measured.kind,
    measured.approximation,
    measured.partners,
    measured.measure_key,
    disputed.story_id is not null as is_disputed,
    measured.source_id,
    measured.published_date,
    measured.story_id,
    measured.duplicate_role,
    measured.duplicate_of
from measured
left join disputed
    on
        measured.story_id = disputed.story_id
        and measured.measure_key = disputed.measure_key
order by measured.published_date, measured.article_id, measured.amount_no
