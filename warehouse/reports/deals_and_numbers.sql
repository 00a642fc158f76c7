-- Grain: one sum of money or percentage in one article, or one other number that articles
-- of a story give differently; conflicting ones first, then the newest; at most 200.
-- Limits: copies are left out, unless they depart from the number. partner: the countries other
-- than Kazakhstan (and places in them) that the sentence names; else the one that has at
-- least half of the article's country mentions. topic: that of the article with most words in
-- the sentence, else its main one. other_values: another article of the story, at most three
-- days apart, gives a value of the same kind, unit, counted noun, direction and partner that
-- differs by over 1%; looked for only where each of the two gives a single such value, and
-- not where one says over, under or about and the other agrees with it.
with amount as (
    select *
    from agg_amount
    where is_between(published_date, $since, $until)
),

single_value as (
    -- Only what articles of a story do not all give alike can conflict.
    select
        article_id,
        story_id,
        measure_key,
        any_value(version) as version,
        any_value(source_id) as source_id,
        any_value(duplicate_of) as duplicate_of,
        any_value(published_date) as published_date,
        min(value) as value,
        max(coalesce(value_max, value)) as value_max,
        min(amount_no) as amount_no,
        arg_min(approximation, amount_no) as approximation
    from amount
    where is_disputed
    group by article_id, story_id, measure_key
    having
        min(value) = max(value)
        and count(value_max) in (0, count(*))
        and min(value_max) is not distinct from max(value_max)
),

conflicting as (
    select
        one.article_id,
        one.measure_key,
        one.duplicate_of,
        other.article_id as other_id,
        other.version as other_version,
        other.amount_no as other_amount_no,
        other.source_id as other_source_id,
        other.published_date as other_date
    from single_value as one
    inner join single_value as other
        on
            one.story_id = other.story_id
            and one.measure_key = other.measure_key
            and one.article_id <> other.article_id
            and abs(date_diff('day', one.published_date, other.published_date)) <= 3
    where
        (
            one.value > other.value_max + 0.01 * abs(other.value_max)
            or other.value > one.value_max + 0.01 * abs(one.value_max)
        )
        and not (one.approximation = 'over' and other.value > one.value)
        and not (one.approximation = 'under' and other.value < one.value)
        and not (other.approximation = 'over' and one.value > other.value)
        and not (other.approximation = 'under' and one.value < other.value)
        and not (
            'about' in (one.approximation, other.approximation)
            and abs(one.value - other.value) <= 0.1 * greatest(abs(one.value), abs(other.value))
        )
),

conflict as (
    select
        article_id,
        measure_key,
        coalesce(bool_or(other_id = duplicate_of), false) as departs
    from conflicting
    group by article_id, measure_key
),

chosen as (
    select
        amount.*,
        conflict.departs is not null as is_conflicting
    from amount
    left join conflict
        on
            amount.article_id = conflict.article_id
            and amount.measure_key = conflict.measure_key
    where
        (conflict.departs is not null or amount.kind in ('money', 'percent'))
        and (conflict.departs or amount.duplicate_role <> 'copy')
        and (
            $source is null
            or amount.source_id in (
                select source_id from dim_source  -- noqa: RF03
                where source_code = $source
            )
        )
        and (
            $country is null
            or list_has_any(
                amount.partners,
                (select list(country_code) from country_codes($country))  -- noqa: RF03
            )
        )
),

candidate_row as (
    -- Topics are looked up for what is shown, unless one is asked for.
    select * from chosen
    order by
        is_conflicting desc,
        published_date desc nulls last,
        article_id asc,
        amount_no asc
    limit case when $topic is null then 200 end
),

candidate as (
    select
        candidate_row.*,
        coalesce(fact_amount.currency_code, fact_amount.unit_code) as unit,
        fact_amount.counted,
        fact_amount.direction,
        fact_amount.surface,
        fact_amount.sentence_no,
        fact_amount.in_title,
        fact_amount.start_char,
        fact_amount.end_char,
        fact_amount.confidence
    from candidate_row
    inner join fact_amount
        on
            candidate_row.article_id = fact_amount.article_id
            and candidate_row.version = fact_amount.version
            and candidate_row.amount_no = fact_amount.amount_no
),

candidate_sentence as (
    select distinct
        article_id,
        version,
        in_title,
        sentence_no
    from candidate
),

sentence_topic as (
    select
        mention.article_id,
        mention.version,
        mention.in_title,
        mention.sentence_no,
        mention.topic_id,
        bridge.weight,
        count(*) as mention_count
    from fact_topic_mention as mention
    inner join bridge_article_topic as bridge
        on
            mention.article_id = bridge.article_id
            and mention.version = bridge.version
            and mention.topic_id = bridge.topic_id
    inner join candidate_sentence
        on
            mention.article_id = candidate_sentence.article_id
            and mention.version = candidate_sentence.version
            and mention.in_title = candidate_sentence.in_title
            and mention.sentence_no is not distinct from candidate_sentence.sentence_no
    group by
        mention.article_id,
        mention.version,
        mention.in_title,
        mention.sentence_no,
        mention.topic_id,
        bridge.weight
),

sentence_main_topic as (
    select
        article_id,
        version,
        in_title,
        sentence_no,
        arg_max(topic_id, (mention_count, weight, topic_id)) as topic_id
    from sentence_topic
    group by article_id, version, in_title, sentence_no
),

article_main_topic as (
    select
        bridge.article_id,
        bridge.version,
        arg_max(bridge.topic_id, (bridge.weight, bridge.topic_id)) as topic_id
    from bridge_article_topic as bridge
    where
        (bridge.article_id, bridge.version) in (
            select (candidate.article_id, candidate.version) from candidate
        )
    group by bridge.article_id, bridge.version
),

newest as (
    select
        candidate.*,
        coalesce(sentence_main_topic.topic_id, article_main_topic.topic_id) as topic_id
    from candidate
    left join sentence_main_topic
        on
            candidate.article_id = sentence_main_topic.article_id
            and candidate.version = sentence_main_topic.version
            and candidate.in_title = sentence_main_topic.in_title
            and candidate.sentence_no is not distinct from sentence_main_topic.sentence_no
    left join article_main_topic
        on
            candidate.article_id = article_main_topic.article_id
            and candidate.version = article_main_topic.version
    where
        $topic is null
        or coalesce(sentence_main_topic.topic_id, article_main_topic.topic_id) in (
            select topic_id from topic_ids($topic)  -- noqa: RF03
        )
    order by
        candidate.is_conflicting desc,
        candidate.published_date desc nulls last,
        candidate.article_id asc,
        candidate.amount_no asc
    limit 200
),

newest_conflict as (
    select distinct
        article_id,
        measure_key
    from newest
    where is_conflicting
),

other_side as (
    select
        conflicting.article_id,
        conflicting.measure_key,
        string_agg(
            other.surface || ' (' || dim_source.source_code || ')', '; '
            order by conflicting.other_date asc, conflicting.other_id asc
        ) as other_values,
        list(
            struct_pack(
                published_date := conflicting.other_date,
                article_id := conflicting.other_id,
                version := conflicting.other_version,
                in_title := other.in_title,
                start_char := other.start_char,
                end_char := other.end_char
            )
            order by conflicting.other_date asc, conflicting.other_id asc
        ) as other_places
    from newest_conflict
    inner join conflicting
        on
            newest_conflict.article_id = conflicting.article_id
            and newest_conflict.measure_key = conflicting.measure_key
    inner join fact_amount as other
        on
            conflicting.other_id = other.article_id
            and conflicting.other_version = other.version
            and conflicting.other_amount_no = other.amount_no
    inner join dim_source on conflicting.other_source_id = dim_source.source_id
    group by conflicting.article_id, conflicting.measure_key
),

country_name as (
    select map_from_entries(list((country_code, name_kk))) as names
    from dim_country
),

told as (
    select
        newest.published_date,
        dim_source.source_code as source,
        nullif(
            list_aggregate(
                list_transform(newest.partners, lambda code: country_name.names[code]),
                'string_agg',
                ', '
            ),
            ''
        ) as country,
        dim_topic.name_kk as topic,
        newest.kind,
        newest.surface,
        case
            when newest.in_title then fact_article.title
            else
                substring(
                    fact_article.text,
                    fact_sentence.start_char + 1,
                    fact_sentence.end_char - fact_sentence.start_char
                )
        end as sentence,
        newest.value,
        newest.value_max,
        newest.unit,
        newest.counted,
        newest.direction,
        newest.approximation,
        newest.is_conflicting,
        other_side.other_values,
        newest.confidence,
        newest.article_id,
        list_concat(
            evidence_of(
                newest.article_id,
                newest.version,
                newest.in_title,
                newest.start_char,
                newest.end_char,
                newest.published_date
            ),
            coalesce(other_side.other_places, [])
        ) as evidence,
        newest.amount_no
    from newest
    cross join country_name
    inner join dim_source on newest.source_id = dim_source.source_id
    inner join fact_article
        on newest.article_id = fact_article.article_id and newest.version = fact_article.version
    left join fact_sentence
        on
            newest.article_id = fact_sentence.article_id
            and newest.version = fact_sentence.version
            and newest.sentence_no = fact_sentence.sentence_no
    left join dim_topic on newest.topic_id = dim_topic.topic_id
    left join other_side
        on
            newest.article_id = other_side.article_id
            and newest.measure_key = other_side.measure_key
)

select * exclude (amount_no) from told
order by
    is_conflicting desc, published_date desc nulls last, article_id asc, amount_no asc
