-- Grain: one row that broke one rule in one load, or one broken rule without rows.
-- row_count is 1 of a row; of a rule on a whole batch, or one that could not run, how many
-- rows the rule counted. current_version is null where the row is of no article, or of
-- a version that is no longer current.
create or replace view failed_rows as
select
    failed.load_id,
    dim_load.started_at,
    failed.rule_id,
    failed.table_name,
    failed.severity,
    failed.error,
    broken_row.file_id,
    broken_row.record_no,
    broken_row.article_id,
    broken_row.version,
    broken_row.in_title,
    broken_row.start_char,
    broken_row.end_char,
    broken_row.source_id,
    coalesce(named_file.format, article_file.format) as format,
    broken_row.parser_version,
    broken_row.detail,
    article.version as current_version,
    article.published_date,
    case when broken_row.load_id is null then failed.failed_count else 1 end as row_count
from fact_check as failed
inner join dim_load on failed.load_id = dim_load.load_id
left join fact_check_row as broken_row
    on
        failed.load_id = broken_row.load_id
        and failed.rule_id = broken_row.rule_id
left join fact_article as article
    on
        broken_row.article_id = article.article_id
        and broken_row.version = article.version
        and article.is_current
left join fact_file as named_file on broken_row.file_id = named_file.file_id
left join fact_file as article_file on article.file_id = article_file.file_id
where not failed.is_passed;

comment on view failed_rows is
'Rows that broke a rule, with their load, article and input. Grain: one row that broke one rule '
'in one load, or one broken rule without rows.';
comment on column failed_rows.load_id is 'dim_load.load_id';
comment on column failed_rows.started_at is 'When the load began, UTC.';
comment on column failed_rows.rule_id is 'The rule: dim_rule.rule_id';
comment on column failed_rows.table_name is 'The table that the rule protects.';
comment on column failed_rows.severity is 'critical, warning or info.';
comment on column failed_rows.error is 'Why the rule could not run; null where it ran.';
comment on column failed_rows.file_id is
'The input that the row is of: fact_file.file_id; null where it is of none.';
comment on column failed_rows.record_no is 'The record in the input.';
comment on column failed_rows.article_id is
'The article: fact_article.article_id; null where the row is of none.';
comment on column failed_rows.version is 'The article''s version; null where it is not loaded.';
comment on column failed_rows.in_title is
'Whether the characters are those of the title; null where the row has none.';
comment on column failed_rows.start_char is
'Offset of its first code point, from 0; null where the row has none.';
comment on column failed_rows.end_char is
'Offset after its last code point; null where the row has none.';
comment on column failed_rows.source_id is 'The article''s outlet: dim_source.source_id';
comment on column failed_rows.format is 'Format of the input, as its reader names it.';
comment on column failed_rows.parser_version is 'Version of the step that parsed the article.';
comment on column failed_rows.detail is
'What the rule shows of the row, as JSON; null of a record.';
comment on column failed_rows.current_version is 'The version where it is current; null elsewhere.';
comment on column failed_rows.published_date is
'The article''s publication day, where the version is current.';
comment on column failed_rows.row_count is
'1 of a row; of a rule without rows, how many it counted.';
