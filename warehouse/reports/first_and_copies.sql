-- Grain: one outlet that publishes first and one that repeats it in the period.
-- Limits: copies and rewrites as duplicate_role tells them, paired with the article that
-- they go back to, be it before the period. Outlets that repeat themselves, and articles
-- of unknown outlets, are left out. The lag is in hours over the timed pairs, in which the
-- time of day is known of both articles, and in days over the day pairs, the others whose
-- days are known. Only in ordered pairs is it known who was first: of two articles of one
-- day without times either may have been. First means first among the articles loaded.
-- The share is that of all articles of the outlet that repeats.
with article_asked as (
    select
        article_id,
        version,
        source_id,
        published_date,
        duplicate_role,
        story_id
    from articles_about($since, $until, null, $country, $person, $topic)
),

written as (
    select
        source_id,
        count(*) as articles
    from article_asked
    group by source_id
),

repeated as (
    select
        article_asked.article_id,
        article_asked.version,
        article_asked.published_date,
        article_asked.duplicate_role,
        article_asked.source_id as copied_by,
        first_article.source_id,
        coalesce(article_asked.story_id, article_asked.article_id) as story,
        first_article.article_id as first_article_id,
        first_article.version as first_version,
        first_article.published_date as first_published_date,
        case
            when copy.published_at is not null and first_article.published_at is not null
                then epoch(copy.published_at - first_article.published_at) / 3600
        end as lag_hours,
        case
            when copy.published_at is not null and first_article.published_at is not null
                then null
            when
                copy.published_precision in ('day', 'minute')
                and first_article.published_precision in ('day', 'minute')
                then date_diff('day', first_article.published_date, copy.published_date)
        end as lag_days
    from article_asked
    inner join fact_article as copy
        on
            article_asked.article_id = copy.article_id
            and article_asked.version = copy.version
    inner join fact_article as first_article
        on
            copy.duplicate_of = first_article.article_id
            and first_article.is_current
    where
        article_asked.duplicate_role in ('copy', 'rewrite')
        and article_asked.source_id <> first_article.source_id
),

counted as (
    select
        source_id,
        copied_by,
        count(*) as articles,
        count(*) filter (where duplicate_role = 'copy') as copies,
        count(*) filter (where duplicate_role = 'rewrite') as rewrites,
        count(distinct story) as stories,
        count(*) filter (where lag_hours > 0 or lag_days > 0) as ordered_pairs,
        count(lag_hours) as timed_pairs,
        round(median(lag_hours), 1) as median_lag_hours,
        count(lag_days) as day_pairs,
        round(median(lag_days), 1) as median_lag_days
    from repeated
    group by source_id, copied_by
),

placed as (
    select
        source_id,
        copied_by,
        article_id,
        version,
        published_date
    from repeated
    union all
    select
        source_id,
        copied_by,
        first_article_id,
        first_version,
        first_published_date
    from repeated
),

listed as (
    select
        source_id,
        copied_by,
        evidence_list(article_id, version, null, null, null, published_date) as evidence
    from placed
    group by source_id, copied_by
),

described as (
    select
        dim_source.source_code as source,
        copier.source_code as copied_by,
        counted.articles,
        counted.copies,
        counted.rewrites,
        counted.stories,
        round(100.0 * counted.articles / written.articles, 1) as share_percent,
        counted.ordered_pairs,
        counted.timed_pairs,
        counted.median_lag_hours,
        counted.day_pairs,
        counted.median_lag_days,
        listed.evidence
    from counted
    inner join listed
        on
            counted.source_id = listed.source_id
            and counted.copied_by = listed.copied_by
    inner join written on counted.copied_by = written.source_id
    inner join dim_source on counted.source_id = dim_source.source_id
    inner join dim_source as copier on counted.copied_by = copier.source_id
    where
        dim_source.source_code <> 'unknown'
        and copier.source_code <> 'unknown'
        and ($source is null or $source in (dim_source.source_code, copier.source_code))
)

select * from described
order by articles desc, source asc, copied_by asc
