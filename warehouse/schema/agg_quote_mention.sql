-- Grain: one mention in one quotation, or in the sentence that it begins in, of the current
-- version of one article.
create table agg_quote_mention (
    article_id bigint not null,
    version integer not null,
    quote_no integer not null,
    mention_no integer not null,
    entity_id bigint not null,
    is_in_quote boolean not null,
    surface varchar not null,
    source_id bigint not null,
    published_date date,
    speaker_id bigint,
    speaker_surface varchar,
    has_office boolean not null,
    text_key bigint not null
);

comment on table agg_quote_mention is
'Who and what quotations name; kept by the load. In the sentence only what is neither part '
'of an office nor of how the article calls the speaker. Grain: one mention in one quotation, '
'or in the sentence that it begins in, of the current version of one article.';
comment on column agg_quote_mention.article_id is 'fact_article.article_id';
comment on column agg_quote_mention.version is 'fact_article.version';
comment on column agg_quote_mention.quote_no is 'fact_quote.quote_no';
comment on column agg_quote_mention.mention_no is 'fact_mention.mention_no';
comment on column agg_quote_mention.entity_id is 'fact_mention.entity_id';
comment on column agg_quote_mention.is_in_quote is
'True in the quoted words, false elsewhere in the sentence.';
comment on column agg_quote_mention.surface is 'fact_mention.surface in small letters.';
comment on column agg_quote_mention.source_id is 'fact_article.source_id';
comment on column agg_quote_mention.published_date is 'fact_article.published_date';
comment on column agg_quote_mention.speaker_id is 'fact_quote.speaker_id';
comment on column agg_quote_mention.speaker_surface is 'fact_quote.speaker_surface';
comment on column agg_quote_mention.has_office is
'True where the article gives the speaker an office: agg_quote.office is known.';
comment on column agg_quote_mention.text_key is 'agg_quote.text_key';
