-- Grain: one step on one version of one article.
create table article_step (
    article_id bigint not null,
    version integer not null,
    step varchar not null,
    step_version varchar not null
);

comment on table article_step is
'Which version of each step made an article''s rows; reprocessing compares it. Grain: one '
'step on one version of one article.';
comment on column article_step.article_id is 'fact_article.article_id';
comment on column article_step.version is 'fact_article.version';
comment on column article_step.step is 'The step: parse, language, sentences.';
comment on column article_step.step_version is 'The step''s own version.';
