-- Grain: one article, its current version, of the period that the filters let through.
-- A null filter lets everything through. Only narrow columns: no title, no text.
create or replace macro wanted_articles(
    since_date, until_date, wanted_source, wanted_country, wanted_person, wanted_topic
) as table (
    with naming_country as (
        select
            bridge.article_id,
            bridge.version
        from bridge_article_country as bridge
        inner join country_codes(wanted_country) as wanted
            on bridge.country_code = wanted.country_code
    ),

    naming_person as (
        select
            mention.article_id,
            mention.version
        from fact_mention as mention
        inner join entity_names() as entity on mention.entity_id = entity.entity_id
        inner join entity_ids(wanted_person) as wanted on entity.named_id = wanted.entity_id
    ),

    on_topic as (
        select
            bridge.article_id,
            bridge.version
        from bridge_article_topic as bridge
        inner join topic_ids(wanted_topic) as wanted on bridge.topic_id = wanted.topic_id
    )

    select
        article.article_id,
        article.version,
        article.source_id,
        dim_source.source_code as source,
        article.published_date,
        article.published_at,
        article.published_precision,
        article.duplicate_role,
        article.duplicate_of,
        coalesce(article.story_id, article.article_id) as story_id
    from articles_between(since_date, until_date) as article
    inner join dim_source on article.source_id = dim_source.source_id
    where
        (wanted_source is null or dim_source.source_code = wanted_source)
        and (
            wanted_country is null
            or (article.article_id, article.version) in (select * from naming_country)
        )
        and (
            wanted_person is null
            or (article.article_id, article.version) in (select * from naming_person)
        )
        and (
            wanted_topic is null
            or (article.article_id, article.version) in (select * from on_topic)
        )
);
