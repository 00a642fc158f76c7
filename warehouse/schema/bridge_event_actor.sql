-- Grain: one actor of one event.
create table bridge_event_actor (
    event_id bigint not null,
    entity_id bigint not null,
    actor_role varchar not null,
    country_code varchar,
    article_count integer not null
);

comment on table bridge_event_actor is
'Who took part in which event. Grain: one actor of one event.';
comment on column bridge_event_actor.event_id is 'fact_event.event_id';
comment on column bridge_event_actor.entity_id is 'Who: dim_entity.entity_id';
comment on column bridge_event_actor.actor_role is
'Part in the event, such as guest or host: the one that most articles give.';
comment on column bridge_event_actor.country_code is
'Country acted for: dim_country.country_code; null if unknown.';
comment on column bridge_event_actor.article_count is 'How many articles name this actor.';
