-- Grain: one office of one person over one span of time.
with said as (
    select
        dim_entity_role.role_id,
        evidence_list(
            mention.article_id,
            mention.version,
            mention.in_title,
            mention.start_char,
            mention.end_char,
            article.published_date
        ) as evidence
    from dim_entity_role
    inner join site_person on dim_entity_role.entity_id = site_person.person_id
    inner join site_person as spelled on site_person.person_id = spelled.person_id
    inner join fact_role_mention as mention
        on
            spelled.entity_id = mention.entity_id
            and dim_entity_role.role = mention.role
            and dim_entity_role.country_code is not distinct from mention.country_code
            and dim_entity_role.organisation_id is not distinct from mention.organisation_id
    inner join fact_article as article
        on mention.article_id = article.article_id and mention.version = article.version
    where
        site_person.entity_id = site_person.person_id
        and article.is_current
        and article.published_date >= dim_entity_role.valid_from
        and article.published_date <= coalesce(dim_entity_role.valid_to, article.published_date)
    group by dim_entity_role.role_id
)

select
    office.entity_id as person_id,
    office.role,
    office.country_code as country,
    organisation.name as organisation,
    office.valid_from,
    office.valid_to,
    said.evidence
from dim_entity_role as office
inner join site_person
    on
        office.entity_id = site_person.person_id
        and site_person.entity_id = site_person.person_id
left join dim_entity as organisation on office.organisation_id = organisation.entity_id
left join said on office.role_id = said.role_id
order by office.entity_id asc, office.valid_from desc, office.role asc, office.role_id asc
