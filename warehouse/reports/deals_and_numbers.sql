-- Grain: one sum of money or percentage in one article, or one other number that articles
-- of a story give differently; conflicting ones first, then the newest; at most 200.
-- Limits: copies are left out, unless they depart from the number. partner: the countries other
-- than Kazakhstan (and places in them) that the sentence names; else the one that has at
-- least half of the article's country mentions. topic: that of the article with most words in
-- the sentence, else its main one. other_values: another article of the story, at most three
-- days apart, gives a value of the same kind, unit, counted noun, direction and partner that
-- differs by over 1%; looked for only where each of the two gives a single such value, and
-- not where one says over, under or about and the other agrees with it.
with article_in_period as (
    select
        article_id,
        version,
        source_id,
        published_date,
        coalesce(story_id, article_id) as story_id,
        count(*) over (partition by coalesce(story_id, article_id)) > 1 as has_others,
        duplicate_role,
        duplicate_of
    from articles_between($since, $until)
),

amount as (
    select
        fact_amount.article_id,
        fact_amount.version,
        fact_amount.amount_no,
        fact_amount.value,
        fact_amount.value_max,
        fact_amount.kind,
        coalesce(fact_amount.currency_code, fact_amount.unit_code) as unit,
        fact_amount.approximation,
        fact_amount.direction,
        fact_amount.counted,
        fact_amount.surface,
        fact_amount.sentence_no,
        fact_amount.in_title,
        fact_amount.start_char,
        fact_amount.end_char,
        fact_amount.confidence,
        article_in_period.source_id,
        article_in_period.published_date,
        article_in_period.story_id,
        article_in_period.has_others,
        article_in_period.duplicate_role,
        article_in_period.duplicate_of
    from article_in_period
    inner join fact_amount
        on
            article_in_period.article_id = fact_amount.article_id
            and article_in_period.version = fact_amount.version
    where
        fact_amount.kind in ('money', 'percent')
        or (article_in_period.has_others and fact_amount.counted is not null)
),

amount_sentence as (
    select distinct
        article_id,
        version,
        in_title,
        sentence_no
    from amount
),

foreign_entity as (
    select
        entity_id,
        country_code
    from dim_country
    where country_code <> 'KZ'
    union
    select
        entity_id,
        country_code
    from dim_place
    where country_code <> 'KZ'
),

sentence_partner as (
    select
        mention.article_id,
        mention.version,
        mention.in_title,
        mention.sentence_no,
        list_sort(list(distinct foreign_entity.country_code)) as partners
    from fact_mention as mention
    inner join dim_entity on mention.entity_id = dim_entity.entity_id
    inner join foreign_entity
        on coalesce(dim_entity.merged_into, dim_entity.entity_id) = foreign_entity.entity_id
    inner join amount_sentence
        on
            mention.article_id = amount_sentence.article_id
            and mention.version = amount_sentence.version
            and mention.in_title = amount_sentence.in_title
            and mention.sentence_no is not distinct from amount_sentence.sentence_no
    group by mention.article_id, mention.version, mention.in_title, mention.sentence_no
),

article_partner as (
    select
        article_id,
        version,
        [arg_max(country_code, (weight, country_code))] as partners
    from bridge_article_country
    where country_code <> 'KZ' and weight >= 0.5
    group by article_id, version
),

described as (
    select
        amount.*,
        coalesce(sentence_partner.partners, article_partner.partners, []) as partners
    from amount
    left join sentence_partner
        on
            amount.article_id = sentence_partner.article_id
            and amount.version = sentence_partner.version
            and amount.in_title = sentence_partner.in_title
            and amount.sentence_no is not distinct from sentence_partner.sentence_no
    left join article_partner
        on
            amount.article_id = article_partner.article_id
            and amount.version = article_partner.version
),

differing as (
    -- Values that all articles of a story give alike need not be compared.
    select
        story_id,
        kind,
        unit,
        counted,
        direction
    from amount
    where has_others
    group by story_id, kind, unit, counted, direction
    having
        min(article_id) < max(article_id)
        and (
            min(value) < max(value)
            or min(coalesce(value_max, value)) < max(coalesce(value_max, value))
        )
),

single_value as (
    select
        described.article_id,
        described.version,
        described.story_id,
        described.kind,
        described.unit,
        described.counted,
        described.direction,
        described.partners,
        any_value(described.source_id) as source_id,
        any_value(described.published_date) as published_date,
        any_value(described.duplicate_of) as duplicate_of,
        min(described.value) as value,
        max(coalesce(described.value_max, described.value)) as value_max,
        min(described.amount_no) as amount_no
    from described
    inner join differing
        on
            described.story_id = differing.story_id
            and described.kind = differing.kind
            and described.unit is not distinct from differing.unit
            and described.counted is not distinct from differing.counted
            and described.direction is not distinct from differing.direction
    where described.has_others
    group by
        described.article_id,
        described.version,
        described.story_id,
        described.kind,
        described.unit,
        described.counted,
        described.direction,
        described.partners
    having
        min(described.value) = max(described.value)
        and count(described.value_max) in (0, count(*))
        and min(described.value_max) is not distinct from max(described.value_max)
),

compared as (
    select
        single_value.*,
        amount.approximation,
        amount.surface,
        amount.in_title,
        amount.start_char,
        amount.end_char
    from single_value
    inner join amount
        on
            single_value.article_id = amount.article_id
            and single_value.version = amount.version
            and single_value.amount_no = amount.amount_no
),

conflict as (
    select
        one.article_id,
        one.version,
        one.kind,
        one.unit,
        one.counted,
        one.direction,
        one.partners,
        coalesce(bool_or(other.article_id = one.duplicate_of), false) as departs,
        string_agg(
            other.surface || ' (' || dim_source.source_code || ')', '; '
            order by other.published_date asc, other.article_id asc
        ) as other_values,
        list(
            struct_pack(
                published_date := other.published_date,
                article_id := other.article_id,
                version := other.version,
                in_title := other.in_title,
                start_char := other.start_char,
                end_char := other.end_char
            )
            order by other.published_date asc, other.article_id asc
        ) as other_places
    from compared as one
    inner join compared as other
        on
            one.story_id = other.story_id
            and one.article_id <> other.article_id
            and one.kind = other.kind
            and one.unit is not distinct from other.unit
            and one.counted is not distinct from other.counted
            and one.direction is not distinct from other.direction
            and one.partners = other.partners
            and abs(date_diff('day', one.published_date, other.published_date)) <= 3
    inner join dim_source on other.source_id = dim_source.source_id
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
    group by
        one.article_id,
        one.version,
        one.kind,
        one.unit,
        one.counted,
        one.direction,
        one.partners
),

chosen as (
    select
        described.*,
        conflict.other_values,
        conflict.other_places
    from described
    left join conflict
        on
            described.article_id = conflict.article_id
            and described.version = conflict.version
            and described.kind = conflict.kind
            and described.unit is not distinct from conflict.unit
            and described.counted is not distinct from conflict.counted
            and described.direction is not distinct from conflict.direction
            and described.partners = conflict.partners
    where
        (conflict.other_values is not null or described.kind in ('money', 'percent'))
        and (conflict.departs or described.duplicate_role <> 'copy')
        and (
            $source is null
            or described.source_id in (
                select source_id from dim_source  -- noqa: RF03
                where source_code = $source
            )
        )
        and (
            $country is null
            or list_has_any(
                described.partners,
                (select list(country_code) from country_codes($country))  -- noqa: RF03
            )
        )
),

candidate as (
    -- Topics are looked up for what is shown, unless one is asked for.
    select * from chosen
    order by
        other_values is not null desc,
        published_date desc nulls last,
        article_id asc,
        amount_no asc
    limit case when $topic is null then 200 end
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
        candidate.other_values is not null desc,
        candidate.published_date desc nulls last,
        candidate.article_id asc,
        candidate.amount_no asc
    limit 200
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
        newest.value,
        newest.value_max,
        newest.unit,
        newest.counted,
        newest.direction,
        newest.approximation,
        newest.other_values is not null as is_conflicting,
        newest.other_values,
        case
            when newest.in_title then fact_article.title
            else
                substring(
                    fact_article.text,
                    fact_sentence.start_char + 1,
                    fact_sentence.end_char - fact_sentence.start_char
                )
        end as sentence,
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
            coalesce(newest.other_places, [])
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
)

select * exclude (amount_no) from told
order by
    is_conflicting desc, published_date desc nulls last, article_id asc, amount_no asc
