-- Grain: one outlet over one span of time (type 2).
create table dim_source_history (
    source_id bigint not null,
    source_code varchar not null,
    name varchar not null,
    kind varchar,
    country_code varchar,
    main_language varchar,
    valid_from date,
    valid_to date,
    is_current boolean not null
);

comment on table dim_source_history is
'How outlets changed, one row for each valid_from of seeds/outlets.csv. Grain: one outlet '
'over one span of time.';
comment on column dim_source_history.source_id is 'dim_source.source_id';
comment on column dim_source_history.source_code is 'dim_source.source_code';
comment on column dim_source_history.name is 'Its name in that time.';
comment on column dim_source_history.kind is 'Its kind in that time.';
comment on column dim_source_history.country_code is 'Its country in that time.';
comment on column dim_source_history.main_language is 'Its main language in that time.';
comment on column dim_source_history.valid_from is 'First day; null for since ever.';
comment on column dim_source_history.valid_to is 'Day after the last; null while it lasts.';
comment on column dim_source_history.is_current is 'True for the newest span.';
