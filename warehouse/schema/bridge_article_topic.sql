-- Grain: one topic in one version of one article.
create table bridge_article_topic (
    article_id bigint not null,
    version integer not null,
    topic_id bigint not null,
    mention_count integer not null,
    weight double not null
);

comment on table bridge_article_topic is
'What articles are about. An article without evidence of any topic has no row. Grain: one '
'topic in one version.';
comment on column bridge_article_topic.article_id is 'fact_article.article_id';
comment on column bridge_article_topic.version is 'fact_article.version';
comment on column bridge_article_topic.topic_id is 'dim_topic.topic_id';
comment on column bridge_article_topic.mention_count is
'How often words of the topic stand in the version.';
comment on column bridge_article_topic.weight is
'Its share of the version; the shares of a version sum to 1.';
