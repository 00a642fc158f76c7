-- Grain: one quotation in one version of one article.
create table fact_quote (
    article_id bigint not null,
    version integer not null,
    quote_no integer not null,
    quote_kind varchar not null,
    speaker_id bigint,
    speaker_surface varchar,
    speaker_role varchar,
    surface varchar not null,
    text varchar not null,
    verb varchar,
    sentence_no integer,
    in_title boolean not null,
    start_char integer not null,
    end_char integer not null,
    confidence double not null,
    method varchar not null
);

comment on table fact_quote is
'What articles quote: words of people and organisations, and answers in interviews. Grain: '
'one quotation in one version.';
comment on column fact_quote.article_id is 'fact_article.article_id';
comment on column fact_quote.version is 'fact_article.version';
comment on column fact_quote.quote_no is
'Its place among the quotations of the version, from 1: those of the title first.';
comment on column fact_quote.quote_kind is
'direct: in quotation marks or after a dash; indirect: retold; answer: in an interview.';
comment on column fact_quote.speaker_id is 'Who said it: dim_entity.entity_id; null if unknown.';
comment on column fact_quote.speaker_surface is
'The words that name the speaker, as they stand; null if none do.';
comment on column fact_quote.speaker_role is
'The speaker''s office as the article gives it; null if it gives none.';
comment on column fact_quote.surface is 'The span as it stands.';
comment on column fact_quote.text is
'The quoted words alone: parts are joined by a space where a narrator stands between.';
comment on column fact_quote.verb is
'The verb of saying, its dictionary form; null if there is none.';
comment on column fact_quote.sentence_no is
'The sentence that it begins in: fact_sentence.sentence_no; null in the title.';
comment on column fact_quote.in_title is 'True where it stands in the title.';
comment on column fact_quote.start_char is
'Offset of its first code point, from 0, in the text, or in the title where in_title.';
comment on column fact_quote.end_char is
'Offset after its last code point: substring(text, start_char + 1, end_char - start_char).';
comment on column fact_quote.confidence is
'How sure span and speaker are, 0 to 1, two decimal places.';
comment on column fact_quote.method is 'How it was found.';
