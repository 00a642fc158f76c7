-- Grain: one quotation in one article, its current version, with its speaker.
-- role is the office beside the quotation, or beside another one of the speaker's in the
-- article, else the first that the article gives the speaker, else the one held that day
-- by dim_entity_role. speaker_id and speaker are null where nobody is known by name.
-- What a news outlet reports in its own name is no quotation.
-- noqa: disable=RF03,AM04
create or replace macro quotes_told(
    since_date, until_date, wanted_source, wanted_country, wanted_topic
) as table (
    with quoted as (
        select *
        from quotes_counted(
            since_date, until_date, wanted_source, wanted_country, wanted_topic
        )
    ),

    in_office as (
        select
            quoted.speaker_id,
            quoted.published_date,
            arg_max(held.role, held.evidence_count) as office
        from (
            select distinct
                speaker_id,
                published_date
            from quoted
            where office is null
        ) as quoted
        inner join offices_held() as held
            on
                quoted.speaker_id = held.holder_id
                and quoted.published_date >= held.valid_from
                and quoted.published_date <= held.valid_to
        group by quoted.speaker_id, quoted.published_date
    )

    select
        quoted.* exclude (office, text_key),
        quote.text,
        coalesce(quoted.office, in_office.office) as role
    from quoted
    inner join fact_quote as quote
        on
            quoted.article_id = quote.article_id
            and quoted.version = quote.version
            and quoted.quote_no = quote.quote_no
    left join in_office
        on
            quoted.speaker_id = in_office.speaker_id
            and quoted.published_date = in_office.published_date
);
