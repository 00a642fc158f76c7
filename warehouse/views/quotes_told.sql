-- Grain: one quotation in one article, its current version, with its speaker.
-- role is the office beside the quotation, or beside another one of the speaker's in the
-- article, else the first that the article gives the speaker, else the one held that day
-- by dim_entity_role. speaker_id and speaker are null where nobody is known by name.
-- What a news outlet reports in its own name is no quotation.
-- noqa: disable=RF03,AM04
create or replace macro quotes_told(
    since_date, until_date, wanted_source, wanted_country, wanted_topic
) as table (
    select
        quoted.* exclude (office, text_key),
        quote.text,
        coalesce(quoted.office, in_office.office) as role
    from
        quotes_counted(
            since_date, until_date, wanted_source, wanted_country, wanted_topic
        ) as quoted
    inner join fact_quote as quote
        on
            quoted.article_id = quote.article_id
            and quoted.version = quote.version
            and quoted.quote_no = quote.quote_no
    left join offices_held_on(since_date, until_date) as in_office
        on
            case when quoted.office is null then quoted.speaker_id end = in_office.speaker_id
            and quoted.published_date = in_office.published_date
);
