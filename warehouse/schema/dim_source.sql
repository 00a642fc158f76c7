-- Grain: one outlet.
create table dim_source (
    source_id bigint not null,
    source_code varchar not null,
    name varchar not null,
    name_kk varchar,
    name_ru varchar,
    name_en varchar,
    kind varchar,
    country_code varchar,
    main_language varchar,
    time_zone varchar not null
);

comment on table dim_source is
'Outlets, from seeds/outlets.csv (type 1: the newest values), with a row for unknown. '
'Grain: one outlet.';
comment on column dim_source.source_id is 'Hash of source_code.';
comment on column dim_source.source_code is
'Short code of the outlet; unknown where none was found.';
comment on column dim_source.name is 'Its name as it writes it.';
comment on column dim_source.name_kk is 'Its name in Kazakh.';
comment on column dim_source.name_ru is 'Its name in Russian.';
comment on column dim_source.name_en is 'Its name in English.';
comment on column dim_source.kind is
'agency, newspaper, portal, broadcaster, government or research.';
comment on column dim_source.country_code is 'ISO 3166-1 alpha-2 code of its country.';
comment on column dim_source.main_language is 'ISO 639-1 code of its main language.';
comment on column dim_source.time_zone is 'The zone of times that it prints without one.';
