-- Grain: one kind of speaker.
-- Limits: the kind is read from the office that the article gives, else from the one held
-- that day, else from the body's name or a common noun for the speaker (speaker_kind has
-- the words). People to whom nothing of this applies are unknown.
-- share_percent is of all quotations that are not in copies, the unknown among them.
-- What a news outlet reports in its own name is no quotation.
with called as (
    -- Quotations that are called alike, by all that the kind is read from.
    select
        quoted.*,
        coalesce(
            quoted.office,
            in_office.office,
            case when quoted.speaker_type = 'organisation' then quoted.speaker end,
            case
                when
                    quoted.speaker_id is null
                    or regexp_matches(quoted.speaker_surface, '^\p{Ll}')
                    then quoted.speaker_surface
            end,
            ''
        ) as words
    from quotes_counted($since, $until, $source, $country, $topic) as quoted
    -- Held offices matter only where the article gives none.
    left join offices_held_on($since, $until) as in_office
        on
            case when quoted.office is null then quoted.speaker_id end = in_office.speaker_id
            and quoted.published_date = in_office.published_date
),

kind as (
    -- A bit each, so that an article's or a story's kinds are one number.
    select
        kind,
        1::bigint << (row_number() over (order by kind)) as bit
    from speaker_kinds()
),

kind_of_words as (
    select
        words,
        speaker_kind(lower(words)) as kind
    from called
    group by words
),

kind_of_call as (
    select
        kind_of_words.words,
        kind.kind,
        kind.bit
    from kind_of_words
    inner join kind on kind_of_words.kind = kind.kind
),

quoted_by_kind as (
    select
        called.article_id,
        called.version,
        called.in_title,
        called.start_char,
        called.end_char,
        called.published_date,
        called.story,
        called.speaker_id,
        called.duplicate_role = 'copy' as is_copy,
        called.quote_kind,
        kind_of_call.kind,
        kind_of_call.bit
    from called
    inner join kind_of_call on called.words = kind_of_call.words
),

counted_quotes as (
    select
        kind,
        count(*) as quotes,
        count(*) filter (where not is_copy) as quotes_without_copies,
        count(*) filter (where quote_kind = 'direct') as direct,
        count(*) filter (where quote_kind = 'indirect') as indirect,
        count(*) filter (where quote_kind = 'answer') as answers
    from quoted_by_kind
    group by kind
),

in_article as (
    select
        article_id,
        max(story) as story,
        max(is_copy) as is_copy,
        bit_or(bit) as kinds
    from quoted_by_kind
    group by article_id
),

in_story as (
    select
        story,
        bit_or(kinds) as kinds
    from in_article
    group by story
),

in_kinds as (
    select
        kinds,
        count(*) as articles,
        count(*) filter (where not is_copy) as without_copies,
        0 as stories
    from in_article
    group by kinds
    union all by name
    select
        kinds,
        0 as articles,
        0 as without_copies,
        count(*) as stories
    from in_story
    group by kinds
),

counted_articles as (
    select
        kind.kind,
        sum(in_kinds.articles)::bigint as articles,
        sum(in_kinds.without_copies)::bigint as without_copies,
        sum(in_kinds.stories)::bigint as stories
    from in_kinds
    inner join kind on in_kinds.kinds & kind.bit > 0
    group by kind.kind
),

listed as (
    select
        kind,
        count(distinct speaker_id) as speakers,
        evidence_of_each(
            article_id, version, in_title, start_char, end_char, published_date
        ) as evidence
    from quoted_by_kind
    group by kind
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
        counted_articles.articles,
        counted_articles.without_copies,
        counted_articles.stories,
        listed.evidence
    from counted_quotes as counted
    inner join counted_articles on counted.kind = counted_articles.kind
    inner join listed on counted.kind = listed.kind
    inner join speaker_kinds() as kinds on counted.kind = kinds.kind
)

select * from described
order by speaker_kind = 'unknown' asc, quotes_without_copies desc, speaker_kind asc
