-- Grain: one quotation in one article, its current version, with its speaker, without its
-- words. text_key is the same for the same words. office is what the article calls the
-- speaker; speaker_id and speaker are null where nobody is known by name.
-- What a news outlet reports in its own name is no quotation.
-- noqa: disable=RF03,AM04
create or replace macro quotes_counted(
    since_date, until_date, wanted_source, wanted_country, wanted_topic
) as table (
    with of_source as (
        select source_id from dim_source
        where source_code = wanted_source
    ),

    of_country as (
        select article_id from agg_country
        where country_code in (select country_code from country_codes(wanted_country))
    ),

    of_topic as (
        select
            article_id,
            version
        from bridge_article_topic
        where topic_id in (select topic_id from topic_ids(wanted_topic))
    )

    select
        quote.* exclude (speaker_id, story_id),
        quote.story_id as story,
        speaker.named_id as speaker_id,
        speaker.name as speaker,
        speaker.entity_type as speaker_type
    from agg_quote as quote
    left join entity_names() as speaker on quote.speaker_id = speaker.entity_id
    where
        is_between(quote.published_date, since_date, until_date)
        and (
            quote.speaker_id is null
            or quote.speaker_id not in (select outlet.entity_id from news_outlets() as outlet)
        )
        and (wanted_source is null or quote.source_id in (select source_id from of_source))
        and (
            wanted_country is null
            or quote.article_id in (select article_id from of_country)
        )
        and (
            wanted_topic is null
            or (quote.article_id, quote.version) in (
                select (article_id, version) from of_topic
            )
        )
);
