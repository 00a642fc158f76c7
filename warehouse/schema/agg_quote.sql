-- Grain: one quotation in the current version of one article.
create table agg_quote (
    article_id bigint not null,
    version integer not null,
    quote_no integer not null,
    source_id bigint not null,
    published_date date,
    story_id bigint not null,
    duplicate_role varchar not null,
    quote_kind varchar not null,
    speaker_id bigint,
    speaker_surface varchar,
    office varchar,
    text_key bigint not null,
    sentence_no integer,
    in_title boolean not null,
    start_char integer not null,
    end_char integer not null,
    confidence double not null
);

comment on table agg_quote is
'Quotations without their words, with what reports count by; kept by the load. Grain: one '
'quotation in the current version of one article.';
comment on column agg_quote.article_id is 'fact_article.article_id';
comment on column agg_quote.version is 'fact_article.version';
comment on column agg_quote.quote_no is 'fact_quote.quote_no';
comment on column agg_quote.source_id is 'fact_article.source_id';
comment on column agg_quote.published_date is 'fact_article.published_date';
comment on column agg_quote.story_id is
'The story that the article belongs to, else the article''s own article_id.';
comment on column agg_quote.duplicate_role is 'fact_article.duplicate_role';
comment on column agg_quote.quote_kind is 'fact_quote.quote_kind';
comment on column agg_quote.speaker_id is 'fact_quote.speaker_id';
comment on column agg_quote.speaker_surface is 'fact_quote.speaker_surface';
comment on column agg_quote.office is
'The office beside the quotation, or beside another one of the speaker''s in the article, '
'else the first that the article gives the speaker; null where it gives none.';
comment on column agg_quote.text_key is
'The same for quotations of the same words: half of the MD5 of fact_quote.text.';
comment on column agg_quote.sentence_no is 'fact_quote.sentence_no';
comment on column agg_quote.in_title is 'fact_quote.in_title';
comment on column agg_quote.start_char is 'fact_quote.start_char';
comment on column agg_quote.end_char is 'fact_quote.end_char';
comment on column agg_quote.confidence is 'fact_quote.confidence';
