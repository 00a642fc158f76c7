-- Grain: one silence: an outlet that stopped, a gap in its days, or a topic that it leaves out.
-- Limits: known are only articles that were loaded: a silence may be one of the loading.
-- stopped and gap: of outlets with at least five days of articles in the period, spells of
-- three days or more that are also longer than twice the nine-tenths quantile of the outlet's
-- own spells between days with articles (usual_days is their median); dates known only to the
-- month or year do not count. expected is how many articles the outlet would have had at its
-- mean pace; articles, without_copies and stories are those of the outlet in the period.
-- left_out: topics that at least two other outlets have and of which the outlet would have had
-- three articles or more, had it written of them as often as the others did, but has none;
-- articles, without_copies and stories are those of the others. Parts of a topic that is left
-- out as a whole are not listed.
with article_in_period as (
    select
        article_id,
        version,
        source_id,
        published_date,
        published_precision in ('minute', 'day') as has_day,
        coalesce(story_id, article_id) as story_id,
        duplicate_role
    from articles_between($since, $until)
),

outlet as (
    select
        source_id,
        count(*) as articles,
        count(*) filter (where duplicate_role <> 'copy') as without_copies,
        count(distinct story_id) as stories,
        count(*) filter (where has_day)
        / (
            date_diff(
                'day',
                min(published_date) filter (where has_day),
                max(published_date) filter (where has_day)
            )
            + 1
        ) as articles_a_day
    from article_in_period
    group by source_id
),

day_with_articles as (
    select distinct
        source_id,
        published_date,
        period_end($until) as end_date
    from article_in_period
    where has_day
),

spell as (
    select
        source_id,
        published_date as last_date,
        end_date,
        lead(published_date) over (
            partition by source_id
            order by published_date asc
        ) as next_date
    from day_with_articles
),

rhythm as (
    select
        source_id,
        median(date_diff('day', last_date, next_date)) as usual_days,
        greatest(
            2 * quantile_cont(date_diff('day', last_date, next_date), 0.9), 3
        ) as longest_usual
    from spell
    group by source_id
    having count(*) >= 5
),

broken_spell as (
    select
        case when spell.next_date is null then 'stopped' else 'gap' end as kind,
        spell.source_id,
        spell.last_date,
        spell.next_date,
        spell.last_date + 1 as from_date,
        coalesce(spell.next_date - 1, spell.end_date) as to_date,
        rhythm.usual_days
    from spell
    inner join rhythm on spell.source_id = rhythm.source_id
    where
        date_diff('day', spell.last_date, coalesce(spell.next_date, spell.end_date + 1))
        > rhythm.longest_usual
),

quiet as (
    select
        broken_spell.kind,
        broken_spell.source_id,
        null as topic_id,
        broken_spell.from_date,
        broken_spell.to_date,
        date_diff('day', broken_spell.from_date, broken_spell.to_date) + 1 as days,
        broken_spell.usual_days,
        any_value(outlet.articles_a_day) as articles_a_day,
        any_value(outlet.articles) as articles,
        any_value(outlet.without_copies) as without_copies,
        any_value(outlet.stories) as stories,
        evidence_of_each(
            article.article_id, article.version, null, null, null, article.published_date
        ) as evidence
    from broken_spell
    inner join outlet on broken_spell.source_id = outlet.source_id
    inner join article_in_period as article
        on
            broken_spell.source_id = article.source_id
            and article.has_day
            and article.published_date in (broken_spell.last_date, broken_spell.next_date)
    group by
        broken_spell.kind,
        broken_spell.source_id,
        broken_spell.from_date,
        broken_spell.to_date,
        broken_spell.usual_days
),

topic_of_article as (
    select distinct
        bridge.article_id,
        bridge.version,
        unnest([bridge.topic_id, dim_topic.parent_id]) as topic_id
    from bridge_article_topic as bridge
    inner join dim_topic on bridge.topic_id = dim_topic.topic_id
),

covered as (
    select
        article.*,
        topic_of_article.topic_id
    from article_in_period as article
    inner join topic_of_article
        on
            article.article_id = topic_of_article.article_id
            and article.version = topic_of_article.version
    where topic_of_article.topic_id is not null
),

topic_by_outlet as (
    select
        source_id,
        topic_id,
        count(*) filter (where duplicate_role <> 'copy') as without_copies
    from covered
    group by source_id, topic_id
),

topic_total as (
    select
        topic_id,
        count(distinct source_id) as outlets,
        sum(without_copies) as without_copies
    from topic_by_outlet
    group by topic_id
),

all_outlets as (
    select sum(without_copies) as without_copies
    from outlet
),

left_out as (
    select
        outlet.source_id,
        topic_total.topic_id,
        outlet.without_copies * topic_total.without_copies
        / (all_outlets.without_copies - outlet.without_copies) as expected
    from outlet
    cross join topic_total
    cross join all_outlets
    left join topic_by_outlet
        on
            outlet.source_id = topic_by_outlet.source_id
            and topic_total.topic_id = topic_by_outlet.topic_id
    where
        topic_by_outlet.source_id is null
        and topic_total.outlets >= 2
        and outlet.without_copies * topic_total.without_copies
        >= 3 * (all_outlets.without_copies - outlet.without_copies)
),

wholly_left_out as (
    select left_out.*
    from left_out
    inner join dim_topic on left_out.topic_id = dim_topic.topic_id
    left join left_out as whole
        on
            left_out.source_id = whole.source_id
            and dim_topic.parent_id = whole.topic_id
    where whole.source_id is null
),

topic_coverage as (
    select
        topic_id,
        min(published_date) as from_date,
        max(published_date) as to_date,
        count(*) as articles,
        count(*) filter (where duplicate_role <> 'copy') as without_copies,
        count(distinct story_id) as stories,
        evidence_of_each(article_id, version, null, null, null, published_date) as evidence
    from covered
    where topic_id in (select wholly_left_out.topic_id from wholly_left_out)
    group by topic_id
),

silence as (
    select
        kind,
        source_id,
        topic_id,
        from_date,
        to_date,
        days,
        usual_days,
        round(days * articles_a_day, 1) as expected,
        articles,
        without_copies,
        stories,
        evidence
    from quiet
    union all by name
    select
        'left_out' as kind,
        wholly_left_out.source_id,
        wholly_left_out.topic_id,
        topic_coverage.from_date,
        topic_coverage.to_date,
        round(wholly_left_out.expected, 1) as expected,
        topic_coverage.articles,
        topic_coverage.without_copies,
        topic_coverage.stories,
        topic_coverage.evidence
    from wholly_left_out
    inner join topic_coverage on wholly_left_out.topic_id = topic_coverage.topic_id
),

named as (
    select
        silence.kind,
        dim_source.source_code as source,
        dim_source.name,
        dim_topic.name_kk as topic,
        silence.from_date,
        silence.to_date,
        silence.days,
        silence.usual_days,
        silence.expected,
        silence.articles,
        silence.without_copies,
        silence.stories,
        silence.evidence
    from silence
    inner join dim_source on silence.source_id = dim_source.source_id
    left join dim_topic on silence.topic_id = dim_topic.topic_id
    where
        dim_source.source_code <> 'unknown'
        and ($source is null or dim_source.source_code = $source)
        and (
            $topic is null
            or silence.topic_id in (select topic_id from topic_ids($topic))  -- noqa: RF03
        )
)

select * from named
order by
    list_position(['stopped', 'left_out', 'gap'], kind) asc,
    expected desc,
    from_date desc,
    source asc,
    topic asc
