-- Grain: one day or span to come that one story names, or one round anniversary in the 365
-- days after the period; the nearest first, at most 200.
-- Limits: planned: dates of texts that begin after the period's end, from a day to a year in
-- length; spans that have begun by then are left out, and the text need not say that something
-- is planned for them. anniversary: 5, 10, 15 and so on years since a day or month that a text
-- names, 10, 20, 25, 30 and so on since a year named by its number, and 5, 10, 15 and so on
-- since the day of an event; of a year only its first day is shown. Dates come from articles
-- of the period; what happened on them is only in the sentence.
with last_day as (
    select period_end($until) as end_date
),

article_asked as (
    select * from articles_about($since, $until, $source, $country, $person, $topic)
),

date_said as (
    select
        article_asked.*,
        mention.start_date,
        mention.end_date,
        mention.precision,
        mention.basis,
        mention.surface,
        mention.sentence_no,
        mention.in_title,
        mention.start_char,
        mention.end_char,
        mention.confidence,
        last_day.end_date as today
    from article_asked
    cross join last_day
    inner join fact_date_mention as mention
        on
            article_asked.article_id = mention.article_id
            and article_asked.version = mention.version
    where mention.start_date is not null
    union all
    select
        article_asked.*,
        fact_event.event_date as start_date,
        fact_event.event_date as end_date,
        fact_event.event_precision as precision,
        'absolute' as basis,
        mention.surface,
        mention.sentence_no,
        mention.in_title,
        mention.start_char,
        mention.end_char,
        mention.confidence,
        last_day.end_date as today
    from article_asked
    cross join last_day
    inner join fact_event_mention as mention
        on
            article_asked.article_id = mention.article_id
            and article_asked.version = mention.version
    inner join fact_event on mention.event_id = fact_event.event_id
    where fact_event.event_precision = 'day'
),

planned as (
    select
        'planned' as kind,
        start_date as date,
        null as years,
        *
    from date_said
    where
        start_date > today
        and precision in ('day', 'week', 'month', 'quarter', 'half', 'season', 'year', 'range')
        and date_diff('day', start_date, end_date) <= 366
),

turning as (
    select
        *,
        case
            when start_date + to_years(year(today) - year(start_date)) > today
                then year(today) - year(start_date)
            else year(today) - year(start_date) + 1
        end as years
    from date_said
    where precision in ('day', 'month', 'year') and start_date < today - interval 1 year
),

anniversary as (
    select
        'anniversary' as kind,
        cast(start_date + to_years(years) as date) as date,
        cast(end_date + to_years(years) as date) as end_date,
        * exclude (end_date)
    from turning
    where
        case
            when precision = 'year'
                then basis = 'absolute' and (years % 10 = 0 or years % 25 = 0)
            else years % 5 = 0
        end
),

coming as (
    select * from planned
    union all by name
    select * from anniversary
),

gathered as (
    select
        kind,
        date,
        end_date,
        precision,
        years,
        coalesce(story_id, article_id) as story_id,
        arg_max(
            struct_pack(
                article_id := article_id,
                version := version,
                source_id := source_id,
                published_date := published_date,
                surface := surface,
                sentence_no := sentence_no,
                in_title := in_title,
                confidence := confidence
            ),
            (duplicate_role <> 'copy', not in_title, confidence, -article_id, -start_char)
        ) as place,
        count(distinct article_id) as articles,
        count(distinct article_id) filter (where duplicate_role <> 'copy') as without_copies,
        count(distinct coalesce(story_id, article_id)) as stories,
        evidence_list(
            article_id, version, in_title, start_char, end_char, published_date
        ) as evidence
    from coming
    group by
        kind, date, end_date, precision, years, coalesce(story_id, article_id)
),

nearest as (
    select * from gathered
    order by date asc, end_date asc, kind asc, articles desc, story_id asc
    limit 200
),

told as (
    select
        nearest.kind,
        nearest.date,
        nearest.end_date,
        nearest.precision,
        nearest.years,
        nearest.place.surface,
        case
            when nearest.place.in_title then fact_article.title
            else
                substring(
                    fact_article.text,
                    fact_sentence.start_char + 1,
                    fact_sentence.end_char - fact_sentence.start_char
                )
        end as sentence,
        fact_article.title,
        dim_source.source_code as source,
        nearest.place.published_date,
        nearest.place.confidence,
        nearest.articles,
        nearest.without_copies,
        nearest.stories,
        nearest.evidence,
        nearest.story_id
    from nearest
    inner join dim_source on nearest.place.source_id = dim_source.source_id
    inner join fact_article
        on
            nearest.place.article_id = fact_article.article_id
            and nearest.place.version = fact_article.version
    left join fact_sentence
        on
            nearest.place.article_id = fact_sentence.article_id
            and nearest.place.version = fact_sentence.version
            and nearest.place.sentence_no = fact_sentence.sentence_no
)

select * exclude (story_id) from told
order by date asc, end_date asc, kind asc, articles desc, story_id asc
