-- Grain: one rule that one of the newest thirty loads broke, by its share in each of them.
with newest as (
    select
        load_id,
        row_number() over (order by started_at desc, load_id desc) as age
    from dim_load
    where load_id in (select fact_check.load_id from fact_check)
    qualify age <= 30
),

result as (
    select
        fact_check.rule_id,
        fact_check.table_name,
        fact_check.severity,
        fact_check.is_passed,
        newest.age,
        100.0 * fact_check.failed_count / nullif(fact_check.checked_count, 0) as percent
    from fact_check
    inner join newest on fact_check.load_id = newest.load_id
)

select
    severity,
    rule_id,
    table_name,
    list(coalesce(percent, 0) order by age desc) as trend,
    round(arg_min(percent, age), 1) as newest_percent,
    round(max(percent), 1) as most_percent,
    count(*) filter (where not is_passed) as failed_loads,
    count(*) as loads
from result
group by severity, rule_id, table_name
having bool_or(not is_passed)
order by
    list_position(['critical', 'warning', 'info'], severity) asc,
    newest_percent desc nulls last,
    rule_id asc
