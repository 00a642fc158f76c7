-- Grain: one judged measure of one source on one of the days asked for, with what was expected.
-- days: a list of dates; now_at: the time, UTC, that says which days are over.
-- Expected is the median of the eight weeks before the day, the day itself left out: of the
-- same weekdays for numbers (at least 5 of them), of all days for means and shares (at least
-- 14, of 5 articles or rows or more). Days inside incidents are left out, and for numbers
-- holidays, which are not judged by weekdays either; an outlet's day without articles counts
-- as none. The spread is the median absolute deviation times 1.4826, which estimates the
-- standard deviation of normal data (Rousseeuw and Croux, JASA 1993), but not less than chance
-- alone would make (Poisson's square root of a count or of a mean over its articles, the
-- binomial one of a share) nor than a tenth of the median (two hundredths of a share): a
-- deviation of zero would make every other value an alarm. High and low are beyond 3.5 spreads
-- (Iglewicz and Hoaglin, How to Detect and Handle Outliers, 1993).
-- A day on which an archive was backfilled counts as an incident of what arrived.
-- verdict: ok, high, low, no_history (too few days or articles to tell), incident, holiday, or
-- open (a number of a day that is not over, unless it is high already).
create or replace macro measures_judged(days, now_at) as table (
    with definition as (
        select * from measure_definitions()
        where is_judged
    ),

    tested_day as (
        select distinct unnest(days) as measured_date  -- noqa: RF03
    ),

    days_back as (
        select cast(unnest(range(57)) as integer) as days_before
    ),

    needed_day as (
        select distinct tested_day.measured_date - days_back.days_before as measured_date
        from tested_day
        cross join days_back
    ),

    first_day as (
        select
            source_id,
            min(measured_date) as first_date
        from fact_measure
        where measure = 'articles'
        group by source_id
    ),

    stored as (
        select
            fact_measure.measure,
            fact_measure.source_id,
            fact_measure.measured_date,
            fact_measure.value,
            fact_measure.sample_count
        from fact_measure
        semi join needed_day on fact_measure.measured_date = needed_day.measured_date
    ),

    stored_articles as (
        select * from stored
        where measure = 'articles'
    ),

    without_articles as (
        select
            'articles' as measure,
            first_day.source_id,
            needed_day.measured_date,
            0.0 as value,
            0 as sample_count
        from first_day
        inner join needed_day on first_day.first_date < needed_day.measured_date
        anti join stored_articles
            on
                first_day.source_id = stored_articles.source_id
                and needed_day.measured_date = stored_articles.measured_date
        where needed_day.measured_date < kazakhstan_day(now_at)  -- noqa: RF03
    ),

    series as (
        select * from stored
        union all by name
        select * from without_articles
    ),

    backfill_day as (
        select distinct kazakhstan_day(started_at) as measured_date
        from dim_load
        where trigger = 'backfill'
    ),

    in_incident as (
        select distinct
            series.measure,
            series.source_id,
            series.measured_date
        from series
        inner join dim_incident
            on
                series.measured_date >= dim_incident.from_date
                and series.measured_date <= dim_incident.to_date
                and series.measure = coalesce(dim_incident.measure, series.measure)
                and series.source_id = coalesce(dim_incident.source_id, series.source_id)
        union
        select
            series.measure,
            series.source_id,
            series.measured_date
        from series
        inner join definition on series.measure = definition.measure
        semi join backfill_day on series.measured_date = backfill_day.measured_date
        where definition.family = 'arrived'
    ),

    described as (
        select
            series.*,
            definition.family,
            definition.kind,
            definition.is_by_weekday,
            in_incident.measure is not null as is_incident,
            definition.is_by_weekday and coalesce(dim_date.is_holiday, false) as is_holiday,
            case
                when definition.is_by_weekday then isodow(series.measured_date) else 0
            end as weekday,
            definition.kind = 'count' or series.sample_count >= 5 as is_enough
        from series
        inner join definition on series.measure = definition.measure
        left join dim_date on series.measured_date = dim_date.full_date
        left join in_incident
            on
                series.measure = in_incident.measure
                and series.source_id = in_incident.source_id
                and series.measured_date = in_incident.measured_date
    ),

    comparable as (
        select
            *,
            case when is_enough and not is_incident and not is_holiday then value end
                as usable_value
        from described
    ),

    compared as (
        select
            *,
            count(usable_value) over before_it as history,
            median(usable_value) over before_it as usual,
            mad(usable_value) over before_it as absolute_deviation
        from comparable
        window
            before_it as (
                partition by measure, source_id, weekday
                order by measured_date asc
                range between interval 56 days preceding and interval 1 day preceding
            )
    ),

    spread as (
        select
            *,
            (usual * sample_count + 1) / (sample_count + 2) as smoothed_share,
            greatest(
                1.4826 * absolute_deviation,
                case kind
                    when 'count' then greatest(sqrt(usual), 1, 0.1 * usual)
                    when 'mean' then greatest(sqrt(greatest(usual, 1) / sample_count), 0.1 * usual)
                    else
                        greatest(
                            sqrt(smoothed_share * (1 - smoothed_share) / sample_count), 0.02
                        )
                end
            ) as usual_spread
        from compared
        semi join tested_day on compared.measured_date = tested_day.measured_date
        where
            is_enough
            and history >= case when is_by_weekday then 5 else 14 end
    ),

    judged as (
        select
            described.measure,
            described.family,
            described.source_id,
            described.measured_date,
            described.value,
            described.sample_count,
            spread.usual,
            -- greatest and least pass over nulls.
            case
                when spread.usual is not null
                    then greatest(spread.usual - 3.5 * spread.usual_spread, 0)
            end as expected_low,
            case
                when described.kind <> 'share' or spread.usual is null
                    then spread.usual + 3.5 * spread.usual_spread
                else least(spread.usual + 3.5 * spread.usual_spread, 1)
            end as expected_high,
            (described.value - spread.usual) / nullif(spread.usual_spread, 0) as deviation,
            described.is_incident,
            described.is_holiday,
            described.is_by_weekday
            and described.measured_date >= kazakhstan_day(now_at) as is_open  -- noqa: RF03
        from described
        semi join tested_day on described.measured_date = tested_day.measured_date
        left join spread
            on
                described.measure = spread.measure
                and described.source_id = spread.source_id
                and described.measured_date = spread.measured_date
    )

    select
        * exclude (is_incident, is_holiday, is_open),
        case
            when is_incident then 'incident'
            when is_holiday then 'holiday'
            when usual is null then 'no_history'
            when value > expected_high then 'high'
            when is_open then 'open'
            when value < expected_low then 'low'
            else 'ok'
        end as verdict
    from judged
);
