-- Grain: one country that is meant by a code or by a name in Kazakh, Russian or English.
create or replace macro country_codes(wanted) as table (
    select country_code
    from dim_country
    where
        lower(trim(cast(wanted as varchar))) in (
            lower(country_code), lower(name_kk), lower(name_ru), lower(name_en)
        )
);
