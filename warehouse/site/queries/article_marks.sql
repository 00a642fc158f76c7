-- Grain: one span of one article that has a page.
with wanted as (
    select * from site_article
    where batch = $batch
),

mention as (
    select
        span.article_id,
        case
            when span.entity_type in ('person', 'organisation', 'position')
                then span.entity_type
            when span.entity_type in ('gpe', 'location', 'facility') then 'place'
            else 'name'
        end as kind,
        span.in_title,
        span.start_char,
        span.end_char,
        coalesce(canonical.name, span.normal_form, span.surface) as name,
        canonical.name_ru,
        canonical.name_en,
        canonical.entity_id as page_id
    from fact_mention as span
    inner join wanted
        on span.article_id = wanted.article_id and span.version = wanted.version
    left join dim_entity as spelled on span.entity_id = spelled.entity_id
    left join dim_entity as canonical
        on coalesce(spelled.merged_into, spelled.entity_id) = canonical.entity_id
    where
        span.entity_type not in (
            'cardinal', 'ordinal', 'money', 'percentage', 'quantity', 'date', 'time'
        )
),

amount as (
    select
        span.article_id,
        'amount' as kind,
        span.in_title,
        span.start_char,
        span.end_char,
        concat_ws(
            ' ',
            format('{:.15g}', span.value)
            || coalesce('–' || format('{:.15g}', span.value_max), ''),
            coalesce(span.currency_code, dim_unit.name_kk, span.unit_code),
            span.counted
        ) as name,
        concat_ws(
            ' ',
            format('{:.15g}', span.value)
            || coalesce('–' || format('{:.15g}', span.value_max), ''),
            coalesce(span.currency_code, dim_unit.name_ru, span.unit_code),
            span.counted
        ) as name_ru,
        concat_ws(
            ' ',
            format('{:.15g}', span.value)
            || coalesce('–' || format('{:.15g}', span.value_max), ''),
            coalesce(span.currency_code, dim_unit.name_en, span.unit_code),
            span.counted
        ) as name_en,
        null as page_id
    from fact_amount as span
    inner join wanted
        on span.article_id = wanted.article_id and span.version = wanted.version
    left join dim_unit
        on span.unit_code = dim_unit.unit_code and dim_unit.currency_code is null
),

day as (
    select
        span.article_id,
        'date' as kind,
        span.in_title,
        span.start_char,
        span.end_char,
        coalesce(
            case
                when span.start_date = span.end_date then span.start_date::varchar
                else span.start_date::varchar || ' – ' || span.end_date::varchar
            end,
            span.surface
        ) as name,
        null as name_ru,
        null as name_en,
        null as page_id
    from fact_date_mention as span
    inner join wanted
        on span.article_id = wanted.article_id and span.version = wanted.version
),

quote as (
    select
        span.article_id,
        'quote' as kind,
        span.in_title,
        span.start_char,
        span.end_char,
        coalesce(canonical.name, span.speaker_surface, '?') as name,
        canonical.name_ru,
        canonical.name_en,
        null as page_id
    from fact_quote as span
    inner join wanted
        on span.article_id = wanted.article_id and span.version = wanted.version
    left join dim_entity as spelled on span.speaker_id = spelled.entity_id
    left join dim_entity as canonical
        on coalesce(spelled.merged_into, spelled.entity_id) = canonical.entity_id
),

event as (
    select
        span.article_id,
        'event' as kind,
        span.in_title,
        span.start_char,
        span.end_char,
        concat_ws(', ', event_type.name_kk, event.event_date::varchar) as name,
        concat_ws(', ', event_type.name_ru, event.event_date::varchar) as name_ru,
        concat_ws(', ', event_type.name_en, event.event_date::varchar) as name_en,
        null as page_id
    from fact_event_mention as span
    inner join wanted
        on span.article_id = wanted.article_id and span.version = wanted.version
    inner join fact_event as event on span.event_id = event.event_id
    inner join dim_event_type as event_type on event.event_type = event_type.event_type
)

select * from mention
union all
select * from amount
union all
select * from day
union all
select * from quote
union all
select * from event
order by article_id asc, start_char asc, end_char desc, kind asc
