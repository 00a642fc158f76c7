-- Grain: one entity or topic of the last seven days of the period; the 50 that stand out
-- most.
-- Limits: the last seven days are held against the 28 days before them, by articles a day
-- without copies; articles known only to the month or year count on its first day.
-- usual_before is the mean of the 28 days, days above the median by more than three times
-- their median absolute deviation (MAD; and by more than one article) cut to that. score is
-- how far the mean of the seven days lies above it, in standard errors (of MAD times 1.4826,
-- at least the root of usual_before and half an article). rising: a score of 3 or more and at
-- least 5 articles. not_enough_history: fewer than 14 of the 28 days have any article of what
-- was asked for, so no alarm is given; a later `since` cuts the 28 days. The places behind a
-- row are the first words of each article that name it or speak for it.
with last_day as (
    select period_end($until) as end_date
),

article_near as (
    select
        article.*,
        article.published_date > last_day.end_date - 7 as is_recent
    from articles_about($since, $until, $source, $country, null, null) as article
    cross join last_day
    where
        article.published_date > last_day.end_date - 35
        and article.published_date <= last_day.end_date
),

history as (
    select count(distinct published_date) as days_of_history
    from article_near
    where not is_recent
),

entity_near as (
    select
        article_near.*,
        coalesce(dim_entity.merged_into, dim_entity.entity_id) as thing_id,
        arg_min(
            struct_pack(
                in_title := mention.in_title,
                start_char := mention.start_char,
                end_char := mention.end_char
            ),
            (not mention.in_title, mention.start_char)
        ) as place
    from article_near
    inner join fact_mention as mention
        on
            article_near.article_id = mention.article_id
            and article_near.version = mention.version
    inner join dim_entity on mention.entity_id = dim_entity.entity_id
    group by all
),

topic_near as (
    select
        article_near.*,
        bridge.topic_id as thing_id,
        arg_min(
            struct_pack(
                in_title := mention.in_title,
                start_char := mention.start_char,
                end_char := mention.end_char
            ),
            (not mention.in_title, mention.start_char)
        ) as place
    from article_near
    inner join bridge_article_topic as bridge
        on
            article_near.article_id = bridge.article_id
            and article_near.version = bridge.version
    left join fact_topic_mention as mention
        on
            bridge.article_id = mention.article_id
            and bridge.version = mention.version
            and bridge.topic_id = mention.topic_id
    group by all
),

thing_near as (
    select
        entity_near.*,
        dim_entity.entity_type as kind,
        dim_entity.name,
        dim_entity.name_ru,
        dim_entity.name_en
    from entity_near
    inner join dim_entity on entity_near.thing_id = dim_entity.entity_id
    where
        ($topic is null and $person is null)
        or entity_near.thing_id in (select entity_id from entity_ids($person))
    union all
    select
        topic_near.*,
        'topic' as kind,
        dim_topic.name_kk as name,
        dim_topic.name_ru,
        dim_topic.name_en
    from topic_near
    inner join dim_topic on topic_near.thing_id = dim_topic.topic_id
    where
        ($topic is null and $person is null)
        or topic_near.thing_id in (select topic_id from topic_ids($topic))
),

recent as (
    select
        kind,
        thing_id,
        min(name) as name,
        min(name_ru) as name_ru,
        min(name_en) as name_en,
        count(*) as articles,
        count(*) filter (where duplicate_role <> 'copy') as without_copies,
        count(distinct coalesce(story_id, article_id)) as stories,
        evidence_of_each(
            article_id,
            version,
            struct_extract(place, 'in_title'),
            struct_extract(place, 'start_char'),
            struct_extract(place, 'end_char'),
            published_date
        ) as evidence
    from thing_near
    where is_recent
    group by kind, thing_id
),

counted_by_day as (
    select
        kind,
        thing_id,
        published_date,
        count(*) filter (where duplicate_role <> 'copy') as articles
    from thing_near
    where not is_recent
    group by kind, thing_id, published_date
),

counted as (
    select
        kind,
        thing_id,
        list_concat(
            list(articles), list_resize(cast([] as bigint[]), 28 - count(*), 0)
        ) as daily
    from counted_by_day
    group by kind, thing_id
),

baseline as (
    select
        recent.*,
        history.days_of_history,
        coalesce(counted.daily, list_resize(cast([] as bigint[]), 28, 0)) as daily
    from recent
    cross join history
    left join counted
        on recent.kind = counted.kind and recent.thing_id = counted.thing_id
),

measured as (
    select
        *,
        cast(list_sum(daily) as bigint) as articles_before,
        list_aggregate(daily, 'median') as median_before,
        list_aggregate(daily, 'mad') as mad_before
    from baseline
),

levelled as (
    select
        *,
        list_avg(
            [
                least(number, median_before + greatest(3 * mad_before, 1))
                for number in daily
            ]
        ) as usual_before
    from measured
),

scored as (
    select
        *,
        case
            when days_of_history >= 14
                then
                    round(
                        (without_copies / 7.0 - usual_before) * sqrt(7)
                        / greatest(1.4826 * mad_before, sqrt(usual_before), 0.5),
                        1
                    )
        end as score
    from levelled
),

judged as (
    select
        case
            when score is null then 'not_enough_history'
            when score >= 3 and without_copies >= 5 then 'rising'
            else 'usual'
        end as status,
        kind,
        name,
        name_ru,
        name_en,
        articles,
        without_copies,
        stories,
        articles_before,
        round(median_before, 1) as median_before,
        round(mad_before, 1) as mad_before,
        round(usual_before, 2) as usual_before,
        days_of_history,
        score,
        evidence
    from scored
)

select * from judged
order by status = 'rising' desc, score desc, without_copies desc, kind asc, name asc
limit 50
