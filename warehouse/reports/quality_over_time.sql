-- Grain: one rule in one load, of the rules that any load of the period broke; newest first.
-- Limits: the period is that of the loads' start (UTC), not of the articles' dates. previous
-- is the same rule in the load before it that ran it, also before the period; a rule looks at
-- what its load touched, so shares of loads of different size differ by chance.
with result as (
    select
        dim_load.load_id,
        dim_load.started_at,
        dim_load.status,
        fact_check.rule_id,
        fact_check.table_name,
        fact_check.severity,
        fact_check.checked_count,
        fact_check.failed_count,
        fact_check.is_passed,
        fact_check.is_accepted,
        fact_check.error,
        round(
            100.0 * fact_check.failed_count / nullif(fact_check.checked_count, 0), 1
        ) as failed_percent
    from fact_check
    inner join dim_load on fact_check.load_id = dim_load.load_id
    where cast(dim_load.started_at as date) <= coalesce(
        cast($until as date), cast(dim_load.started_at as date)
    )
),

compared as (
    select
        *,
        lag(failed_percent) over (
            partition by rule_id, table_name
            order by started_at asc, load_id asc
        ) as previous_percent
    from result
),

in_period as (
    select
        *,
        bool_or(not is_passed) over (partition by rule_id, table_name) as was_broken
    from compared
    where started_at >= coalesce(cast($since as date), started_at)
),

described as (
    select
        started_at,
        load_id,
        status,
        rule_id,
        table_name,
        severity,
        checked_count,
        failed_count,
        failed_percent,
        previous_percent,
        round(failed_percent - previous_percent, 1) as change,
        is_passed,
        is_accepted,
        error
    from in_period
    where was_broken
)

select * from described
order by
    started_at desc,
    load_id desc,
    is_passed asc,
    severity = 'critical' desc,
    failed_count desc,
    rule_id asc,
    table_name asc
