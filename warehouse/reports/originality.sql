-- Grain: one outlet in the period.
-- Limits: current versions; articles without a date are counted only where the period has
-- no start. An original may have been published before the period, and copies of articles
-- that were never loaded count as originals. Near-copies are found by their wording: a
-- translation is an original. taken_from counts copies and rewrites of other outlets,
-- taken_by those that others made of this outlet's articles in the period.
with article_in_period as (
    select
        article_id,
        version,
        source_id,
        published_date,
        story_id,
        duplicate_role,
        duplicate_of
    from articles_between($since, $until)
),

taken as (
    select
        article_in_period.source_id,
        original.source_id as original_source_id
    from article_in_period
    inner join fact_article as original
        on
            article_in_period.duplicate_of = original.article_id
            and original.is_current
    where article_in_period.duplicate_role <> 'original'
),

taken_between as (
    select
        taken.source_id,
        taken.original_source_id,
        dim_source.source_code as original_source,
        count(*) as articles
    from taken
    inner join dim_source on taken.original_source_id = dim_source.source_id
    group by taken.source_id, taken.original_source_id, dim_source.source_code
),

taken_from_others as (
    select
        source_id,
        sum(articles) as articles,
        string_agg(
            original_source || ' ' || articles, ', '
            order by articles desc, original_source asc
        ) as named
    from taken_between
    where source_id <> original_source_id
    group by source_id
),

taken_by_others as (
    select
        original_source_id as source_id,
        sum(articles) as articles
    from taken_between
    where source_id <> original_source_id
    group by original_source_id
),

counted as (
    select
        source_id,
        count(*) as articles,
        count(*) filter (where duplicate_role <> 'copy') as without_copies,
        count(distinct coalesce(story_id, article_id)) as stories,
        count(*) filter (where duplicate_role = 'original') as originals,
        count(*) filter (where duplicate_role = 'rewrite') as rewrites,
        count(*) filter (where duplicate_role = 'copy') as copies,
        evidence_of_each(article_id, version, null, null, null, published_date) as evidence
    from article_in_period
    group by source_id
),

named as (
    select
        dim_source.source_code as source,
        dim_source.name,
        counted.* exclude (source_id, evidence),
        round(100.0 * counted.originals / counted.articles, 1) as original_percent,
        coalesce(taken_from_others.articles, 0)::bigint as taken_from_others,
        taken_from_others.named as taken_from,
        coalesce(taken_by_others.articles, 0)::bigint as taken_by_others,
        counted.evidence
    from counted
    inner join dim_source on counted.source_id = dim_source.source_id
    left join taken_from_others on counted.source_id = taken_from_others.source_id
    left join taken_by_others on counted.source_id = taken_by_others.source_id
)

select * from named
where $source is null or source = $source
order by original_percent desc, articles desc, source asc
