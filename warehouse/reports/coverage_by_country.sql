-- Grain: one partner country in one week (its Monday) of the period.
-- Limits: countries count by name, adjective or people, not by their cities; Kazakhstan
-- itself is no partner and left out. Articles without a date have no week. The first and
-- the last week may be cut by the period. The panel is empty where no outlet has
-- articles in every week. Shares are of the articles without copies of that week.
with article_asked as (
    select
        article_id,
        source_id,
        duplicate_role = 'copy' as is_copy,
        date_trunc('week', published_date)::date as week
    from articles_about($since, $until, $source, null, null, $topic)
    where published_date is not null
),

written_by_source as (
    select
        week,
        source_id,
        count(*) filter (where not is_copy) as articles
    from article_asked
    group by week, source_id
),

panel as (
    select source_id
    from written_by_source
    group by source_id
    having count(*) = (select count(distinct one.week) from written_by_source as one)
),

written_in_week as (
    select
        week,
        sum(articles)::bigint as articles
    from written_by_source
    group by week
),

naming as (
    select
        *,
        duplicate_role = 'copy' as is_copy,
        date_trunc('week', published_date)::date as week
    from agg_country
    where
        published_date is not null
        and is_between(published_date, $since, $until)
        and country_code <> 'KZ'
        and (
            $country is null
            or country_code in (
                select wanted.country_code from country_codes($country) as wanted
            )
        )
        and (
            ($source is null and $topic is null)
            or article_id in (select article_asked.article_id from article_asked)
        )
),

counted_by_source as (
    select
        naming.week,
        naming.country_code,
        naming.source_id,
        count(*) as articles,
        count(*) filter (where not naming.is_copy) as without_copies,
        sum(naming.weight) as weight
    from naming
    group by naming.week, naming.country_code, naming.source_id
),

counted as (
    select
        counted_by_source.week,
        counted_by_source.country_code,
        sum(counted_by_source.articles)::bigint as articles,
        sum(counted_by_source.without_copies)::bigint as without_copies,
        coalesce(
            sum(counted_by_source.without_copies) filter (where panel.source_id is not null), 0
        )::bigint as panel_articles,
        round(sum(counted_by_source.weight), 2) as weight,
        array_to_string(
            list_transform(
                list_sort(
                    list(
                        struct_pack(
                            fewer := -counted_by_source.articles,
                            source := dim_source.source_code
                        )
                    )
                ),
                lambda told:
                struct_extract(told, 'source') || ' ' || -struct_extract(told, 'fewer')
            ),
            ', '
        ) as sources
    from counted_by_source
    inner join dim_source on counted_by_source.source_id = dim_source.source_id
    left join panel on counted_by_source.source_id = panel.source_id
    group by counted_by_source.week, counted_by_source.country_code
),

counted_stories as (
    select
        week,
        country_code,
        count(*) as stories
    from (
        select distinct
            naming.week,
            naming.country_code,
            naming.story_id
        from naming
    ) as told
    group by week, country_code
),

listed as (
    select
        week,
        country_code,
        evidence_of_each(
            article_id, version, in_title, start_char, end_char, published_date
        ) as evidence
    from naming
    group by week, country_code
),

described as (
    select
        counted.week,
        counted.country_code as country,
        dim_country.name_kk as name,
        counted.articles,
        counted.without_copies,
        counted_stories.stories,
        counted.panel_articles,
        round(100.0 * counted.without_copies / written_in_week.articles, 1) as share_percent,
        counted.weight,
        counted.sources,
        listed.evidence
    from counted
    inner join dim_country on counted.country_code = dim_country.country_code
    left join written_in_week on counted.week = written_in_week.week
    inner join counted_stories
        on
            counted.week = counted_stories.week
            and counted.country_code = counted_stories.country_code
    inner join listed
        on
            counted.week = listed.week
            and counted.country_code = listed.country_code
)

select * from described
order by week desc, without_copies desc, weight desc, country asc
