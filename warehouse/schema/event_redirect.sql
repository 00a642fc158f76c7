-- Grain: one former key of an event.
create table event_redirect (
    old_event_id bigint not null,
    event_id bigint not null
);

comment on table event_redirect is
'Keys that events once had, so that what was noted down is found again. They depend on the '
'order of loads. Grain: one former key.';
comment on column event_redirect.old_event_id is 'The former key.';
comment on column event_redirect.event_id is
'The event that most of its articles tell of now: fact_event.event_id';
