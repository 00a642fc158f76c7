-- Grain: one cause in the newest load: a rule, an outlet, a format, a version of the parser.
with newest as (
    select max_by(load_id, (started_at, load_id)) as load_id from dim_load
),

broken as (
    select failed_rows.* from failed_rows
    inner join newest on failed_rows.load_id = newest.load_id
),

cause as (
    select
        rule_id,
        table_name,
        severity,
        source_id,
        format,
        parser_version,
        cast(sum(row_count) as bigint) as row_count,
        max(error) as error
    from broken
    group by all
),

placed as (
    select
        rule_id,
        source_id,
        format,
        parser_version,
        evidence_list(
            article_id, current_version, in_title, start_char, end_char, published_date
        ) as evidence
    from broken
    where current_version is not null
    group by all
)

select
    cause.severity,
    cause.rule_id,
    cause.table_name,
    dim_source.source_code as source,
    cause.format,
    cause.parser_version,
    cause.row_count,
    cause.error,
    coalesce(placed.evidence, []) as evidence
from cause
left join placed
    on
        cause.rule_id = placed.rule_id
        and cause.source_id = placed.source_id
        and cause.format is not distinct from placed.format
        and cause.parser_version is not distinct from placed.parser_version
left join dim_source on cause.source_id = dim_source.source_id
order by
    list_position(['critical', 'warning', 'info'], cause.severity) asc,
    cause.row_count desc,
    cause.rule_id asc,
    source asc,
    cause.format asc,
    cause.parser_version asc
