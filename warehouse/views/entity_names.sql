-- Grain: one entity, with the name of the entity that it is.
-- named_id is the entity it was merged into, or itself.
create or replace macro entity_names() as table (
    select
        entity.entity_id,
        named.entity_id as named_id,
        named.entity_type,
        named.name,
        named.name_ru,
        named.name_en,
        named.country_code
    from dim_entity as entity
    inner join dim_entity as named
        on coalesce(entity.merged_into, entity.entity_id) = named.entity_id
);
