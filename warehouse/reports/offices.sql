-- Grain: one office held by one person over one span of time; those held now first.
-- Limits: as far as loaded, dated articles say so: valid_from is the day of the first that
-- does, and the office may have begun before; valid_to is known only where one holder follows
-- another. The period keeps spans that overlap it. articles are those of the span that say so,
-- by their current versions; the sentence is that of the first. An office said without
-- country and organisation may be one of many of that name.
with role_in_period as (
    select
        dim_entity_role.role_id,
        dim_entity_role.role,
        dim_entity_role.country_code,
        dim_entity_role.organisation_id,
        dim_entity_role.valid_from,
        dim_entity_role.valid_to,
        dim_entity_role.is_current,
        dim_entity_role.evidence_article_id,
        coalesce(person.merged_into, person.entity_id) as person_id
    from dim_entity_role
    inner join dim_entity as person on dim_entity_role.entity_id = person.entity_id
    where
        dim_entity_role.valid_from <= coalesce(cast($until as date), dim_entity_role.valid_from)
        and (
            $since is null
            or dim_entity_role.valid_to is null
            or dim_entity_role.valid_to >= cast($since as date)
        )
        and (
            $country is null
            or dim_entity_role.country_code in (
                select country_code from country_codes($country)  -- noqa: RF03
            )
        )
        and (
            $person is null
            or coalesce(person.merged_into, person.entity_id) in (
                select entity_id from entity_ids($person)  -- noqa: RF03
            )
        )
),

statement as (
    select
        role_in_period.role_id,
        mention.article_id,
        mention.version,
        mention.in_title,
        mention.sentence_no,
        mention.start_char,
        mention.end_char,
        mention.confidence,
        article.source_id,
        article.published_date,
        article.story_id,
        article.duplicate_role,
        mention.article_id = role_in_period.evidence_article_id as is_first
    from role_in_period
    inner join fact_role_mention as mention
        on
            role_in_period.role = mention.role
            and role_in_period.country_code is not distinct from mention.country_code
            and role_in_period.organisation_id is not distinct from mention.organisation_id
    inner join dim_entity as person
        on
            mention.entity_id = person.entity_id
            and role_in_period.person_id = coalesce(person.merged_into, person.entity_id)
    inner join fact_article as article
        on
            mention.article_id = article.article_id
            and mention.version = article.version
            and article.is_current
    where
        article.published_date >= role_in_period.valid_from
        and article.published_date
        <= coalesce(role_in_period.valid_to, article.published_date)
),

counted as (
    select
        role_id,
        count(distinct article_id) as articles,
        count(distinct article_id) filter (where duplicate_role <> 'copy') as without_copies,
        count(distinct coalesce(story_id, article_id)) as stories,
        max(confidence) as confidence,
        arg_max(
            struct_pack(
                article_id := article_id,
                version := version,
                source_id := source_id,
                in_title := in_title,
                sentence_no := sentence_no,
                published_date := published_date
            ),
            (is_first, not in_title, confidence, -start_char, article_id)
        ) as place,
        evidence_list(
            article_id, version, in_title, start_char, end_char, published_date
        ) as evidence
    from statement
    group by role_id
),

told as (
    select
        role_in_period.role,
        dim_country.name_kk as country,
        organisation.name as organisation,
        person.name as person,
        person.name_ru,
        person.name_en,
        role_in_period.valid_from,
        role_in_period.valid_to,
        role_in_period.is_current,
        coalesce(counted.articles, 0) as articles,
        coalesce(counted.without_copies, 0) as without_copies,
        coalesce(counted.stories, 0) as stories,
        case
            when counted.place.in_title then fact_article.title
            else
                substring(
                    fact_article.text,
                    fact_sentence.start_char + 1,
                    fact_sentence.end_char - fact_sentence.start_char
                )
        end as sentence,
        dim_source.source_code as source,
        counted.confidence,
        coalesce(counted.evidence, []) as evidence,
        role_in_period.role_id
    from role_in_period
    inner join dim_entity as person on role_in_period.person_id = person.entity_id
    left join dim_country on role_in_period.country_code = dim_country.country_code
    left join dim_entity as named_organisation
        on role_in_period.organisation_id = named_organisation.entity_id
    left join dim_entity as organisation
        on
            coalesce(named_organisation.merged_into, named_organisation.entity_id)
            = organisation.entity_id
    left join counted on role_in_period.role_id = counted.role_id
    left join fact_article
        on
            counted.place.article_id = fact_article.article_id
            and counted.place.version = fact_article.version
    left join fact_sentence
        on
            counted.place.article_id = fact_sentence.article_id
            and counted.place.version = fact_sentence.version
            and counted.place.sentence_no = fact_sentence.sentence_no
    left join dim_source on counted.place.source_id = dim_source.source_id
)

select * exclude (role_id) from told
order by
    is_current desc,
    articles desc,
    valid_from desc,
    role asc,
    person asc,
    role_id asc
