-- Grain: one bucket of the current version of one article.
create table article_bucket (
    article_id bigint not null,
    version integer not null,
    bucket_key bigint not null
);

comment on table article_bucket is
'Buckets of articles that may be copies or of one story: only articles that share one are '
'compared. Grain: one bucket of the current version of one article.';
comment on column article_bucket.article_id is 'fact_article.article_id';
comment on column article_bucket.version is 'fact_article.version';
comment on column article_bucket.bucket_key is
'Hash of a band of the signature, or of a word of the title and a span of days.';
