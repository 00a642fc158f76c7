-- Grain: one load, the newest first.
-- Limits: the period is that of the loads' start (UTC), not of the articles' dates. A rule that
-- could not run is counted in not_run alone: nobody knows what it would have found.
with load_in_period as (
    select * from dim_load
    where
        started_at >= coalesce(cast($since as date), started_at)
        and cast(started_at as date) <= coalesce(cast($until as date), cast(started_at as date))
),

check_by_load as (
    select
        load_id,
        count(*) as rules,
        count(*) filter (where is_broken and severity = 'critical') as failed_critical,
        count(*) filter (where is_broken and severity <> 'critical') as failed_other,
        count(*) filter (where error is not null) as not_run,
        string_agg(
            case when error is null then rule_id else rule_id || ' (not run)' end,
            ', ' order by rule_id
        ) filter (where not is_passed) as failed_rules
    from (
        select
            *,
            not is_passed and error is null as is_broken
        from fact_check
    ) as result
    group by load_id
),

described as (
    select
        load_in_period.load_id,
        load_in_period.status,
        load_in_period.trigger,
        load_in_period.started_at,
        round(
            epoch(load_in_period.finished_at - load_in_period.started_at), 1
        ) as seconds,
        load_in_period.files_loaded,
        load_in_period.files_duplicate,
        load_in_period.files_quarantined,
        load_in_period.files_held,
        load_in_period.articles_loaded,
        load_in_period.articles_unchanged,
        load_in_period.articles_rejected,
        coalesce(check_by_load.rules, 0) as rules,
        coalesce(check_by_load.failed_critical, 0) as failed_critical,
        coalesce(check_by_load.failed_other, 0) as failed_other,
        coalesce(check_by_load.not_run, 0) as not_run,
        coalesce(load_in_period.status_reason, check_by_load.failed_rules) as reason
    from load_in_period
    left join check_by_load on load_in_period.load_id = check_by_load.load_id
)

select * from described
order by started_at desc, load_id desc
