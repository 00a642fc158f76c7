-- Grain: one outlet in the period.
-- Limits: current versions; articles without a date are counted only where the period has
-- no start. A story of several outlets counts once for each of them. Near-copies are
-- found by their wording: a translation is none.
with article_in_period as (
    select * from articles_between($since, $until)
),

counted as (
    select
        source_id,
        count(*) as articles,
        count(*) filter (where duplicate_role <> 'copy') as without_copies,
        count(distinct coalesce(story_id, article_id)) as stories,
        count(*) filter (where language = 'kk') as articles_kk,
        count(*) filter (where published_date is null) as undated,
        count(distinct published_date) as days,
        min(published_date) as first_date,
        max(published_date) as last_date,
        sum(word_count)::bigint as words,
        evidence_of_each(article_id, version, null, null, null, published_date) as evidence
    from article_in_period
    group by source_id
),

named as (
    select
        dim_source.source_code as source,
        dim_source.name,
        counted.* exclude (source_id, evidence),
        round(100.0 * counted.articles / sum(counted.articles) over (), 1) as share_percent,
        counted.evidence
    from counted
    inner join dim_source on counted.source_id = dim_source.source_id
)

select * from named
where $source is null or source = $source
order by articles desc, source asc
