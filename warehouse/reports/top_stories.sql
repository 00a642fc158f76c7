-- Grain: one story of two articles or more; the 50 largest of the period.
-- Limits: articles of the period that the filters let through make a story's counts; its
-- days run from its first article of the period to its last, and articles_a_day counts
-- the dated ones on each of them. The largest is told by most
-- outlets, then in most articles without copies. Articles are one story where their
-- wording is near: one told in other words, or in another language, may be another.
with article_asked as (
    select
        article_id,
        version,
        source_id,
        published_date,
        duplicate_role,
        story_id
    from articles_about($since, $until, $source, $country, $person, $topic)
    where story_id is not null
),

largest as (
    select
        story_id,
        min(published_date) as first_date,
        max(published_date) as last_date,
        count(distinct source_id) as sources,
        count(*) as articles,
        count(*) filter (where duplicate_role <> 'copy') as without_copies,
        evidence_of_each(article_id, version, null, null, null, published_date) as evidence
    from article_asked
    group by story_id
    having count(*) > 1
    order by sources desc, without_copies desc, articles desc, last_date desc, story_id asc
    limit 50
),

counted_by_day as (
    select
        article_asked.story_id,
        article_asked.published_date as day,
        count(*) as articles
    from article_asked
    inner join largest on article_asked.story_id = largest.story_id
    where article_asked.published_date is not null
    group by article_asked.story_id, article_asked.published_date
),

life as (
    select
        story_id,
        arg_max(day, struct_pack(articles := articles, earliest := -epoch(day))) as peak_date,
        map_from_entries(list(struct_pack(day := day, articles := articles))) as by_day
    from counted_by_day
    group by story_id
),

described as (
    select
        dim_story.title,
        largest.first_date,
        largest.last_date,
        life.peak_date,
        date_diff('day', largest.first_date, largest.last_date) + 1 as days,
        largest.sources,
        largest.articles,
        largest.without_copies,
        list_transform(
            generate_series(largest.first_date, largest.last_date, interval 1 day),
            lambda day: coalesce(life.by_day[cast(day as date)], 0)
        ) as articles_a_day,
        largest.story_id,
        largest.evidence
    from largest
    left join life on largest.story_id = life.story_id
    left join dim_story on largest.story_id = dim_story.story_id
)

select * from described
order by sources desc, without_copies desc, articles desc, last_date desc, story_id asc
