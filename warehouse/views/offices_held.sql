-- Grain: one office held by one person over one span of time, under the name that the person
-- has now; valid_to is far ahead where the span has no end.
create or replace macro offices_held() as table (
    select
        coalesce(person.merged_into, person.entity_id) as holder_id,
        held.role,
        held.valid_from,
        coalesce(held.valid_to, date '9999-12-31') as valid_to,
        held.evidence_count
    from dim_entity_role as held
    inner join dim_entity as person on held.entity_id = person.entity_id
);
