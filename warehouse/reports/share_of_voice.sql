-- Grain: one kind of speaker.
-- Limits: the kind is read from the office that the article gives, else from the one held
-- that day, else from the body's name or a common noun for the speaker (speaker_kind has
-- the words). People to whom nothing of this applies are unknown.
-- share_percent is of all quotations that are not in copies, the unknown among them.
-- What a news outlet reports in its own name is no quotation.
with quoted as (
    select
        *,
        lower(
            coalesce(
                role,
                case when speaker_type = 'organisation' then speaker end,
                case
                    when speaker_id is null or regexp_matches(speaker_surface, '^\p{Ll}')
                        then speaker_surface
                end,
                ''
            )
        ) as words
    from quotes_told($since, $until, $source, $country, $topic)
),

kind_of_words as (
    select
        words,
        speaker_kind(words) as kind
    from quoted
    group by words
),

in_article as (
    select
        kind_of_words.kind,
        quoted.article_id,
        any_value(quoted.story) as story,
        any_value(quoted.duplicate_role) as duplicate_role,
        count(*) as quotes,
        count(*) filter (where quoted.quote_kind = 'direct') as direct,
        count(*) filter (where quoted.quote_kind = 'indirect') as indirect,
        count(*) filter (where quoted.quote_kind = 'answer') as answers
    from quoted
    inner join kind_of_words on quoted.words = kind_of_words.words
    group by kind_of_words.kind, quoted.article_id
),

counted as (
    select
        kind,
        sum(quotes)::bigint as quotes,
        coalesce(sum(quotes) filter (where duplicate_role <> 'copy'), 0)::bigint
            as quotes_without_copies,
        sum(direct)::bigint as direct,
        sum(indirect)::bigint as indirect,
        sum(answers)::bigint as answers,
        count(*) as articles,
        count(*) filter (where duplicate_role <> 'copy') as without_copies,
        count(distinct story) as stories
    from in_article
    group by kind
),

listed as (
    select
        kind_of_words.kind,
        count(distinct quoted.speaker_id) as speakers,
        evidence_of_each(
            quoted.article_id,
            quoted.version,
            quoted.in_title,
            quoted.start_char,
            quoted.end_char,
            quoted.published_date
        ) as evidence
    from quoted
    inner join kind_of_words on quoted.words = kind_of_words.words
    group by kind_of_words.kind
),

described as (
    select
        counted.kind as speaker_kind,
        kinds.name_kk as name,
        counted.quotes,
        counted.quotes_without_copies,
        round(
            100.0 * counted.quotes_without_copies
            / nullif(sum(counted.quotes_without_copies) over (), 0),
            1
        ) as share_percent,
        counted.direct,
        counted.indirect,
        counted.answers,
        listed.speakers,
        counted.articles,
        counted.without_copies,
        counted.stories,
        listed.evidence
    from counted
    inner join listed on counted.kind = listed.kind
    inner join speaker_kinds() as kinds on counted.kind = kinds.kind
)

select * from described
order by speaker_kind = 'unknown' asc, quotes_without_copies desc, speaker_kind asc
