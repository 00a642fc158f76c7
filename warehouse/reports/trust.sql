-- Grain: one table of what was read, over its rows in current versions of the period.
-- Limits: rejects are all files and records still in quarantine, which are missing from every
-- table; their outlet is not known, so they are not told where one is asked for. restated are
-- rows of articles of which the last successful load brought a newer version; what a
-- reprocessing changed is not told. failed_rows is what broke a rule on the table in that
-- load, in any period; null where no rule looked at it. low confidence is below 0.7; articles
-- have none. The places behind a row are its newest of low confidence; of articles, those
-- restated or without a day.
with last_load as (
    select max(load_id) as load_id
    from dim_load
    where status = 'succeeded'
),

restated as (
    select newer.article_id
    from fact_article as newer
    inner join last_load on newer.load_id = last_load.load_id
    inner join fact_article as older
        on
            newer.article_id = older.article_id
            and newer.load_id > older.load_id
    where newer.is_current
),

article as (
    select
        article_id,
        version,
        file_id,
        published_date,
        published_precision,
        coalesce(story_id, article_id) as story_id,
        duplicate_role,
        article_id in (select restated.article_id from restated) as is_restated
    from articles_between($since, $until)
    where
        $source is null
        or source_id in (
            select source_id from dim_source
            where source_code = $source
        )
),

row_read as (
    select
        'fact_mention' as measure,
        article_id,
        version,
        in_title,
        start_char,
        end_char,
        confidence
    from fact_mention
    union all
    select
        'fact_quote' as measure,
        article_id,
        version,
        in_title,
        start_char,
        end_char,
        confidence
    from fact_quote
    union all
    select
        'fact_amount' as measure,
        article_id,
        version,
        in_title,
        start_char,
        end_char,
        confidence
    from fact_amount
    union all
    select
        'fact_date_mention' as measure,
        article_id,
        version,
        in_title,
        start_char,
        end_char,
        confidence
    from fact_date_mention
    union all
    select
        'fact_topic_mention' as measure,
        article_id,
        version,
        in_title,
        start_char,
        end_char,
        confidence
    from fact_topic_mention
    union all
    select
        'fact_event_statement' as measure,
        article_id,
        version,
        in_title,
        start_char,
        end_char,
        confidence
    from fact_event_statement
    union all
    select
        'fact_document' as measure,
        article_id,
        version,
        in_title,
        start_char,
        end_char,
        confidence
    from fact_document
    union all
    select
        'fact_role_mention' as measure,
        article_id,
        version,
        in_title,
        start_char,
        end_char,
        confidence
    from fact_role_mention
    union all
    select
        'fact_article' as measure,
        article_id,
        version,
        null as in_title,
        null as start_char,
        null as end_char,
        null as confidence
    from article
),

counted_by_article as (
    select
        'fact_mention' as measure,
        article_id,
        version,
        count(*) as row_count,
        count(*) as with_confidence,
        count(*) filter (where confidence < 0.7) as low_confidence
    from fact_mention
    group by article_id, version
    union all
    select
        'fact_quote' as measure,
        article_id,
        version,
        count(*) as row_count,
        count(*) as with_confidence,
        count(*) filter (where confidence < 0.7) as low_confidence
    from fact_quote
    group by article_id, version
    union all
    select
        'fact_amount' as measure,
        article_id,
        version,
        count(*) as row_count,
        count(*) as with_confidence,
        count(*) filter (where confidence < 0.7) as low_confidence
    from fact_amount
    group by article_id, version
    union all
    select
        'fact_date_mention' as measure,
        article_id,
        version,
        count(*) as row_count,
        count(*) as with_confidence,
        count(*) filter (where confidence < 0.7) as low_confidence
    from fact_date_mention
    group by article_id, version
    union all
    select
        'fact_topic_mention' as measure,
        article_id,
        version,
        count(*) as row_count,
        count(*) as with_confidence,
        count(*) filter (where confidence < 0.7) as low_confidence
    from fact_topic_mention
    group by article_id, version
    union all
    select
        'fact_event_statement' as measure,
        article_id,
        version,
        count(*) as row_count,
        count(*) as with_confidence,
        count(*) filter (where confidence < 0.7) as low_confidence
    from fact_event_statement
    group by article_id, version
    union all
    select
        'fact_document' as measure,
        article_id,
        version,
        count(*) as row_count,
        count(*) as with_confidence,
        count(*) filter (where confidence < 0.7) as low_confidence
    from fact_document
    group by article_id, version
    union all
    select
        'fact_role_mention' as measure,
        article_id,
        version,
        count(*) as row_count,
        count(*) as with_confidence,
        count(*) filter (where confidence < 0.7) as low_confidence
    from fact_role_mention
    group by article_id, version
    union all
    select
        'fact_article' as measure,
        article_id,
        version,
        1 as row_count,
        0 as with_confidence,
        0 as low_confidence
    from article
),

measured as (
    select
        counted.measure,
        sum(counted.row_count) as row_count,
        count(*) as articles,
        count(*) filter (where article.duplicate_role <> 'copy') as without_copies,
        count(distinct article.story_id) as stories,
        count(distinct article.file_id) as files,
        sum(counted.with_confidence) as with_confidence,
        sum(counted.low_confidence) as low_confidence,
        sum(counted.row_count) filter (
            where article.published_precision in ('minute', 'day')
        ) as with_day,
        sum(counted.row_count) filter (
            where article.published_precision in ('month', 'year')
        ) as coarse,
        sum(counted.row_count) filter (
            where article.published_precision = 'unknown'
        ) as undated,
        sum(counted.row_count) filter (where article.is_restated) as restated,
        max(
            struct_pack(
                published_date := coalesce(article.published_date, date '0001-01-01'),
                article_id := article.article_id
            ),
            50
        ) filter (
            where
            counted.low_confidence > 0
            or (
                counted.measure = 'fact_article'
                and (article.is_restated or article.published_precision not in ('minute', 'day'))
            )
        ) as doubtful_articles
    from counted_by_article as counted
    inner join article
        on counted.article_id = article.article_id and counted.version = article.version
    group by counted.measure
),

doubtful_article as (
    -- The newest that have a doubtful row: their rows are the newest doubtful ones.
    select
        measured.measure,
        listed.place.article_id
    from measured
    cross join unnest(measured.doubtful_articles) as listed (place)
),

doubtful as (
    select
        row_read.measure,
        arg_max(
            struct_pack(
                published_date := article.published_date,
                article_id := row_read.article_id,
                version := row_read.version,
                in_title := row_read.in_title,
                start_char := row_read.start_char,
                end_char := row_read.end_char
            ),
            struct_pack(
                published_date := coalesce(article.published_date, date '0001-01-01'),
                article_id := row_read.article_id,
                start_char := coalesce(row_read.start_char, 0),
                in_title := coalesce(row_read.in_title, false),
                end_char := coalesce(row_read.end_char, 0)
            ),
            50
        ) as evidence
    from row_read
    inner join doubtful_article
        on
            row_read.measure = doubtful_article.measure
            and row_read.article_id = doubtful_article.article_id
    inner join article
        on row_read.article_id = article.article_id and row_read.version = article.version
    where row_read.confidence is null or row_read.confidence < 0.7
    group by row_read.measure
),

rejected as (
    select count(*) as rejects
    from fact_rejection
    where status = 'open'
),

failed as (
    select
        fact_check.table_name,
        sum(fact_check.failed_count) as failed_rows
    from fact_check
    inner join last_load on fact_check.load_id = last_load.load_id
    group by fact_check.table_name
),

joined as (
    select
        measured.measure,
        cast(measured.row_count as bigint) as row_count,
        measured.articles,
        measured.without_copies,
        measured.stories,
        measured.files,
        case when $source is null then rejected.rejects end as rejects,
        case
            when measured.with_confidence > 0
                then round(100.0 * measured.low_confidence / measured.row_count, 1)
        end as low_confidence_percent,
        round(100.0 * coalesce(measured.with_day, 0) / measured.row_count, 1) as day_percent,
        round(100.0 * coalesce(measured.coarse, 0) / measured.row_count, 1) as coarse_percent,
        round(100.0 * coalesce(measured.undated, 0) / measured.row_count, 1) as undated_percent,
        cast(coalesce(measured.restated, 0) as bigint) as restated,
        cast(failed.failed_rows as bigint) as failed_rows,
        coalesce(doubtful.evidence, []) as evidence
    from measured
    cross join rejected
    left join doubtful on measured.measure = doubtful.measure
    left join failed on measured.measure = failed.table_name
)

select * from joined
order by measure <> 'fact_article' asc, row_count desc, measure asc
