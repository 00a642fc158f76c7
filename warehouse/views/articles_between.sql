-- Grain: one article, its current version, of the period.
-- The period ends at the newest published_date where until_date is null. Articles
-- without a date cannot be placed in a period: they are there only where it has no start.
create or replace macro articles_between(since_date, until_date) as table (
    select article.*  -- noqa: AM04
    from fact_article as article
    where
        article.is_current
        and case
            when article.published_date is null then since_date is null  -- noqa: RF03
            else
                article.published_date
                >= coalesce(cast(since_date as date), article.published_date)  -- noqa: RF03
                and article.published_date
                <= coalesce(cast(until_date as date), article.published_date)  -- noqa: RF03
        end
);
