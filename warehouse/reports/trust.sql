-- Grain: one table of what was read, over its rows in current versions of the period.
-- Limits: rejects are all files and records still in quarantine, which are missing from every
-- table; their outlet is not known, so they are not told where one is asked for. restated are
-- rows of articles of which the last successful load brought a newer version; restated_days are
-- days of the period whose published number the last successful run, or a forgetting since, has
-- changed, for whatever cause (the report restatements tells them). failed_rows is what broke a
-- rule on the table in that load, in any period; null where no rule looked at it. low confidence
-- is below 0.7; articles have none. The places behind a row are its newest of low confidence; of
-- articles, those restated or without a day.
with last_load as (
    select max(load_id) as load_id
    from dim_load
    where status = 'succeeded'
),

last_succeeded as (
    select dim_load.run_id
    from dim_load
    inner join last_load on dim_load.load_id = last_load.load_id
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
    -- kind_bits has a bit for each table that has rows of the article, in the order below.
    select
        *,
        article_id in (select restated.article_id from restated) as is_restated,  -- noqa: RF03
        1
        + 2 * (mentions > 0)::integer
        + 4 * (quotes > 0)::integer
        + 8 * (amounts > 0)::integer
        + 16 * (date_mentions > 0)::integer
        + 32 * (topic_mentions > 0)::integer
        + 64 * (event_statements > 0)::integer
        + 128 * (documents > 0)::integer
        + 256 * (role_mentions > 0)::integer as kind_bits
    from agg_article
    where
        is_between(published_date, $since, $until)
        and (
            $source is null
            or source_id in (
                select source_id from dim_source
                where source_code = $source
            )
        )
),

summed as (
    -- Articles that have rows in the same tables, and are dated alike, count together.
    select
        kind_bits,
        published_precision,
        duplicate_role <> 'copy' as is_no_copy,
        is_restated,
        count(*) as articles,
        sum(mentions) as mentions,
        sum(unsure_mentions) as unsure_mentions,
        sum(quotes) as quotes,
        sum(unsure_quotes) as unsure_quotes,
        sum(amounts) as amounts,
        sum(unsure_amounts) as unsure_amounts,
        sum(date_mentions) as date_mentions,
        sum(unsure_date_mentions) as unsure_date_mentions,
        sum(topic_mentions) as topic_mentions,
        sum(unsure_topic_mentions) as unsure_topic_mentions,
        sum(event_statements) as event_statements,
        sum(unsure_event_statements) as unsure_event_statements,
        sum(documents) as documents,
        sum(unsure_documents) as unsure_documents,
        sum(role_mentions) as role_mentions,
        sum(unsure_role_mentions) as unsure_role_mentions
    from article
    group by kind_bits, published_precision, duplicate_role <> 'copy', is_restated
),

counted as (
    select
        summed.kind_bits,
        summed.published_precision,
        summed.is_no_copy,
        summed.is_restated,
        summed.articles,
        listed.place.measure,
        listed.place.kind_bit,
        listed.place.row_count,
        listed.place.low_confidence
    from summed
    cross join
        unnest(
            [
                struct_pack(
                    measure := 'fact_article',
                    kind_bit := 1,
                    row_count := summed.articles,
                    low_confidence := 0
                ),
                struct_pack(
                    measure := 'fact_mention',
                    kind_bit := 2,
                    row_count := summed.mentions,
                    low_confidence := summed.unsure_mentions
                ),
                struct_pack(
                    measure := 'fact_quote',
                    kind_bit := 4,
                    row_count := summed.quotes,
                    low_confidence := summed.unsure_quotes
                ),
                struct_pack(
                    measure := 'fact_amount',
                    kind_bit := 8,
                    row_count := summed.amounts,
                    low_confidence := summed.unsure_amounts
                ),
                struct_pack(
                    measure := 'fact_date_mention',
                    kind_bit := 16,
                    row_count := summed.date_mentions,
                    low_confidence := summed.unsure_date_mentions
                ),
                struct_pack(
                    measure := 'fact_topic_mention',
                    kind_bit := 32,
                    row_count := summed.topic_mentions,
                    low_confidence := summed.unsure_topic_mentions
                ),
                struct_pack(
                    measure := 'fact_event_statement',
                    kind_bit := 64,
                    row_count := summed.event_statements,
                    low_confidence := summed.unsure_event_statements
                ),
                struct_pack(
                    measure := 'fact_document',
                    kind_bit := 128,
                    row_count := summed.documents,
                    low_confidence := summed.unsure_documents
                ),
                struct_pack(
                    measure := 'fact_role_mention',
                    kind_bit := 256,
                    row_count := summed.role_mentions,
                    low_confidence := summed.unsure_role_mentions
                )
            ]
        ) as listed (place)
    where summed.kind_bits & listed.place.kind_bit > 0
),

story as (
    select
        story_id,
        bit_or(kind_bits) as kind_bits
    from article
    group by story_id
),

file as (
    select
        file_id,
        bit_or(kind_bits) as kind_bits
    from article
    group by file_id
),

measure as (
    select distinct
        measure,
        kind_bit
    from counted
),

bits as (
    select
        kind_bits,
        count(*) as stories,
        0 as files
    from story
    group by kind_bits
    union all
    select
        kind_bits,
        0 as stories,
        count(*) as files
    from file
    group by kind_bits
),

counted_stories as (
    select
        measure.measure,
        sum(bits.stories) as stories,
        sum(bits.files) as files
    from measure
    inner join bits on measure.kind_bit & bits.kind_bits > 0
    group by measure.measure
),

measured as (
    select
        measure,
        sum(row_count) as row_count,
        sum(articles) as articles,
        coalesce(sum(articles) filter (where is_no_copy), 0) as without_copies,
        sum(low_confidence) as low_confidence,
        sum(row_count) filter (where published_precision in ('minute', 'day')) as with_day,
        sum(row_count) filter (where published_precision in ('month', 'year')) as coarse,
        sum(row_count) filter (where published_precision = 'unknown') as undated,
        sum(row_count) filter (where is_restated) as restated
    from counted
    group by measure
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

doubtful_row as (
    select
        'fact_article' as measure,
        published_date,
        article_id
    from article
    where is_restated or published_precision not in ('minute', 'day')
    union all
    select
        'fact_mention' as measure,
        published_date,
        article_id
    from article
    where unsure_mentions > 0
    union all
    select
        'fact_quote' as measure,
        published_date,
        article_id
    from article
    where unsure_quotes > 0
    union all
    select
        'fact_amount' as measure,
        published_date,
        article_id
    from article
    where unsure_amounts > 0
    union all
    select
        'fact_date_mention' as measure,
        published_date,
        article_id
    from article
    where unsure_date_mentions > 0
    union all
    select
        'fact_topic_mention' as measure,
        published_date,
        article_id
    from article
    where unsure_topic_mentions > 0
    union all
    select
        'fact_event_statement' as measure,
        published_date,
        article_id
    from article
    where unsure_event_statements > 0
    union all
    select
        'fact_document' as measure,
        published_date,
        article_id
    from article
    where unsure_documents > 0
    union all
    select
        'fact_role_mention' as measure,
        published_date,
        article_id
    from article
    where unsure_role_mentions > 0
),

doubtful_article as (
    -- The newest that have a doubtful row: their rows are the newest doubtful ones.
    select
        measure,
        unnest(
            max(
                struct_pack(
                    published_date := coalesce(published_date, date '0001-01-01'),
                    article_id := article_id
                ),
                50
            )
        ).article_id as article_id
    from doubtful_row
    group by measure
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

last_run as (
    select min(started_at) as started_at
    from dim_load
    where run_id in (select last_succeeded.run_id from last_succeeded)
),

restatement as (
    select
        measured_date,
        case split_part(measure, '_', 1)
            when 'mentions' then 'fact_mention'
            when 'quotes' then 'fact_quote'
            when 'amounts' then 'fact_amount'
            when 'events' then 'fact_event_statement'
            else 'fact_article'
        end as table_name
    from fact_restatement
    where
        restated_at >= (select last_run.started_at from last_run)
        and is_between(measured_date, $since, $until)
        and case
            when $source is null then source_id = 0
            else
                source_id in (
                    select source_id from dim_source
                    where source_code = $source
                )
        end
),

restated_day as (
    select
        table_name,
        count(distinct measured_date) as days
    from restatement
    group by table_name
),

joined as (
    select
        measured.measure,
        (measured.row_count)::bigint as row_count,
        (measured.articles)::bigint as articles,
        (measured.without_copies)::bigint as without_copies,
        (counted_stories.stories)::bigint as stories,
        (counted_stories.files)::bigint as files,
        case when $source is null then rejected.rejects end as rejects,
        case
            when measured.measure <> 'fact_article'
                then round(100.0 * measured.low_confidence / measured.row_count, 1)
        end as low_confidence_percent,
        round(100.0 * coalesce(measured.with_day, 0) / measured.row_count, 1) as day_percent,
        round(100.0 * coalesce(measured.coarse, 0) / measured.row_count, 1) as coarse_percent,
        round(100.0 * coalesce(measured.undated, 0) / measured.row_count, 1) as undated_percent,
        (coalesce(measured.restated, 0))::bigint as restated,
        coalesce(restated_day.days, 0) as restated_days,
        (failed.failed_rows)::bigint as failed_rows,
        coalesce(doubtful.evidence, []) as evidence
    from measured
    inner join counted_stories on measured.measure = counted_stories.measure
    cross join rejected
    left join doubtful on measured.measure = doubtful.measure
    left join failed on measured.measure = failed.table_name
    left join restated_day on measured.measure = restated_day.table_name
)

select * from joined
order by measure <> 'fact_article' asc, row_count desc, measure asc
