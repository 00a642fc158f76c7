-- Grain: one country or former state.
create table dim_country (
    country_code varchar not null,
    name_kk varchar not null,
    name_ru varchar,
    name_en varchar,
    region varchar,
    is_former boolean not null,
    entity_id bigint not null
);

comment on table dim_country is
'Countries and former states, from seeds/countries.csv. Grain: one country.';
comment on column dim_country.country_code is
'ISO 3166-1 alpha-2, XK for Kosovo, the withdrawn code of a former state.';
comment on column dim_country.name_kk is 'Its name in Kazakh.';
comment on column dim_country.name_ru is 'Its name in Russian.';
comment on column dim_country.name_en is 'Its name in English.';
comment on column dim_country.region is 'The continent.';
comment on column dim_country.is_former is 'True for a state that is no more.';
comment on column dim_country.entity_id is 'The country as an entity: dim_entity.entity_id';
