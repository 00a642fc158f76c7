-- Grain: one quotation in one article, its current version, with its speaker.
-- role is the office beside the quotation, or beside another one of the speaker's in the
-- article, else the first that the article gives the speaker, else the one held that day
-- by dim_entity_role. speaker_id and speaker are null where nobody is known by name.
-- What a news outlet reports in its own name is no quotation.
-- noqa: disable=RF03
create or replace macro quotes_told(
    since_date, until_date, wanted_source, wanted_country, wanted_topic
) as table (
    with article_asked as (
        select * from articles_about(
            since_date, until_date, wanted_source, wanted_country, null, wanted_topic
        )
    ),

    quoted as (
        select
            quote.article_id,
            quote.version,
            quote.quote_no,
            quote.quote_kind,
            quote.speaker_surface,
            quote.speaker_role,
            quote.text,
            quote.sentence_no,
            quote.in_title,
            quote.start_char,
            quote.end_char,
            quote.confidence,
            article.source_id,
            article.published_date,
            article.duplicate_role,
            coalesce(article.story_id, article.article_id) as story,
            speaker.named_id as speaker_id,
            speaker.name as speaker,
            speaker.entity_type as speaker_type
        from fact_quote as quote
        inner join article_asked as article
            on
                quote.article_id = article.article_id
                and quote.version = article.version
        left join entity_names() as speaker on quote.speaker_id = speaker.entity_id
        where
            quote.speaker_id is null
            or quote.speaker_id not in (select outlet.entity_id from news_outlets() as outlet)
    ),

    without_office as (
        select distinct
            article_id,
            version,
            speaker_id
        from quoted
        where speaker_role is null and speaker_id is not null
    ),

    office_beside as (
        select
            quote.article_id,
            quote.version,
            speaker.named_id as speaker_id,
            arg_min(quote.speaker_role, quote.quote_no) as office
        from fact_quote as quote
        inner join entity_names() as speaker on quote.speaker_id = speaker.entity_id
        inner join without_office
            on
                quote.article_id = without_office.article_id
                and quote.version = without_office.version
                and speaker.named_id = without_office.speaker_id
        where quote.speaker_role is not null
        group by quote.article_id, quote.version, speaker.named_id
    ),

    office_said as (
        select
            said.article_id,
            said.version,
            holder.named_id as speaker_id,
            arg_min(
                said.role,
                struct_pack(is_in_text := not said.in_title, start_char := said.start_char)
            ) as office
        from fact_role_mention as said
        inner join entity_names() as holder on said.entity_id = holder.entity_id
        inner join without_office
            on
                said.article_id = without_office.article_id
                and said.version = without_office.version
                and holder.named_id = without_office.speaker_id
        group by said.article_id, said.version, holder.named_id
    ),

    speaking_on as (
        select distinct
            speaker_id,
            published_date
        from quoted
        where
            speaker_role is null
            and speaker_id is not null
            and published_date is not null
    ),

    in_office as (
        select
            speaking_on.speaker_id,
            speaking_on.published_date,
            arg_max(held.role, held.evidence_count) as office
        from speaking_on
        inner join entity_names() as holder on speaking_on.speaker_id = holder.named_id
        inner join dim_entity_role as held
            on
                holder.entity_id = held.entity_id
                and speaking_on.published_date >= held.valid_from
                and speaking_on.published_date <= coalesce(held.valid_to, date '9999-12-31')
        group by speaking_on.speaker_id, speaking_on.published_date
    )

    select
        quoted.* exclude (speaker_role),
        coalesce(
            quoted.speaker_role, office_beside.office, office_said.office, in_office.office
        ) as role
    from quoted
    left join office_beside
        on
            quoted.article_id = office_beside.article_id
            and quoted.version = office_beside.version
            and quoted.speaker_id = office_beside.speaker_id
    left join office_said
        on
            quoted.article_id = office_said.article_id
            and quoted.version = office_said.version
            and quoted.speaker_id = office_said.speaker_id
    left join in_office
        on
            quoted.speaker_id = in_office.speaker_id
            and quoted.published_date = in_office.published_date
);
