-- Grain: one country that current versions name; those named in most articles first.
with named as (
    select
        bridge.country_code,
        bridge.mention_count,
        article.article_id,
        article.version,
        article.published_date,
        article.duplicate_role
    from bridge_article_country as bridge
    inner join fact_article as article
        on bridge.article_id = article.article_id and bridge.version = article.version
    where article.is_current
)

select
    dim_country.country_code as country,
    any_value(dim_country.entity_id) as page_id,
    count(*) as articles,
    count(*) filter (where named.duplicate_role <> 'copy') as without_copies,
    sum(named.mention_count)::bigint as mentions,
    min(named.published_date) as first_date,
    max(named.published_date) as last_date,
    evidence_list(
        named.article_id, named.version, null, null, null, named.published_date
    ) as evidence
from named
inner join dim_country on named.country_code = dim_country.country_code
group by dim_country.country_code
order by articles desc, mentions desc, country asc
