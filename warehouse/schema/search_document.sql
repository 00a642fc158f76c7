-- Grain: the current version of one article, as search knows it.
create table search_document (
    document_no integer not null,
    article_id bigint not null,
    version integer not null,
    source_id bigint not null,
    published_date date
);

comment on table search_document is
'Articles that search looks through, under short numbers. Grain: the current version of one '
'article.';
comment on column search_document.document_no is
'A number of this warehouse: another one, loaded in another order, numbers them otherwise.';
comment on column search_document.article_id is 'fact_article.article_id';
comment on column search_document.version is 'fact_article.version';
comment on column search_document.source_id is 'fact_article.source_id';
comment on column search_document.published_date is 'fact_article.published_date';
