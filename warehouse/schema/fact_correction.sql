-- Grain: one correction of one version of one article.
create table fact_correction (
    article_id bigint not null,
    version integer not null,
    field varchar not null,
    wrong varchar,
    found_value varchar,
    corrected_value varchar,
    reason varchar not null,
    state varchar not null,
    load_id varchar not null
);

comment on table fact_correction is
'What seeds/corrections.csv says of articles, and what became of it; a value as it was found '
'comes back when its row is taken away. Grain: one correction of one version.';
comment on column fact_correction.article_id is 'fact_article.article_id';
comment on column fact_correction.version is 'fact_article.version';
comment on column fact_correction.field is
'The column of fact_article that is corrected; source is the outlet''s code, text a passage.';
comment on column fact_correction.wrong is
'The value, or the passage, that is wrong; null where it is that there is none.';
comment on column fact_correction.found_value is
'The whole value as the source has it; of a date its time (UTC), day, precision and basis.';
comment on column fact_correction.corrected_value is
'What is right instead: the value, or the passage; null for none.';
comment on column fact_correction.reason is 'Why, in the words of who corrected it.';
comment on column fact_correction.state is
'applied; outdated: the source has another value now; mended: so it was expected.';
comment on column fact_correction.load_id is 'The load or reprocess that applied it.';
