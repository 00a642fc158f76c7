-- Grain: one analyst's fix in one version of one article.
create table fact_fix (
    article_id bigint not null,
    version integer not null,
    kind varchar not null,
    in_title boolean not null,
    start_char integer not null,
    end_char integer not null,
    surface varchar not null,
    corrected_value varchar,
    scope varchar not null,
    reason varchar not null,
    state varchar not null,
    load_id varchar not null
);

comment on table fact_fix is
'What seeds/fixes.csv says of extracted rows, and what became of it. Grain: one fix in one '
'version.';
comment on column fact_fix.article_id is 'fact_article.article_id';
comment on column fact_fix.version is 'fact_article.version';
comment on column fact_fix.kind is
'speaker, entity, country, not_a_quote or not_a_mention.';
comment on column fact_fix.in_title is 'True where its place is in the title.';
comment on column fact_fix.start_char is
'Offset of its first code point in this version, from 0; that of the table where it has no '
'place here.';
comment on column fact_fix.end_char is 'Offset after its last code point.';
comment on column fact_fix.surface is 'The words that must stand there, or the first of them.';
comment on column fact_fix.corrected_value is
'What it is: a name, or a country''s code; null for nobody and none.';
comment on column fact_fix.scope is
'span: this place alone; article: all mentions in the article that named the same.';
comment on column fact_fix.reason is 'Why, in the words of who fixed it.';
comment on column fact_fix.state is
'applied; no_place: the words, or the row, are not in this version.';
comment on column fact_fix.load_id is 'The load or reprocess that applied it.';
