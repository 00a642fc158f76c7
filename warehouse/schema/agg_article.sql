-- Grain: the current version of one article.
create table agg_article (
    article_id bigint not null,
    version integer not null,
    source_id bigint not null,
    published_date date,
    published_precision varchar not null,
    story_id bigint not null,
    duplicate_role varchar not null,
    file_id bigint not null,
    mentions integer not null,
    unsure_mentions integer not null,
    quotes integer not null,
    unsure_quotes integer not null,
    amounts integer not null,
    unsure_amounts integer not null,
    date_mentions integer not null,
    unsure_date_mentions integer not null,
    topic_mentions integer not null,
    unsure_topic_mentions integer not null,
    event_statements integer not null,
    unsure_event_statements integer not null,
    documents integer not null,
    unsure_documents integer not null,
    role_mentions integer not null,
    unsure_role_mentions integer not null
);

comment on table agg_article is
'How much was read out of articles, for reports; kept by the load. Unsure rows have a '
'confidence below 0.7. Grain: the current version of one article.';
comment on column agg_article.article_id is 'fact_article.article_id';
comment on column agg_article.version is 'fact_article.version';
comment on column agg_article.source_id is 'fact_article.source_id';
comment on column agg_article.published_date is 'fact_article.published_date';
comment on column agg_article.published_precision is 'fact_article.published_precision';
comment on column agg_article.story_id is
'The story that the article belongs to, else the article''s own article_id.';
comment on column agg_article.duplicate_role is 'fact_article.duplicate_role';
comment on column agg_article.file_id is 'fact_article.file_id';
comment on column agg_article.mentions is 'Its rows of fact_mention.';
comment on column agg_article.unsure_mentions is 'Those of low confidence.';
comment on column agg_article.quotes is 'Its rows of fact_quote.';
comment on column agg_article.unsure_quotes is 'Those of low confidence.';
comment on column agg_article.amounts is 'Its rows of fact_amount.';
comment on column agg_article.unsure_amounts is 'Those of low confidence.';
comment on column agg_article.date_mentions is 'Its rows of fact_date_mention.';
comment on column agg_article.unsure_date_mentions is 'Those of low confidence.';
comment on column agg_article.topic_mentions is 'Its rows of fact_topic_mention.';
comment on column agg_article.unsure_topic_mentions is 'Those of low confidence.';
comment on column agg_article.event_statements is 'Its rows of fact_event_statement.';
comment on column agg_article.unsure_event_statements is 'Those of low confidence.';
comment on column agg_article.documents is 'Its rows of fact_document.';
comment on column agg_article.unsure_documents is 'Those of low confidence.';
comment on column agg_article.role_mentions is 'Its rows of fact_role_mention.';
comment on column agg_article.unsure_role_mentions is 'Those of low confidence.';
