-- Grain: one partner country in one week (its Monday) of the period.
-- Limits: countries count by name, adjective or people, not by their cities; Kazakhstan
-- itself is no partner and left out. Articles without a date have no week. The first and
-- the last week may be cut by the period. The panel is empty where no outlet has
-- articles in every week. Shares are of the articles without copies of that week.
with article_asked as (
    select
        article.*,
        dim_source.source_code as source,
        coalesce(article.story_id, article.article_id) as story,
        cast(date_trunc('week', article.published_date) as date) as week
    from articles_about($since, $until, $source, null, null, $topic) as article
    inner join dim_source on article.source_id = dim_source.source_id
    where article.published_date is not null
),

week_of_source as (
    select
        source_id,
        count(distinct week) as weeks
    from article_asked
    group by source_id
),

panel as (
    select source_id
    from week_of_source
    where weeks = (select count(distinct article_asked.week) from article_asked)
),

written_in_week as (
    select
        week,
        count(*) as articles
    from article_asked
    where duplicate_role <> 'copy'
    group by week
),

spelled as (
    select
        mention.article_id,
        mention.version,
        dim_country.country_code,
        arg_min(
            struct_pack(
                in_title := mention.in_title,
                start_char := mention.start_char,
                end_char := mention.end_char
            ),
            mention.mention_no
        ) as place
    from fact_mention as mention
    inner join dim_country on mention.entity_id = dim_country.entity_id
    where dim_country.country_code <> 'KZ'
    group by mention.article_id, mention.version, dim_country.country_code
),

naming as (
    select
        article_asked.*,
        bridge.country_code,
        bridge.weight,
        spelled.place
    from article_asked
    inner join bridge_article_country as bridge
        on
            article_asked.article_id = bridge.article_id
            and article_asked.version = bridge.version
    left join spelled
        on
            bridge.article_id = spelled.article_id
            and bridge.version = spelled.version
            and bridge.country_code = spelled.country_code
    where
        bridge.country_code <> 'KZ'
        and (
            $country is null
            or bridge.country_code in (
                select wanted.country_code from country_codes($country) as wanted
            )
        )
),

counted_by_source as (
    select
        week,
        country_code,
        source,
        count(*) as articles
    from naming
    group by week, country_code, source
),

listed_sources as (
    select
        week,
        country_code,
        string_agg(source || ' ' || articles, ', ' order by articles desc, source asc) as sources
    from counted_by_source
    group by week, country_code
),

counted as (
    select
        week,
        country_code,
        count(*) as articles,
        count(*) filter (where duplicate_role <> 'copy') as without_copies,
        count(distinct story) as stories,
        count(*) filter (
            where duplicate_role <> 'copy' and source_id in (select panel.source_id from panel)
        ) as panel_articles,
        round(sum(weight), 2) as weight,
        evidence_of_each(
            article_id,
            version,
            struct_extract(place, 'in_title'),
            struct_extract(place, 'start_char'),
            struct_extract(place, 'end_char'),
            published_date
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
        counted.stories,
        counted.panel_articles,
        round(100.0 * counted.without_copies / written_in_week.articles, 1) as share_percent,
        counted.weight,
        listed_sources.sources,
        counted.evidence
    from counted
    inner join dim_country on counted.country_code = dim_country.country_code
    left join written_in_week on counted.week = written_in_week.week
    inner join listed_sources
        on
            counted.week = listed_sources.week
            and counted.country_code = listed_sources.country_code
)

select * from described
order by week desc, without_copies desc, weight desc, country asc
