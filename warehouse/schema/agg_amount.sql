-- Grain: one amount in the current version of one article.
create table agg_amount (
    article_id bigint not null,
    version integer not null,
    amount_no integer not null,
    value double not null,
    value_max double,
    kind varchar not null,
    approximation varchar not null,
    partners varchar[] not null,
    measure_key bigint not null,
    is_disputed boolean not null,
    source_id bigint not null,
    published_date date,
    story_id bigint not null,
    duplicate_role varchar not null,
    duplicate_of bigint
);

comment on table agg_amount is
'Money, percentages and numbers of counted things, with what reports compare by; kept by the '
'load. Grain: one amount in the current version of one article.';
comment on column agg_amount.article_id is 'fact_article.article_id';
comment on column agg_amount.version is 'fact_article.version';
comment on column agg_amount.amount_no is 'fact_amount.amount_no';
comment on column agg_amount.value is 'fact_amount.value';
comment on column agg_amount.value_max is 'fact_amount.value_max';
comment on column agg_amount.kind is 'fact_amount.kind';
comment on column agg_amount.approximation is 'fact_amount.approximation';
comment on column agg_amount.partners is
'Countries other than Kazakhstan that the sentence names, by themselves or by places in them; '
'else the one that has at least half of the article''s country mentions: '
'dim_country.country_code.';
comment on column agg_amount.measure_key is
'The same for amounts of the same kind, unit, counted noun, direction and partners: half of '
'an MD5.';
comment on column agg_amount.is_disputed is
'True where articles of the story do not all give this measure alike.';
comment on column agg_amount.source_id is 'fact_article.source_id';
comment on column agg_amount.published_date is 'fact_article.published_date';
comment on column agg_amount.story_id is
'The story that the article belongs to, else the article''s own article_id.';
comment on column agg_amount.duplicate_role is 'fact_article.duplicate_role';
comment on column agg_amount.duplicate_of is 'fact_article.duplicate_of';
