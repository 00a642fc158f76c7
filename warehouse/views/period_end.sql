-- The last day of a period: until_date, else the newest published_date of all.
create or replace macro period_end(until_date) as coalesce(
    cast(until_date as date),
    (
        select max(published_date)
        from fact_article
        where is_current
    )
);
