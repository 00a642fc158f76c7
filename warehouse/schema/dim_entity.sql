-- Grain: one entity.
create table dim_entity (
    entity_id bigint not null,
    entity_type varchar not null,
    name varchar not null,
    name_ru varchar,
    name_en varchar,
    country_code varchar,
    origin varchar not null,
    merged_into bigint
);

comment on table dim_entity is
'People, organisations, places and whatever else mentions name. Grain: one entity.';
comment on column dim_entity.entity_id is
'Hash of kind and folded full name, so that articles meet in it.';
comment on column dim_entity.entity_type is 'Its class, as in fact_mention.entity_type.';
comment on column dim_entity.name is 'Its name in Kazakh, in the nominative.';
comment on column dim_entity.name_ru is 'Its name in Russian, where a reference table has it.';
comment on column dim_entity.name_en is 'Its name in English, where a reference table has it.';
comment on column dim_entity.country_code is
'Its country: dim_country.country_code; null if unknown.';
comment on column dim_entity.origin is
'seed: from a reference table; learned: from articles; article: a name known by surname alone '
'in one article, never joined with those of others.';
comment on column dim_entity.merged_into is
'The entity that it is another name of: dim_entity.entity_id; null if it stands for itself.';
