-- Grain: one load, the newest.
select
    load_id,
    status,
    trigger,
    started_at,
    round(epoch(finished_at - started_at), 1) as seconds,
    files_loaded,
    files_quarantined,
    files_held,
    articles_loaded,
    articles_rejected,
    status_reason as reason
from dim_load
order by started_at desc, load_id desc
limit 1
