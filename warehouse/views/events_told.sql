-- Grain: one event in one article, its current version.
-- day is the event's, or the first of its month or year; where it has none, the day of
-- the first article. Events without any day are there only where the period has no start.
-- noqa: disable=RF03
create or replace macro events_told(since_date, until_date, wanted_source, wanted_topic) as table (
    with told as (
        select
            mention.event_id,
            mention.article_id,
            mention.version,
            mention.sentence_no,
            mention.in_title,
            mention.start_char,
            mention.end_char,
            mention.confidence,
            article.published_date,
            article.duplicate_role,
            article.story_id,
            fact_event.event_type,
            fact_event.event_date,
            fact_event.event_precision,
            fact_event.place_id,
            coalesce(
                fact_event.event_date,
                min(article.published_date) over (partition by mention.event_id)
            ) as day
        from fact_event_mention as mention
        inner join articles_about(null, null, wanted_source, null, null, wanted_topic) as article
            on
                mention.article_id = article.article_id
                and mention.version = article.version
        inner join fact_event on mention.event_id = fact_event.event_id
    )

    select * from told
    where
        case
            when day is null then since_date is null
            else
                day >= coalesce(cast(since_date as date), day)
                and day <= coalesce(cast(until_date as date), day)
        end
);
