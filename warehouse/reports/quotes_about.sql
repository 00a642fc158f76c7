-- Grain: one quotation in one outlet that names one person or country; the newest 500.
-- Limits: named_in tells whether the name stands in the quoted words or only in the
-- sentence that they begin in, there not as part of an office; speakers are not counted
-- as speaking of themselves. The same words of one outlet are one row. Countries are named
-- by name, adjective or people, not by their cities; he and she are nobody. With a person
-- and a country, quotations about either.
with wanted_subject as (
    select entity_id from entity_ids($person)
    union
    select country.entity_id
    from dim_country as country
    inner join country_codes($country) as wanted on country.country_code = wanted.country_code
),

subject as (
    select
        entity.entity_id,
        entity.named_id,
        entity.name,
        case when country.entity_id is null then 'person' else 'country' end as kind
    from entity_names() as entity
    left join dim_country as country on entity.named_id = country.entity_id
    where
        (entity.entity_type = 'person' or country.entity_id is not null)
        and (
            ($person is null and $country is null)
            or entity.named_id in (select wanted_subject.entity_id from wanted_subject)
        )
),

about as (
    select distinct
        named_id,
        name,
        kind
    from subject
),

speaker as (
    select
        entity_id,
        named_id,
        name,
        lower(name) as name_in_small,
        hash(name) as name_key
    from entity_names()
),

of_topic as (
    select article_id from bridge_article_topic
    where topic_id in (select wanted.topic_id from topic_ids($topic) as wanted)
),

part_of_held_office as (
    -- A name in the sentence that is part of the speaker's office names nobody.
    select
        mention.article_id,
        mention.quote_no,
        mention.mention_no
    from agg_quote_mention as mention
    inner join speaker on mention.speaker_id = speaker.entity_id
    inner join offices_held_on($since, $until) as held
        on
            speaker.named_id = held.speaker_id
            and mention.published_date = held.published_date
    where
        not mention.has_office
        and not mention.is_in_quote
        and is_between(mention.published_date, $since, $until)
        and contains(lower(held.office), mention.surface)
),

about_subject as (
    select
        mention.article_id,
        mention.quote_no,
        mention.source_id,
        mention.published_date,
        mention.is_in_quote,
        subject.named_id as subject_id,
        hash(
            coalesce(speaker.name_key, hash(mention.speaker_surface)), mention.text_key
        ) as words_key
    from agg_quote_mention as mention
    inner join subject on mention.entity_id = subject.entity_id
    left join speaker on mention.speaker_id = speaker.entity_id
    anti join part_of_held_office
        on
            mention.article_id = part_of_held_office.article_id
            and mention.quote_no = part_of_held_office.quote_no
            and mention.mention_no = part_of_held_office.mention_no
    where
        is_between(mention.published_date, $since, $until)
        and speaker.named_id is distinct from subject.named_id
        and (
            mention.is_in_quote
            or speaker.name_in_small is null
            or not contains(speaker.name_in_small, mention.surface)
        )
        and (
            mention.speaker_id is null
            or mention.speaker_id not in (select outlet.entity_id from news_outlets() as outlet)
        )
        and (
            $source is null
            or mention.source_id in (
                select dim_source.source_id from dim_source
                where dim_source.source_code = $source
            )
        )
        and (
            $topic is null
            or mention.article_id in (select of_topic.article_id from of_topic)
        )
),

worded as (
    select
        source_id,
        subject_id,
        words_key,
        min(published_date) as first_date
    from about_subject
    group by source_id, subject_id, words_key
),

last_listed as (
    -- Words are looked up only of what is as new as the 500th.
    select coalesce(first_date, date '0001-01-01') as day
    from worded
    order by day desc
    limit 1 offset 499
),

new_enough as (
    select worded.*
    from worded
    left join last_listed on true
    where
        last_listed.day is null
        or coalesce(worded.first_date, date '0001-01-01') >= last_listed.day
),

found as (
    select
        about_subject.*,
        new_enough.first_date
    from about_subject
    inner join new_enough
        on
            about_subject.source_id = new_enough.source_id
            and about_subject.subject_id = new_enough.subject_id
            and about_subject.words_key = new_enough.words_key
),

told as (
    select
        found.subject_id,
        about.name as about,
        about.kind,
        coalesce(speaker.name, quoted.speaker_surface) as said_by,
        speaker.named_id as speaker_id,
        found.is_in_quote,
        quoted.office,
        found.first_date,
        dim_source.source_id,
        dim_source.source_code as source,
        quote.text,
        quoted.article_id,
        quoted.version,
        quoted.published_date,
        quoted.story_id,
        quoted.duplicate_role,
        quoted.in_title,
        quoted.start_char,
        quoted.end_char,
        quoted.confidence
    from found
    inner join dim_source on found.source_id = dim_source.source_id
    inner join about on found.subject_id = about.named_id
    inner join agg_quote as quoted
        on
            found.article_id = quoted.article_id
            and found.quote_no = quoted.quote_no
    inner join fact_quote as quote
        on
            quoted.article_id = quote.article_id
            and quoted.version = quote.version
            and quoted.quote_no = quote.quote_no
    left join speaker on quoted.speaker_id = speaker.entity_id
),

held_office as (
    select
        told.speaker_id,
        told.published_date,
        arg_max(held.role, held.evidence_count) as office
    from (
        select distinct
            told.speaker_id,
            told.published_date
        from told
    ) as told
    inner join offices_held() as held
        on
            told.speaker_id = held.holder_id
            and told.published_date >= held.valid_from
            and told.published_date <= held.valid_to
    group by told.speaker_id, told.published_date
),

newest as (
    select
        told.first_date as published_date,
        told.source,
        told.about,
        told.kind as about_kind,
        case when bool_or(told.is_in_quote) then 'quote' else 'sentence' end as named_in,
        told.said_by as speaker,
        max(coalesce(told.office, held_office.office)) as role,
        told.text as quote,
        count(distinct told.article_id) as articles,
        count(distinct told.article_id) filter (
            where told.duplicate_role <> 'copy'
        ) as without_copies,
        count(distinct told.story_id) as stories,
        max(told.confidence) as confidence,
        evidence_list(
            told.article_id,
            told.version,
            told.in_title,
            told.start_char,
            told.end_char,
            told.published_date
        ) as evidence,
        told.source_id,
        told.subject_id
    from told
    left join held_office
        on
            told.speaker_id = held_office.speaker_id
            and told.published_date = held_office.published_date
    group by
        told.first_date,
        told.source,
        told.source_id,
        told.about,
        told.subject_id,
        told.kind,
        told.said_by,
        told.text
    order by
        told.first_date desc nulls last,
        told.source asc,
        told.about asc,
        told.said_by asc nulls last,
        told.text asc
    limit 500
),

counted_in_source as (
    select
        source_id,
        subject_id,
        count(*) as quotes_in_source
    from worded
    group by source_id, subject_id
),

described as (
    select
        newest.published_date,
        newest.source,
        newest.about,
        newest.about_kind,
        newest.named_in,
        newest.speaker,
        newest.role,
        newest.quote,
        newest.articles,
        newest.without_copies,
        newest.stories,
        counted_in_source.quotes_in_source,
        newest.confidence,
        newest.evidence
    from newest
    inner join counted_in_source
        on
            newest.source_id = counted_in_source.source_id
            and newest.subject_id = counted_in_source.subject_id
)

select * from described
order by published_date desc nulls last, source asc, about asc, speaker asc nulls last, quote asc
