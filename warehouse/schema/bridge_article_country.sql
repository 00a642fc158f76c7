-- Grain: one country in one version of one article.
create table bridge_article_country (
    article_id bigint not null,
    version integer not null,
    country_code varchar not null,
    mention_count integer not null,
    weight double not null
);

comment on table bridge_article_country is
'Countries that an article names, by name, adjective or people; not by their cities. Grain: '
'one country in one version.';
comment on column bridge_article_country.article_id is 'fact_article.article_id';
comment on column bridge_article_country.version is 'fact_article.version';
comment on column bridge_article_country.country_code is 'dim_country.country_code';
comment on column bridge_article_country.mention_count is 'How often the version names it.';
comment on column bridge_article_country.weight is
'Its share of the version''s country mentions; the shares of a version sum to 1.';
