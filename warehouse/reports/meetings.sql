-- Grain: one visit, meeting, call or summit; the newest 200 of the period.
-- Limits: what articles tell of as having happened, found with precision before recall.
-- date_precision says how much of the date is known; an event without a date stands at
-- the day of its first article. Codes in brackets are the countries that actors act for.
-- News outlets are no actors. The sentence is the surest one of an article that is no copy.
with event_told as (
    select *
    from events_told($since, $until, $source, $topic)
    where event_type in ('visit', 'meeting', 'call', 'summit')
),

asked_country as (
    select country_code from country_codes($country)
),

actor as (
    select
        bridge.event_id,
        bridge.actor_role,
        bridge.country_code,
        entity.named_id,
        entity.name || coalesce(' (' || bridge.country_code || ')', '') as name
    from bridge_event_actor as bridge
    inner join entity_names() as entity on bridge.entity_id = entity.entity_id
    where bridge.entity_id not in (select outlet.entity_id from news_outlets() as outlet)
),

of_country as (
    select actor.event_id
    from actor
    inner join asked_country on actor.country_code = asked_country.country_code
),

of_person as (
    select actor.event_id
    from actor
    inner join entity_ids($person) as wanted on actor.named_id = wanted.entity_id
),

told as (
    select
        event_id,
        event_type,
        day,
        event_date,
        event_precision,
        place_id,
        count(*) as articles,
        count(*) filter (where duplicate_role <> 'copy') as without_copies,
        count(distinct coalesce(story_id, article_id)) as stories,
        max(confidence) as confidence,
        evidence_of_each(
            article_id, version, in_title, start_char, end_char, published_date
        ) as evidence
    from event_told
    group by event_id, event_type, day, event_date, event_precision, place_id
),

surest as (
    select distinct on (event_id)
        event_id,
        article_id,
        version,
        sentence_no
    from event_told
    order by event_id asc, duplicate_role = 'copy' asc, confidence desc, article_id asc
),

newest as (
    select
        told.*,
        dim_place.name as place
    from told
    left join dim_place on told.place_id = dim_place.place_id
    where
        ($person is null or told.event_id in (select of_person.event_id from of_person))
        and (
            $country is null
            or told.event_id in (select of_country.event_id from of_country)
            or dim_place.country_code in (
                select asked_country.country_code from asked_country
            )
        )
    order by told.day desc nulls last, told.event_id asc
    limit 200
),

taking_part as (
    select
        actor.event_id,
        string_agg(distinct actor.name, ', ' order by actor.name) filter (
            where actor.actor_role = 'initiator'
        ) as initiators,
        string_agg(distinct actor.name, ', ' order by actor.name) filter (
            where actor.actor_role = 'partner'
        ) as partners,
        string_agg(distinct actor.name, ', ' order by actor.name) filter (
            where actor.actor_role = 'target'
        ) as targets,
        string_agg(
            distinct actor.country_code, ', ' order by actor.country_code
        ) as countries
    from actor
    inner join newest on actor.event_id = newest.event_id
    group by actor.event_id
),

described as (
    select
        newest.day as date,
        newest.event_precision as date_precision,
        newest.event_type,
        dim_event_type.name_kk as event,
        taking_part.initiators,
        taking_part.partners,
        taking_part.targets,
        taking_part.countries,
        newest.place,
        case
            when surest.sentence_no is null then article.title
            else substring(
                article.text,
                sentence.start_char + 1,
                sentence.end_char - sentence.start_char
            )
        end as sentence,
        newest.articles,
        newest.without_copies,
        newest.stories,
        newest.confidence,
        newest.event_id,
        newest.evidence
    from newest
    inner join dim_event_type on newest.event_type = dim_event_type.event_type
    inner join surest on newest.event_id = surest.event_id
    left join taking_part on newest.event_id = taking_part.event_id
    inner join fact_article as article
        on
            surest.article_id = article.article_id
            and surest.version = article.version
    left join fact_sentence as sentence
        on
            surest.article_id = sentence.article_id
            and surest.version = sentence.version
            and surest.sentence_no = sentence.sentence_no
)

select * exclude (event_id) from described
order by date desc nulls last, event_id asc
