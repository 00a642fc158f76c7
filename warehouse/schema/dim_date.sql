-- Grain: one day.
create table dim_date (
    date_id integer not null,
    full_date date not null,
    year integer not null,
    quarter integer not null,
    month integer not null,
    day integer not null,
    iso_year integer not null,
    iso_week integer not null,
    week_start date not null,
    weekday integer not null,
    is_weekend boolean not null,
    month_name_kk varchar not null,
    weekday_name_kk varchar not null,
    is_holiday boolean not null,
    holiday_name_kk varchar
);

comment on table dim_date is 'Calendar with the holidays of Kazakhstan. Grain: one day.';
comment on column dim_date.date_id is 'The day as yyyymmdd.';
comment on column dim_date.full_date is 'The day; joins to published_date.';
comment on column dim_date.year is 'Year.';
comment on column dim_date.quarter is 'Quarter, 1 to 4.';
comment on column dim_date.month is 'Month, 1 to 12.';
comment on column dim_date.day is 'Day of the month.';
comment on column dim_date.iso_year is 'Year of the ISO 8601 week.';
comment on column dim_date.iso_week is 'ISO 8601 week, 1 to 53.';
comment on column dim_date.week_start is 'Monday of the week.';
comment on column dim_date.weekday is 'ISO day of the week: 1 Monday to 7 Sunday.';
comment on column dim_date.is_weekend is 'Saturday or Sunday.';
comment on column dim_date.month_name_kk is 'The month in Kazakh.';
comment on column dim_date.weekday_name_kk is 'The day of the week in Kazakh.';
comment on column dim_date.is_holiday is
'A public holiday or a day off moved for one in Kazakhstan.';
comment on column dim_date.holiday_name_kk is 'The holiday in Kazakh.';
