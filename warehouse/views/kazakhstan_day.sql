-- The day in Kazakhstan at a moment of UTC; all of it is at UTC+5 since 1 March 2024.
create or replace macro kazakhstan_day(moment) as cast(moment + interval 5 hour as date);
