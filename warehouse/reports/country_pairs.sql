-- Grain: two countries that take part in an event of the period together.
-- Limits: countries that the actors act for, Kazakhstan among them; whom nobody gives a
-- country, and news outlets, are left out. Types of events without a class are neither
-- cooperation nor conflict. Events count on their own day, else on that of the first
-- article. The two spans of four weeks are counted back from the period's end, whatever
-- its start; change is how much cooperation less conflict grew from the earlier to the
-- later. Articles that name both countries count without copies and need no event.
with event_told as (
    select *
    from events_told(null, $until, $source, $topic)
),

period as (
    select
        cast($since as date) as since_date,
        period_end($until) as last_day
),

event_of_country as (
    select distinct
        event_id,
        country_code
    from bridge_event_actor
    where
        country_code is not null
        and entity_id not in (select outlet.entity_id from news_outlets() as outlet)
),

event_of_pair as (
    -- Kazakhstan comes first in its pairs, the others by code.
    select
        one.event_id,
        one.country_code as country_a,
        other.country_code as country_b
    from event_of_country as one
    inner join event_of_country as other on one.event_id = other.event_id
    where
        one.country_code <> other.country_code
        and other.country_code <> 'KZ'
        and (one.country_code = 'KZ' or one.country_code < other.country_code)
        and (
            $country is null
            or one.country_code in (
                select wanted.country_code from country_codes($country) as wanted
            )
            or other.country_code in (
                select wanted.country_code from country_codes($country) as wanted
            )
        )
),

classed as (
    select
        event_of_pair.country_a,
        event_of_pair.country_b,
        event_told.*,
        dim_event_type.quad_class like '%cooperation' as is_cooperation,
        dim_event_type.quad_class like '%conflict' as is_conflict,
        period.since_date is null or event_told.day >= period.since_date as is_in_period,
        event_told.day > period.last_day - 28 as is_last,
        event_told.day > period.last_day - 56
        and event_told.day <= period.last_day - 28 as is_before
    from event_told
    inner join event_of_pair on event_told.event_id = event_of_pair.event_id
    inner join dim_event_type on event_told.event_type = dim_event_type.event_type
    cross join period
    where event_told.day is null or event_told.day <= period.last_day
),

counted as (
    select
        country_a,
        country_b,
        count(distinct event_id) filter (where is_in_period) as events,
        count(distinct event_id) filter (where is_in_period and is_cooperation) as cooperation,
        count(distinct event_id) filter (where is_in_period and is_conflict) as conflict,
        count(distinct event_id) filter (where is_last and is_cooperation) as cooperation_last,
        count(distinct event_id) filter (where is_last and is_conflict) as conflict_last,
        count(distinct event_id) filter (where is_before and is_cooperation) as cooperation_before,
        count(distinct event_id) filter (where is_before and is_conflict) as conflict_before,
        max(day) filter (where is_in_period) as last_date
    from classed
    group by country_a, country_b
),

listed as (
    select
        country_a,
        country_b,
        evidence_list(
            article_id, version, in_title, start_char, end_char, published_date
        ) as evidence
    from classed
    where is_in_period
    group by country_a, country_b
),

named_together as (
    select
        one.country_code as country_a,
        other.country_code as country_b,
        count(*) as articles
    from articles_about($since, $until, $source, null, null, $topic) as article
    inner join bridge_article_country as one
        on
            article.article_id = one.article_id
            and article.version = one.version
    inner join bridge_article_country as other
        on
            article.article_id = other.article_id
            and article.version = other.version
    where article.duplicate_role <> 'copy'
    group by one.country_code, other.country_code
),

described as (
    select
        country_of_a.name_kk || ' – ' || country_of_b.name_kk as pair,
        counted.* exclude (last_date),
        (counted.cooperation_last - counted.conflict_last)
        - (counted.cooperation_before - counted.conflict_before) as change,
        coalesce(named_together.articles, 0) as named_together,
        counted.last_date,
        listed.evidence
    from counted
    inner join dim_country as country_of_a on counted.country_a = country_of_a.country_code
    inner join dim_country as country_of_b on counted.country_b = country_of_b.country_code
    inner join listed
        on
            counted.country_a = listed.country_a
            and counted.country_b = listed.country_b
    left join named_together
        on
            counted.country_a = named_together.country_a
            and counted.country_b = named_together.country_b
)

select * from described
order by events desc, named_together desc, country_a asc, country_b asc
