-- Grain: one rule that may fail until a day, the first to run out first.
select
    rule_id,
    table_name,
    severity,
    owner,
    waived_until,
    waiver_reason
from dim_rule
where waived_until is not null
order by waived_until asc, rule_id asc
