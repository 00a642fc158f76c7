-- Grain: one document named in one version of one article.
create table fact_document (
    article_id bigint not null,
    version integer not null,
    document_no integer not null,
    title varchar not null,
    action varchar not null,
    event_no integer,
    event_id bigint,
    surface varchar not null,
    sentence_no integer,
    in_title boolean not null,
    start_char integer not null,
    end_char integer not null,
    confidence double not null,
    method varchar not null
);

comment on table fact_document is
'Documents that articles name as signed or adopted. Grain: one document in one version.';
comment on column fact_document.article_id is 'fact_article.article_id';
comment on column fact_document.version is 'fact_article.version';
comment on column fact_document.document_no is
'Its place among the documents of the version, from 1: those of the title first.';
comment on column fact_document.title is 'Its title, without quotation marks.';
comment on column fact_document.action is 'What was done with it: signed, adopted and so on.';
comment on column fact_document.event_no is
'At which event, by this version: fact_event_statement.event_no; null if unknown.';
comment on column fact_document.event_id is
'The same event: fact_event.event_id; null if unknown and in versions that are not current.';
comment on column fact_document.surface is 'The span as it stands.';
comment on column fact_document.sentence_no is
'Its sentence: fact_sentence.sentence_no; null in the title.';
comment on column fact_document.in_title is 'True where it stands in the title.';
comment on column fact_document.start_char is
'Offset of its first code point, from 0, in the text, or in the title where in_title.';
comment on column fact_document.end_char is
'Offset after its last code point: substring(text, start_char + 1, end_char - start_char).';
comment on column fact_document.confidence is
'How sure title and action are, 0 to 1, two decimal places.';
comment on column fact_document.method is 'How it was found.';
