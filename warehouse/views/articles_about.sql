-- Grain: one article, its current version, of the period and of what is asked for.
-- A null filter asks for nothing. Without the text: join fact_article for it at the end.
-- noqa: disable=RF03
create or replace macro articles_about(
    since_date, until_date, wanted_source, wanted_country, wanted_person, wanted_topic
) as table (
    with of_source as (
        select source_id from dim_source
        where source_code = wanted_source
    ),

    of_country as (
        select
            article_id,
            version
        from bridge_article_country
        where country_code in (select country_code from country_codes(wanted_country))
    ),

    of_person as (
        select
            mention.article_id,
            mention.version
        from fact_mention as mention
        inner join dim_entity on mention.entity_id = dim_entity.entity_id
        where
            coalesce(dim_entity.merged_into, dim_entity.entity_id) in (
                select entity_id from entity_ids(wanted_person)
            )
    ),

    of_topic as (
        select
            article_id,
            version
        from bridge_article_topic
        where topic_id in (select topic_id from topic_ids(wanted_topic))
    )

    select
        article_id,
        version,
        source_id,
        published_date,
        story_id,
        duplicate_role
    from articles_between(since_date, until_date)
    where
        (wanted_source is null or source_id in (select source_id from of_source))
        and (
            wanted_country is null
            or (article_id, version) in (select (article_id, version) from of_country)
        )
        and (
            wanted_person is null
            or (article_id, version) in (select (article_id, version) from of_person)
        )
        and (
            wanted_topic is null
            or (article_id, version) in (select (article_id, version) from of_topic)
        )
);
