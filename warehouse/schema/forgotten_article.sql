-- Grain: one article that was removed for good.
create table forgotten_article (
    article_id bigint not null,
    forgotten_at timestamp not null,
    reason varchar not null,
    versions_removed integer not null,
    files_redacted integer not null
);

comment on table forgotten_article is
'Articles that were removed on request and are kept out: the audit of forgetting. '
'Grain: one article.';
comment on column forgotten_article.article_id is 'The key that its records had and would have.';
comment on column forgotten_article.forgotten_at is 'When it was last removed, UTC.';
comment on column forgotten_article.reason is 'Why, in the words of who asked.';
comment on column forgotten_article.versions_removed is 'Versions removed from the warehouse.';
comment on column forgotten_article.files_redacted is 'Inputs whose raw bytes were cut.';
