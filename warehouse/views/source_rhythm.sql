-- Grain: one outlet with articles whose day is known: when it wrote last, and how it usually does.
-- now_at: the time, UTC. A gap is the number of days from a day with articles to the next one,
-- in the half year before its last; usual_days is their median, long_days their nine-tenths
-- quantile. silent_days are whole days without an article, today not counted. state: fresh;
-- late, past a long gap; silent, past twice a long gap and three days (as in the report
-- silence); no_rhythm with fewer than five gaps.
create or replace macro source_rhythm(now_at) as table (
    with day_with_articles as (
        select
            source_id,
            measured_date,
            value,
            max(measured_date) over (partition by source_id) as last_date
        from fact_measure
        where measure = 'articles' and source_id <> 0
    ),

    gap as (
        select
            *,
            date_diff(
                'day',
                measured_date,
                lead(measured_date) over (partition by source_id order by measured_date asc)
            ) as days
        from day_with_articles
        where measured_date >= last_date - 182
    ),

    rhythm as (
        select
            source_id,
            any_value(last_date) as last_date,
            count(days) as gaps,
            median(days) as usual_days,
            quantile_cont(days, 0.9) as long_days,
            greatest(kazakhstan_day(now_at) - any_value(last_date) - 1, 0)  -- noqa: RF03
                as silent_days
        from gap
        group by source_id
    )

    select
        source_id,
        last_date,
        case when gaps >= 5 then usual_days end as usual_days,
        case when gaps >= 5 then long_days end as long_days,
        silent_days,
        case
            when gaps < 5 then 'no_rhythm'
            when silent_days + 1 > greatest(2 * long_days, 3) then 'silent'
            when silent_days >= greatest(long_days, 1) then 'late'
            else 'fresh'
        end as state
    from rhythm
);
