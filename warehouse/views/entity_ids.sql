-- Grain: one entity that is meant by a name, a spelling or an entity_id.
-- Letters' case does not matter; an entity that was merged gives the one that it became.
create or replace macro entity_ids(wanted) as table (
    with spelled as (
        select entity_id from dim_entity
        where
            wanted is not null
            and lower(trim(cast(wanted as varchar))) in (
                lower(name), lower(name_ru), lower(name_en), cast(entity_id as varchar)
            )
        union
        select entity_id from dim_entity_alias
        where wanted is not null and lower(alias) = lower(trim(cast(wanted as varchar)))
    )

    select distinct coalesce(dim_entity.merged_into, dim_entity.entity_id) as entity_id
    from spelled
    inner join dim_entity on spelled.entity_id = dim_entity.entity_id
);
