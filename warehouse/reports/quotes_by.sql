-- Grain: one quotation of one speaker; the newest 500 of the period.
-- Limits: speakers that articles name, people and organisations, but no news outlets. The
-- same words of the same speaker are one row, however many articles bring them; words
-- retold otherwise are another. The topic is that of most of its terms inside the
-- quotation, else the main one of the article; a topic that is asked for is one of the
-- article and stands in the quotation or is the main one. The role is that of the article,
-- else the office held that day.
with quoted as (
    select *
    from quotes_counted($since, $until, $source, $country, $topic)
    where
        speaker_id is not null
        and (
            $person is null
            or speaker_id in (select wanted.entity_id from entity_ids($person) as wanted)
        )
),

mainly_of as (
    select
        article_id,
        version
    from bridge_article_topic
    where $topic is not null
    group by article_id, version
    having
        arg_max(topic_id, struct_pack(weight := weight, smallest := -topic_id)) in (
            select wanted.topic_id from topic_ids($topic) as wanted
        )
),

speaking_of as (
    -- Empty where no topic is asked for.
    select
        quoted.article_id,
        quoted.version,
        quoted.quote_no
    from fact_topic_mention as term
    inner join topic_ids($topic) as wanted on term.topic_id = wanted.topic_id
    inner join quoted
        on
            term.article_id = quoted.article_id
            and term.version = quoted.version
            and term.in_title = quoted.in_title
            and term.start_char >= quoted.start_char
            and term.end_char <= quoted.end_char
),

on_topic as (
    select *
    from quoted
    where
        $topic is null
        or (article_id, version) in (
            select (mainly_of.article_id, mainly_of.version) from mainly_of
        )
        or (article_id, version, quote_no) in (
            select (article_id, version, quote_no) from speaking_of
        )
),

worded as (
    select
        speaker_id,
        text_key,
        min(published_date) as first_date
    from on_topic
    group by speaker_id, text_key
),

last_listed as (
    -- Words are looked up only of what is at least as new as the 500th.
    select
        coalesce(first_date, date '0001-01-01') as day,
        speaker_id
    from worded
    order by day desc, speaker_id asc
    limit 1 offset 499
),

new_enough as (
    select worded.*
    from worded
    left join last_listed on true
    where
        last_listed.day is null
        or coalesce(worded.first_date, date '0001-01-01') > last_listed.day
        or (
            coalesce(worded.first_date, date '0001-01-01') = last_listed.day
            and worded.speaker_id <= last_listed.speaker_id
        )
),

told as (
    select
        on_topic.*,
        quote.text,
        new_enough.first_date
    from on_topic
    inner join new_enough
        on
            on_topic.speaker_id = new_enough.speaker_id
            and on_topic.text_key = new_enough.text_key
    inner join fact_quote as quote
        on
            on_topic.article_id = quote.article_id
            and on_topic.version = quote.version
            and on_topic.quote_no = quote.quote_no
),

newest as (
    select
        speaker_id,
        text
    from told
    group by speaker_id, text, first_date
    order by first_date desc nulls last, speaker_id asc, text asc
    limit 500
),

said as (
    select told.*
    from told
    semi join newest
        on
            told.speaker_id = newest.speaker_id
            and told.text = newest.text
),

counted as (
    select
        speaker_id,
        text,
        first_date,
        count(distinct article_id) as articles,
        count(distinct article_id) filter (where duplicate_role <> 'copy') as without_copies,
        count(distinct story) as stories,
        evidence_of_each(
            article_id, version, in_title, start_char, end_char, published_date
        ) as evidence
    from said
    group by speaker_id, text, first_date
),

first_said as (
    select distinct on (speaker_id, text) *
    from said
    order by
        speaker_id asc,
        text asc,
        published_date asc nulls last,
        duplicate_role = 'copy' asc,
        article_id asc,
        quote_no asc
),

held_office as (
    select
        first_said.speaker_id,
        first_said.published_date,
        arg_max(held.role, held.evidence_count) as office
    from first_said
    inner join offices_held() as held
        on
            first_said.speaker_id = held.holder_id
            and first_said.published_date >= held.valid_from
            and first_said.published_date <= held.valid_to
    group by first_said.speaker_id, first_said.published_date
),

main_topic as (
    select
        bridge.article_id,
        bridge.version,
        arg_max(
            bridge.topic_id, struct_pack(weight := bridge.weight, smallest := -bridge.topic_id)
        ) as topic_id
    from bridge_article_topic as bridge
    where
        (bridge.article_id, bridge.version) in (
            select (first_said.article_id, first_said.version) from first_said
        )
    group by bridge.article_id, bridge.version
),

counted_term as (
    select
        first_said.speaker_id,
        first_said.text,
        term.topic_id,
        count(*) as terms
    from first_said
    inner join fact_topic_mention as term
        on
            first_said.article_id = term.article_id
            and first_said.version = term.version
            and first_said.in_title = term.in_title
            and first_said.start_char <= term.start_char
            and first_said.end_char >= term.end_char
    group by first_said.speaker_id, first_said.text, term.topic_id
),

spoken_topic as (
    select
        speaker_id,
        text,
        arg_max(topic_id, struct_pack(terms := terms, smallest := -topic_id)) as topic_id
    from counted_term
    group by speaker_id, text
),

described as (
    select
        counted.first_date as published_date,
        first_said.speaker,
        coalesce(first_said.office, held_office.office) as role,
        dim_topic.name_kk as topic,
        counted.text as quote,
        first_said.quote_kind,
        dim_source.source_code as source,
        counted.articles,
        counted.without_copies,
        counted.stories,
        first_said.confidence,
        first_said.article_id,
        first_said.quote_no,
        counted.evidence
    from counted
    inner join first_said
        on
            counted.speaker_id = first_said.speaker_id
            and counted.text = first_said.text
    inner join dim_source on first_said.source_id = dim_source.source_id
    left join held_office
        on
            first_said.speaker_id = held_office.speaker_id
            and first_said.published_date = held_office.published_date
    left join spoken_topic
        on
            counted.speaker_id = spoken_topic.speaker_id
            and counted.text = spoken_topic.text
    left join main_topic
        on
            first_said.article_id = main_topic.article_id
            and first_said.version = main_topic.version
    left join dim_topic
        on coalesce(spoken_topic.topic_id, main_topic.topic_id) = dim_topic.topic_id
)

select * exclude (article_id, quote_no) from described
order by published_date desc nulls last, article_id asc, quote_no asc
