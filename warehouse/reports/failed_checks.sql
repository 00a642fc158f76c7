-- Grain: one cause in the loads of the period: a rule, an outlet, a format of input and a
-- version of the parser; the latest first.
-- Limits: the period is that of the loads' start (UTC), not of the articles' dates. Of a rule on
-- a table the first thousand rows of a load are kept, of a rule on records ten thousand; rules on a
-- batch and those that could not run keep none, and have neither outlet nor format. A row
-- that broke a rule in several loads counts in each. The places behind a row are those in
-- articles' current versions; records that were refused have none.
with broken as (
    select * from failed_rows
    where
        cast(started_at as date) >= coalesce(cast($since as date), cast(started_at as date))
        and cast(started_at as date) <= coalesce(
            cast($until as date), cast(started_at as date)
        )
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
        count(distinct load_id) as loads,
        max(started_at) as last_failed_at,
        max(error) as error
    from broken
    group by all
),

placed as (
    select
        rule_id,
        table_name,
        severity,
        source_id,
        format,
        parser_version,
        evidence_list(
            article_id, current_version, in_title, start_char, end_char, published_date
        ) as evidence
    from broken
    where current_version is not null
    group by all
),

told as (
    select
        cause.severity,
        cause.rule_id,
        cause.table_name,
        dim_source.source_code as source,
        dim_source.name,
        cause.format,
        cause.parser_version,
        cause.row_count,
        cause.loads,
        cause.last_failed_at,
        cause.error,
        coalesce(placed.evidence, []) as evidence
    from cause
    left join placed
        on
            cause.rule_id = placed.rule_id
            and cause.table_name = placed.table_name
            and cause.severity = placed.severity
            and cause.source_id = placed.source_id
            and cause.format is not distinct from placed.format
            and cause.parser_version is not distinct from placed.parser_version
    left join dim_source on cause.source_id = dim_source.source_id
    where $source is null or dim_source.source_code = $source
)

select * from told
order by
    last_failed_at desc,
    list_position(['critical', 'warning', 'info'], severity) asc,
    row_count desc,
    rule_id asc,
    table_name asc,
    source asc,
    format asc,
    parser_version asc
