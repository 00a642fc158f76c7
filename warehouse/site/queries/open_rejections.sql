-- Grain: one reason for which inputs wait in the quarantine.
select
    stage,
    reason_code as reason,
    count(*) as open
from fact_rejection
where status = 'open'
group by all
order by open desc, stage asc, reason asc
