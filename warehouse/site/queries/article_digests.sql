-- Grain: one article that has a page, with a hash of all that its page shows.
with wanted as (
    select
        article_id,
        version
    from site_article
),

renamed as (
    select
        entity_id,
        hash(dim_entity) as name_hash
    from dim_entity
),

part as (
    select
        wanted.article_id,
        article.story_id,
        hash(article, story.article_count, story.title, dim_source) as part_hash
    from wanted
    inner join fact_article as article
        on wanted.article_id = article.article_id and wanted.version = article.version
    inner join dim_source on article.source_id = dim_source.source_id
    left join dim_story as story on article.story_id = story.story_id
    union all
    select
        wanted.article_id,
        null as story_id,
        hash(span, renamed.name_hash, page.person_id is not null) as part_hash
    from wanted
    inner join fact_mention as span
        on wanted.article_id = span.article_id and wanted.version = span.version
    left join renamed on span.entity_id = renamed.entity_id
    left join site_person as page on span.entity_id = page.entity_id
    union all
    select
        wanted.article_id,
        null as story_id,
        hash(span) as part_hash
    from wanted
    inner join fact_sentence as span
        on wanted.article_id = span.article_id and wanted.version = span.version
    union all
    select
        wanted.article_id,
        null as story_id,
        hash(span) as part_hash
    from wanted
    inner join fact_amount as span
        on wanted.article_id = span.article_id and wanted.version = span.version
    union all
    select
        wanted.article_id,
        null as story_id,
        hash(span) as part_hash
    from wanted
    inner join fact_date_mention as span
        on wanted.article_id = span.article_id and wanted.version = span.version
    union all
    select
        wanted.article_id,
        null as story_id,
        hash(span, renamed.name_hash) as part_hash
    from wanted
    inner join fact_quote as span
        on wanted.article_id = span.article_id and wanted.version = span.version
    left join renamed on span.speaker_id = renamed.entity_id
    union all
    select
        wanted.article_id,
        null as story_id,
        hash(span, event) as part_hash
    from wanted
    inner join fact_event_mention as span
        on wanted.article_id = span.article_id and wanted.version = span.version
    inner join fact_event as event on span.event_id = event.event_id
    union all
    select
        wanted.article_id,
        null as story_id,
        hash(about, dim_topic) as part_hash
    from wanted
    inner join bridge_article_topic as about
        on wanted.article_id = about.article_id and wanted.version = about.version
    inner join dim_topic on about.topic_id = dim_topic.topic_id
    union all
    select
        wanted.article_id,
        null as story_id,
        hash(copied.article_id, copied.title, copied.published_date, copied.duplicate_role)
            as part_hash
    from wanted
    inner join fact_article as copied on wanted.article_id = copied.duplicate_of
    where copied.is_current
)

select
    article_id,
    any_value(story_id) as story_id,
    sum(part_hash::hugeint)::varchar as digest
from part
group by article_id
order by article_id asc
