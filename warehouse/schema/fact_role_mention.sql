-- Grain: one statement in one version of one article that a person holds an office.
create table fact_role_mention (
    article_id bigint not null,
    version integer not null,
    entity_id bigint not null,
    role varchar not null,
    country_code varchar,
    organisation_id bigint,
    is_single boolean not null,
    in_title boolean not null,
    sentence_no integer,
    start_char integer not null,
    end_char integer not null,
    confidence double not null,
    method varchar not null
);

comment on table fact_role_mention is
'What articles say of who holds which office; dim_entity_role is made of it. Grain: one '
'statement in one version.';
comment on column fact_role_mention.article_id is 'fact_article.article_id';
comment on column fact_role_mention.version is 'fact_article.version';
comment on column fact_role_mention.entity_id is
'The person: dim_entity.entity_id';
comment on column fact_role_mention.role is
'The office in the nominative, without its country and organisation.';
comment on column fact_role_mention.country_code is
'Its country: dim_country.country_code; null if none is said.';
comment on column fact_role_mention.organisation_id is
'Its organisation: dim_entity.entity_id; null if none is said.';
comment on column fact_role_mention.is_single is
'True where such an office has one holder at a time.';
comment on column fact_role_mention.in_title is 'True where it stands in the title.';
comment on column fact_role_mention.sentence_no is
'Its sentence: fact_sentence.sentence_no; null in the title.';
comment on column fact_role_mention.start_char is
'Offset of the first code point of office and person together, from 0, in the text, or in '
'the title where in_title.';
comment on column fact_role_mention.end_char is 'Offset after their last code point.';
comment on column fact_role_mention.confidence is
'How sure the statement is, 0 to 1, two decimal places.';
comment on column fact_role_mention.method is
'Where the office stands: before or after the name; appointment.';
