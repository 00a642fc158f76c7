-- Grain: one spelling of one entity.
create table dim_entity_alias (
    entity_id bigint not null,
    alias varchar not null,
    origin varchar not null
);

comment on table dim_entity_alias is
'Spellings and short names of entities. Grain: one spelling of one entity.';
comment on column dim_entity_alias.entity_id is 'dim_entity.entity_id';
comment on column dim_entity_alias.alias is 'The spelling, in the nominative.';
comment on column dim_entity_alias.origin is
'seed: from a reference table; learned: from articles, where a mention of the entity has it as '
'its normal_form.';
