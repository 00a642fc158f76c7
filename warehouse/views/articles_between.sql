-- Grain: one article, its current version, of the period.
-- The period ends at the newest published_date where until_date is null. Articles
-- without a date cannot be placed in a period: they are there only where it has no start.
create or replace macro articles_between(since_date, until_date) as table (
    select article.*  -- noqa: AM04
    from fact_article as article
    where
        article.is_current
        and is_between(article.published_date, since_date, until_date)  -- noqa: RF03
);
