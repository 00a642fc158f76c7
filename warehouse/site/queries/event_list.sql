-- Grain: one event and one person or country that took part in it.
with taking_part as (
    select
        site_person.person_id as page_id,
        actor.event_id
    from bridge_event_actor as actor
    inner join site_person on actor.entity_id = site_person.entity_id
    where $subject = 'person'
    union
    select
        dim_country.entity_id as page_id,
        actor.event_id
    from bridge_event_actor as actor
    inner join dim_country on actor.country_code = dim_country.country_code
    where $subject = 'country'
),

told as (
    select
        mention.event_id,
        evidence_list(
            mention.article_id,
            mention.version,
            mention.in_title,
            mention.start_char,
            mention.end_char,
            article.published_date
        ) as evidence
    from fact_event_mention as mention
    inner join fact_article as article
        on mention.article_id = article.article_id and mention.version = article.version
    where article.is_current
    group by mention.event_id
),

with_actors as (
    select
        actor.event_id,
        list(dim_entity.name order by actor.actor_role, dim_entity.name) as actors
    from bridge_event_actor as actor
    inner join dim_entity on actor.entity_id = dim_entity.entity_id
    group by actor.event_id
)

select
    taking_part.page_id,
    event.event_date,
    event.event_precision as precision,
    event_type.name_kk as event_name,
    event_type.name_ru as event_name_ru,
    event_type.name_en as event_name_en,
    with_actors.actors,
    dim_place.name as place,
    event.article_count as articles,
    told.evidence
from taking_part
inner join fact_event as event on taking_part.event_id = event.event_id
inner join dim_event_type as event_type on event.event_type = event_type.event_type
inner join told on event.event_id = told.event_id
left join with_actors on event.event_id = with_actors.event_id
left join dim_place on event.place_id = dim_place.place_id
order by taking_part.page_id asc, event.event_date desc nulls last, event.event_id asc
