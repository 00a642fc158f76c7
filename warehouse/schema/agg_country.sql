-- Grain: one country in the current version of one article.
create table agg_country (
    article_id bigint not null,
    version integer not null,
    country_code varchar not null,
    weight double not null,
    source_id bigint not null,
    published_date date,
    story_id bigint not null,
    duplicate_role varchar not null,
    in_title boolean,
    start_char integer,
    end_char integer
);

comment on table agg_country is
'Countries that articles name, with what reports count by; kept by the load. Grain: one '
'country in the current version of one article.';
comment on column agg_country.article_id is 'fact_article.article_id';
comment on column agg_country.version is 'fact_article.version';
comment on column agg_country.country_code is 'dim_country.country_code';
comment on column agg_country.weight is 'bridge_article_country.weight';
comment on column agg_country.source_id is 'fact_article.source_id';
comment on column agg_country.published_date is 'fact_article.published_date';
comment on column agg_country.story_id is
'The story that the article belongs to, else the article''s own article_id.';
comment on column agg_country.duplicate_role is 'fact_article.duplicate_role';
comment on column agg_country.in_title is
'True where it is first named in the title; null, as the offsets, where no mention is it.';
comment on column agg_country.start_char is 'fact_mention.start_char of its first mention.';
comment on column agg_country.end_char is 'fact_mention.end_char of its first mention.';
