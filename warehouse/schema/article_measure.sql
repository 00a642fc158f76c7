-- Grain: one version of one article.
create table article_measure (
    article_id bigint not null,
    version integer not null,
    is_current boolean not null,
    source_id bigint not null,
    measured_date date,
    arrived_date date not null,
    language varchar not null,
    is_copy boolean not null,
    is_undated boolean not null,
    word_count integer not null,
    mentions integer not null,
    quotes integer not null,
    amounts integer not null,
    events integer not null,
    evidence_rows integer not null,
    doubtful_rows integer not null
);

comment on table article_measure is
'What each article adds to the measures of fact_measure, as they were last made. Grain: one '
'version of one article.';
comment on column article_measure.article_id is 'fact_article.article_id';
comment on column article_measure.version is 'fact_article.version';
comment on column article_measure.is_current is 'True for the version that counts.';
comment on column article_measure.source_id is 'The outlet: dim_source.source_id.';
comment on column article_measure.measured_date is
'The day it was published on; null where the day is not known.';
comment on column article_measure.arrived_date is
'The day on which it arrived, in Kazakhstan''s time.';
comment on column article_measure.language is 'The language of the article.';
comment on column article_measure.is_copy is 'True where it is a copy of an earlier article.';
comment on column article_measure.is_undated is 'True where no date is known at all.';
comment on column article_measure.word_count is 'Words in its text.';
comment on column article_measure.mentions is 'Its rows of fact_mention that name an entity.';
comment on column article_measure.quotes is 'Its rows of fact_quote.';
comment on column article_measure.amounts is 'Its rows of fact_amount.';
comment on column article_measure.events is 'Its rows of fact_event_statement.';
comment on column article_measure.evidence_rows is
'Its rows of all tables of evidence: mentions, offices, quotations, amounts, dates, topics, '
'events, documents.';
comment on column article_measure.doubtful_rows is
'Those of them with a confidence below 0.7.';
