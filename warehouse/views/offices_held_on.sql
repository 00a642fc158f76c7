-- Grain: one speaker on one day of the period on which an article quotes them without saying
-- who they are; the office that they held that day.
create or replace macro offices_held_on(since_date, until_date) as table (
    with speaking_on as (
        select distinct
            coalesce(speaker.merged_into, speaker.entity_id) as speaker_id,
            quote.published_date
        from agg_quote as quote
        inner join dim_entity as speaker on quote.speaker_id = speaker.entity_id
        where
            quote.office is null
            and is_between(quote.published_date, since_date, until_date)  -- noqa: RF03
    )

    select
        speaking_on.speaker_id,
        speaking_on.published_date,
        arg_max(held.role, held.evidence_count) as office
    from speaking_on
    inner join offices_held() as held
        on
            speaking_on.speaker_id = held.holder_id
            and speaking_on.published_date >= held.valid_from
            and speaking_on.published_date <= held.valid_to
    group by speaking_on.speaker_id, speaking_on.published_date
);
