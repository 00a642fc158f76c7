-- The last day of the period: the newest published_date where until_date is null.
create or replace macro period_end(until_date) as coalesce(
    cast(until_date as date),
    (select max(published_date) filter (where is_current) from fact_article)
);
