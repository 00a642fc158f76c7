-- Grain: one reason at one stage.
-- Limits: the period is that of the rejection (UTC); a file refused again counts once.
with rejection_in_period as (
    select * from fact_rejection
    where
        rejected_at >= coalesce(cast($since as date), rejected_at)
        and cast(rejected_at as date) <= coalesce(cast($until as date), cast(rejected_at as date))
),

counted as (
    select
        rejection_in_period.stage,
        rejection_in_period.reason_code as reason,
        count(*) filter (where rejection_in_period.status = 'open') as open,
        count(*) filter (where rejection_in_period.status = 'replayed') as replayed,
        count(*) filter (where rejection_in_period.status = 'dismissed') as dismissed,
        count(distinct rejection_in_period.file_id) as files,
        min(rejection_in_period.rejected_at) as first_seen_at,
        max(rejection_in_period.last_seen_at) as last_seen_at,
        min(fact_file.path) as example_path
    from rejection_in_period
    left join fact_file on rejection_in_period.file_id = fact_file.file_id
    group by rejection_in_period.stage, rejection_in_period.reason_code
)

select * from counted
order by open desc, stage asc, reason asc
