-- Grain: one quotation in one outlet that names one person or country; the newest 500.
-- Limits: named_in tells whether the name stands in the quoted words or only in the
-- sentence that they begin in, there not as part of an office; speakers are not counted
-- as speaking of themselves. The same words of one outlet are one row. Countries are named
-- by name, adjective or people, not by their cities; he and she are nobody. With a person
-- and a country, quotations about either.
with quoted as (
    select
        *,
        coalesce(speaker, speaker_surface) as said_by
    from quotes_told($since, $until, $source, null, $topic)
),

wanted_subject as (
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

named as (
    select
        mention.article_id,
        mention.version,
        mention.mention_no,
        mention.in_title,
        mention.sentence_no,
        mention.start_char,
        mention.end_char,
        mention.surface,
        subject.named_id as subject_id,
        subject.name as about,
        subject.kind
    from fact_mention as mention
    inner join subject on mention.entity_id = subject.entity_id
),

part_of_office as (
    select
        named.article_id,
        named.version,
        named.mention_no
    from named
    inner join fact_role_mention as office
        on
            named.article_id = office.article_id
            and named.version = office.version
            and named.in_title = office.in_title
            and named.start_char >= office.start_char
            and named.end_char <= office.end_char
),

about_subject as (
    select
        quoted.*,
        named.subject_id,
        named.about,
        named.kind,
        named.start_char >= quoted.start_char
        and named.end_char <= quoted.end_char as is_in_quote
    from quoted
    inner join named
        on
            quoted.article_id = named.article_id
            and quoted.version = named.version
            and quoted.in_title = named.in_title
    where
        quoted.speaker_id is distinct from named.subject_id
        and (
            (named.start_char >= quoted.start_char and named.end_char <= quoted.end_char)
            or (
                quoted.sentence_no = named.sentence_no
                and not contains(lower(coalesce(quoted.said_by, '')), lower(named.surface))
                and not contains(lower(coalesce(quoted.speaker_surface, '')), lower(named.surface))
                and not contains(lower(coalesce(quoted.role, '')), lower(named.surface))
                and (named.article_id, named.version, named.mention_no) not in (
                    select (article_id, version, mention_no) from part_of_office
                )
            )
        )
),

worded as (
    select
        source_id,
        subject_id,
        said_by,
        text,
        any_value(about) as about,
        any_value(kind) as kind,
        min(published_date) as first_date
    from about_subject
    group by source_id, subject_id, said_by, text
),

newest as (
    select
        worded.*,
        dim_source.source_code as source
    from worded
    inner join dim_source on worded.source_id = dim_source.source_id
    order by
        worded.first_date desc nulls last,
        source asc,
        worded.about asc,
        worded.said_by asc nulls last,
        worded.text asc
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
        newest.first_date as published_date,
        newest.source,
        newest.about,
        newest.kind as about_kind,
        case when bool_or(found.is_in_quote) then 'quote' else 'sentence' end as named_in,
        newest.said_by as speaker,
        max(found.role) as role,
        newest.text as quote,
        count(distinct found.article_id) as articles,
        count(distinct found.article_id) filter (
            where found.duplicate_role <> 'copy'
        ) as without_copies,
        count(distinct found.story) as stories,
        counted_in_source.quotes_in_source,
        max(found.confidence) as confidence,
        evidence_list(
            found.article_id,
            found.version,
            found.in_title,
            found.start_char,
            found.end_char,
            found.published_date
        ) as evidence
    from newest
    inner join counted_in_source
        on
            newest.source_id = counted_in_source.source_id
            and newest.subject_id = counted_in_source.subject_id
    inner join about_subject as found
        on
            newest.source_id = found.source_id
            and newest.subject_id = found.subject_id
            and newest.text = found.text
            and newest.said_by is not distinct from found.said_by
    group by
        newest.first_date,
        newest.source,
        newest.about,
        newest.kind,
        newest.said_by,
        newest.text,
        newest.subject_id,
        counted_in_source.quotes_in_source
)

select * from described
order by published_date desc nulls last, source asc, about asc, speaker asc nulls last, quote asc
