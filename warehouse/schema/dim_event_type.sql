-- Grain: one type of event.
create table dim_event_type (
    event_type varchar not null,
    name_kk varchar not null,
    name_ru varchar,
    name_en varchar,
    plover_type varchar,
    cameo_code varchar,
    quad_class varchar
);

comment on table dim_event_type is
'Types of events, with their codes in PLOVER and CAMEO. Grain: one type.';
comment on column dim_event_type.event_type is 'Its short name, the same in every language.';
comment on column dim_event_type.name_kk is 'Its name in Kazakh.';
comment on column dim_event_type.name_ru is 'Its name in Russian.';
comment on column dim_event_type.name_en is 'Its name in English.';
comment on column dim_event_type.plover_type is
'Its event type in PLOVER; null where PLOVER has none, such as for accidents.';
comment on column dim_event_type.cameo_code is 'Its code in CAMEO; null where CAMEO has none.';
comment on column dim_event_type.quad_class is
'verbal_cooperation, material_cooperation, verbal_conflict or material_conflict; null where '
'PLOVER and CAMEO have no such type.';
