-- Grain: the newest load, one row.
with newest as (
    select max_by(load_id, (started_at, load_id)) as load_id from dim_load
)

select
    count(*) as rules,
    count(*) filter (where not fact_check.is_passed) as failed
from fact_check
inner join newest on fact_check.load_id = newest.load_id
