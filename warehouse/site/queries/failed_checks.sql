-- Grain: one rule that the newest load broke.
with newest as (
    select max_by(load_id, (started_at, load_id)) as load_id from dim_load
)

select
    fact_check.rule_id,
    fact_check.table_name,
    fact_check.severity,
    fact_check.failed_count,
    fact_check.checked_count
from fact_check
inner join newest on fact_check.load_id = newest.load_id
where not fact_check.is_passed
order by fact_check.severity asc, fact_check.failed_count desc, fact_check.rule_id asc
