-- Grain: one event.
create or replace view events as
with actor as (
    select
        bridge.event_id,
        entity.name,
        bridge.actor_role,
        bridge.country_code,
        bridge.article_count,
        entity.entity_id
    from bridge_event_actor as bridge
    inner join dim_entity as named on bridge.entity_id = named.entity_id
    inner join dim_entity as entity
        on coalesce(named.merged_into, named.entity_id) = entity.entity_id
),

actor_list as (
    select
        event_id,
        list(name order by article_count desc, actor_role asc, entity_id asc) as actors,
        list(actor_role order by article_count desc, actor_role asc, entity_id asc)
            as actor_roles,
        list(country_code order by article_count desc, actor_role asc, entity_id asc)
            as actor_countries
    from actor
    group by event_id
),

document_list as (
    select
        event_id,
        list(distinct title order by title asc) as documents
    from fact_document
    where event_id is not null
    group by event_id
)

select
    event.event_id,
    event.event_type,
    event_type.name_kk as event_name,
    event_type.name_ru as event_name_ru,
    event_type.name_en as event_name_en,
    event.event_date,
    event.event_precision,
    dim_place.name as place,
    dim_place.country_code as place_country,
    coalesce(actor_list.actors, []) as actors,
    coalesce(actor_list.actor_roles, []) as actor_roles,
    coalesce(actor_list.actor_countries, []) as actor_countries,
    coalesce(document_list.documents, []) as documents,
    event_type.cameo_code,
    event_type.quad_class,
    event.article_count,
    event.first_article_id as article_id,
    article.published_date,
    dim_source.source_code as source,
    dim_source.name as source_name,
    article.title,
    article.url,
    case
        when mention.in_title then article.title
        else
            substring(
                article.text,
                sentence.start_char + 1,
                sentence.end_char - sentence.start_char
            )
    end as sentence,
    event.confidence
from fact_event as event
left join dim_event_type as event_type on event.event_type = event_type.event_type
left join dim_place on event.place_id = dim_place.place_id
left join actor_list on event.event_id = actor_list.event_id
left join document_list on event.event_id = document_list.event_id
left join fact_article as article
    on event.first_article_id = article.article_id and article.is_current
left join dim_source on article.source_id = dim_source.source_id
left join fact_event_mention as mention
    on
        event.event_id = mention.event_id
        and article.article_id = mention.article_id
        and article.version = mention.version
left join fact_sentence as sentence
    on
        mention.article_id = sentence.article_id
        and mention.version = sentence.version
        and mention.sentence_no = sentence.sentence_no;

comment on view events is
'What happened, who took part, and the sentence that told it first. Grain: one event.';
comment on column events.event_id is 'Key of the event: fact_event.event_id';
comment on column events.event_type is 'Its type: dim_event_type.event_type';
comment on column events.event_name is 'The type in Kazakh.';
comment on column events.event_name_ru is 'The type in Russian.';
comment on column events.event_name_en is 'The type in English.';
comment on column events.event_date is
'The day, or the first day of month or year; null if unknown.';
comment on column events.event_precision is 'day, month, year or unknown.';
comment on column events.place is 'Where, in Kazakh; null if unknown.';
comment on column events.place_country is 'The place''s country: dim_country.country_code';
comment on column events.actors is
'Who took part, those named by most articles first; merged names followed.';
comment on column events.actor_roles is 'Part of each of the actors, in the same order.';
comment on column events.actor_countries is
'Country that each of the actors acted for, in the same order; null if unknown.';
comment on column events.documents is 'Titles of documents signed or adopted there.';
comment on column events.cameo_code is 'The type''s code in CAMEO; null where CAMEO has none.';
comment on column events.quad_class is
'verbal_cooperation, material_cooperation, verbal_conflict or material_conflict; null where '
'none fits.';
comment on column events.article_count is 'How many articles tell it.';
comment on column events.article_id is 'The article that told it first: fact_article.article_id';
comment on column events.published_date is 'That article''s publication day.';
comment on column events.source is 'Short code of that article''s outlet.';
comment on column events.source_name is 'That outlet''s name.';
comment on column events.title is 'That article''s title.';
comment on column events.url is 'That article''s address.';
comment on column events.sentence is
'The sentence of that article that tells it; its title where it stands there.';
comment on column events.confidence is 'That of the event''s surest statement, 0 to 1.';
