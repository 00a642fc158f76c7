-- Grain: one office held by one person over one span of time (type 2).
create table dim_entity_role (
    role_id bigint not null,
    entity_id bigint not null,
    role varchar not null,
    country_code varchar,
    organisation_id bigint,
    is_single boolean not null,
    valid_from date not null,
    valid_to date,
    is_current boolean not null,
    evidence_article_id bigint not null,
    evidence_count integer not null
);

comment on table dim_entity_role is
'Who held which office when, as far as dated articles say it; an article joins as of its own '
'date: published_date between valid_from and coalesce(valid_to, date ''9999-12-31''). Grain: '
'one office held by one person over one span of time.';
comment on column dim_entity_role.role_id is 'Hash of office, person and valid_from.';
comment on column dim_entity_role.entity_id is 'The person: dim_entity.entity_id';
comment on column dim_entity_role.role is
'The office in the nominative, without its country and organisation.';
comment on column dim_entity_role.country_code is
'Its country: dim_country.country_code; null if none is said.';
comment on column dim_entity_role.organisation_id is
'Its organisation: dim_entity.entity_id; null if none is said.';
comment on column dim_entity_role.is_single is
'True where the office has one holder at a time: its spans do not overlap. Never true of an '
'office said without country and organisation, which may be many.';
comment on column dim_entity_role.valid_from is
'Day of the first article that says so; the office may have begun before.';
comment on column dim_entity_role.valid_to is
'Last day: that before the first article with the next holder; null while nobody follows, and '
'always where several may hold the office.';
comment on column dim_entity_role.is_current is 'True where valid_to is null.';
comment on column dim_entity_role.evidence_article_id is
'The first article that says so: fact_article.article_id';
comment on column dim_entity_role.evidence_count is
'How many articles of the span say so, by their current versions.';
