-- Whether a publication day lies in a period. An article without a day lies only in one that
-- has no start.
create or replace macro is_between(day, since_date, until_date) as (
    (since_date is null and until_date is null)
    or case
        when day is null then since_date is null
        else
            day >= coalesce(cast(since_date as date), day)
            and day <= coalesce(cast(until_date as date), day)
    end
);
