-- Grain: one status of files.
select
    status,
    count(*) as files
from fact_file
group by status
order by files desc, status asc
