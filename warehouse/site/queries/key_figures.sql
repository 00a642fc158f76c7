-- Grain: the whole warehouse, one row: the last days, as many before them, everything.
with newest as (
    select max(published_date) as until_date from fact_article
    where is_current
),

article as (
    select
        fact_article.article_id,
        fact_article.version,
        fact_article.source_id,
        fact_article.duplicate_role,
        coalesce(fact_article.story_id, fact_article.article_id) as story_id,
        case
            when fact_article.published_date > newest.until_date - cast($days as integer)
                then 'now'
            when fact_article.published_date > newest.until_date - 2 * cast($days as integer)
                then 'before'
        end as part
    from fact_article
    cross join newest
    where fact_article.is_current
),

quote as (
    select article.part from fact_quote
    inner join article
        on fact_quote.article_id = article.article_id and fact_quote.version = article.version
),

event as (
    select
        mention.event_id,
        min(article.part) as part
    from fact_event_mention as mention
    inner join article
        on mention.article_id = article.article_id and mention.version = article.version
    group by mention.event_id
),

counted as (
    select
        'articles' as figure,
        count(*) filter (where part = 'now') as now,
        count(*) filter (where part = 'before') as before,
        count(*) as everything
    from article
    union all
    select
        'without_copies' as figure,
        count(*) filter (where part = 'now' and duplicate_role <> 'copy') as now,
        count(*) filter (where part = 'before' and duplicate_role <> 'copy') as before,
        count(*) filter (where duplicate_role <> 'copy') as everything
    from article
    union all
    select
        'stories' as figure,
        count(distinct story_id) filter (where part = 'now') as now,
        count(distinct story_id) filter (where part = 'before') as before,
        count(distinct story_id) as everything
    from article
    union all
    select
        'sources' as figure,
        count(distinct source_id) filter (where part = 'now') as now,
        count(distinct source_id) filter (where part = 'before') as before,
        count(distinct source_id) as everything
    from article
    union all
    select
        'quotes' as figure,
        count(*) filter (where part = 'now') as now,
        count(*) filter (where part = 'before') as before,
        count(*) as everything
    from quote
    union all
    select
        'events' as figure,
        count(*) filter (where part = 'now') as now,
        count(*) filter (where part = 'before') as before,
        count(*) as everything
    from event
)

select * from counted
