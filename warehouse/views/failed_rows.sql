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
