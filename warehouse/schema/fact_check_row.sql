-- Grain: one row that broke one rule in one load.
create table fact_check_row (
    load_id varchar not null,
    rule_id varchar not null,
    row_no integer not null,
    file_id bigint,
    record_no integer,
    article_id bigint,
    version integer,
    in_title boolean,
    start_char integer,
    end_char integer,
    source_id bigint,
    parser_version varchar,
    detail varchar
);

comment on table fact_check_row is
'Rows that broke a rule: of a record rule all, of a rule on a table the first thousand. '
'Grain: one row, one rule, one load.';
comment on column fact_check_row.load_id is 'dim_load.load_id';
comment on column fact_check_row.rule_id is 'The rule: fact_check.rule_id of the load.';
comment on column fact_check_row.row_no is 'Its number among those of the rule and load, from 1.';
comment on column fact_check_row.file_id is
'The input that the row is of: fact_file.file_id; null where it is of none.';
comment on column fact_check_row.record_no is 'The record in the input; null where file_id is.';
comment on column fact_check_row.article_id is
'fact_article.article_id; null where the row is of no article, or of one that is not loaded.';
comment on column fact_check_row.version is 'The article''s version; null where article_id is.';
comment on column fact_check_row.in_title is
'Whether the characters are those of the title; null where the row has none.';
comment on column fact_check_row.start_char is
'Its first character in title or text; null where the row has none.';
comment on column fact_check_row.end_char is
'The character after its last; null where the row has none.';
comment on column fact_check_row.source_id is
'The article''s outlet: dim_source.source_id; null where article_id is.';
comment on column fact_check_row.parser_version is
'Version of the step that parsed the article (article_step); null where article_id is.';
comment on column fact_check_row.detail is
'What the rule shows of the row, as JSON; null of a record rule, whose row is the record.';
