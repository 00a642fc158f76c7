-- Grain: one person and one week.
select
    site_person.person_id,
    cast(date_trunc('week', article.published_date) as date) as week,
    count(distinct article.article_id) as articles
from fact_mention as mention
inner join site_person on mention.entity_id = site_person.entity_id
inner join fact_article as article
    on mention.article_id = article.article_id and mention.version = article.version
where article.is_current and article.published_date is not null
group by all
order by site_person.person_id asc, week asc
