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

row_dated as (
    select
        row_read.measure,
        row_read.in_title,
        row_read.start_char,
        row_read.end_char,
        row_read.confidence,
        article.*,
        coalesce(
            row_read.confidence < 0.7,
            article.is_restated or article.published_precision not in ('minute', 'day')
        ) as is_doubtful
    from row_read
    inner join article
        on row_read.article_id = article.article_id and row_read.version = article.version
),

measured as (
    select
        measure,
        count(*) as row_count,
        count(distinct article_id) as articles,
        count(distinct article_id) filter (where duplicate_role <> 'copy') as without_copies,
        count(distinct story_id) as stories,
        count(distinct file_id) as files,
        case
            when count(confidence) > 0
                then round(100.0 * count(*) filter (where confidence < 0.7) / count(*), 1)
        end as low_confidence_percent,
        round(
            100.0 * count(*) filter (where published_precision in ('minute', 'day')) / count(*),
            1
        ) as day_percent,
        round(
            100.0 * count(*) filter (where published_precision in ('month', 'year')) / count(*),
            1
        ) as coarse_percent,
        round(
            100.0 * count(*) filter (where published_precision = 'unknown') / count(*), 1
        ) as undated_percent,
        count(*) filter (where is_restated) as restated,
        arg_max(
            struct_pack(
                published_date := published_date,
                article_id := article_id,
                version := version,
                in_title := in_title,
                start_char := start_char,
                end_char := end_char
            ),
            struct_pack(
                published_date := coalesce(published_date, date '0001-01-01'),
                article_id := article_id,
                start_char := coalesce(start_char, 0)
            ),
            50
        ) filter (where is_doubtful) as evidence
    from row_dated
    group by measure
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
        measured.row_count,
        measured.articles,
        measured.without_copies,
        measured.stories,
        measured.files,
        case when $source is null then rejected.rejects end as rejects,
        measured.low_confidence_percent,
        measured.day_percent,
        measured.coarse_percent,
        measured.undated_percent,
        measured.restated,
        failed.failed_rows::bigint as failed_rows,
        coalesce(measured.evidence, []) as evidence
    from measured
    cross join rejected
    left join failed on measured.measure = failed.table_name
)

select * from joined
order by measure <> 'fact_article' asc, row_count desc, measure asc
