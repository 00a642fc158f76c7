-- Grain: one statement in one version of one article that something happened.
create table fact_event_statement (
    article_id bigint not null,
    version integer not null,
    event_no integer not null,
    event_id bigint,
    event_type varchar not null,
    event_date date,
    event_precision varchar not null,
    place_id bigint,
    actors struct(entity_id bigint, actor_role varchar, country_code varchar)[],
    surface varchar not null,
    sentence_no integer,
    in_title boolean not null,
    start_char integer not null,
    end_char integer not null,
    confidence double not null,
    method varchar not null
);

comment on table fact_event_statement is
'What articles say happened; fact_event, fact_event_mention and bridge_event_actor are made '
'of what current versions say. Grain: one statement in one version.';
comment on column fact_event_statement.article_id is 'fact_article.article_id';
comment on column fact_event_statement.version is 'fact_article.version';
comment on column fact_event_statement.event_no is
'Its place among the statements of the version, from 1: those of the title first.';
comment on column fact_event_statement.event_id is
'The event: fact_event.event_id; null in versions that are not current.';
comment on column fact_event_statement.event_type is 'dim_event_type.event_type';
comment on column fact_event_statement.event_date is
'The day, or the first day of month or year; null if unknown.';
comment on column fact_event_statement.event_precision is
'day, month, year, or unknown where event_date is null.';
comment on column fact_event_statement.place_id is 'Where: dim_place.place_id; null if unknown.';
comment on column fact_event_statement.actors is
'Who took part: dim_entity.entity_id, role and country of each.';
comment on column fact_event_statement.surface is 'The span as it stands.';
comment on column fact_event_statement.sentence_no is
'Its sentence: fact_sentence.sentence_no; null in the title.';
comment on column fact_event_statement.in_title is 'True where it stands in the title.';
comment on column fact_event_statement.start_char is
'Offset of its first code point, from 0, in the text, or in the title where in_title.';
comment on column fact_event_statement.end_char is
'Offset after its last code point: substring(text, start_char + 1, end_char - start_char).';
comment on column fact_event_statement.confidence is
'How sure type, day and actors are, 0 to 1, two decimal places.';
comment on column fact_event_statement.method is 'How it was found.';
