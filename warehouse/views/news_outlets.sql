-- Grain: one organisation that is a news outlet of dim_source, by its name.
-- Datelines and «деп хабарлайды» name outlets that took no part in what they tell.
create or replace macro news_outlets() as table (
    with outlet_name as (
        select lower(unnest([name, name_kk])) as name
        from dim_source
        where kind in ('agency', 'newspaper', 'portal', 'broadcaster')
    )

    select distinct entity.entity_id
    from dim_entity as entity
    inner join outlet_name on lower(entity.name) = outlet_name.name
    where entity.entity_type = 'organisation'
);
