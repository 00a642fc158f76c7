-- Grain: one rule that the newest load broke: what it protects, who acts, and how.
with newest as (
    select max_by(load_id, (started_at, load_id)) as load_id from dim_load
)

select
    fact_check.rule_id,
    dim_rule.owner,
    dim_rule.protects,
    dim_rule.remedy
from fact_check
inner join newest on fact_check.load_id = newest.load_id
inner join dim_rule on fact_check.rule_id = dim_rule.rule_id
where not fact_check.is_passed
order by
    list_position(['critical', 'warning', 'info'], fact_check.severity) asc,
    fact_check.rule_id asc
