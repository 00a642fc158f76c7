-- Grain: one event in the current version of one article.
create table fact_event_mention (
    event_id bigint not null,
    article_id bigint not null,
    version integer not null,
    event_no integer not null,
    statement_count integer not null,
    surface varchar not null,
    sentence_no integer,
    in_title boolean not null,
    start_char integer not null,
    end_char integer not null,
    confidence double not null,
    method varchar not null
);

comment on table fact_event_mention is
'Which articles tell of which events, each with its surest statement. Grain: one event in one '
'article.';
comment on column fact_event_mention.event_id is 'fact_event.event_id';
comment on column fact_event_mention.article_id is 'fact_article.article_id';
comment on column fact_event_mention.version is 'fact_article.version';
comment on column fact_event_mention.event_no is
'The statement shown here: fact_event_statement.event_no';
comment on column fact_event_mention.statement_count is
'How many statements of the version tell it.';
comment on column fact_event_mention.surface is 'The span as it stands.';
comment on column fact_event_mention.sentence_no is
'Its sentence: fact_sentence.sentence_no; null in the title.';
comment on column fact_event_mention.in_title is 'True where it stands in the title.';
comment on column fact_event_mention.start_char is
'Offset of its first code point, from 0, in the text, or in the title where in_title.';
comment on column fact_event_mention.end_char is
'Offset after its last code point: substring(text, start_char + 1, end_char - start_char).';
comment on column fact_event_mention.confidence is
'How sure type, day and actors are, 0 to 1, two decimal places.';
comment on column fact_event_mention.method is 'How it was found.';
