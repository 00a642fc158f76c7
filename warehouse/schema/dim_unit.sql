-- Grain: one unit of measure.
create table dim_unit (
    unit_code varchar not null,
    name_kk varchar not null,
    name_ru varchar,
    name_en varchar,
    kind varchar not null,
    currency_code varchar,
    base_unit_code varchar,
    factor double
);

comment on table dim_unit is
'Units and currencies of amounts, from seeds/units.csv. Grain: one unit.';
comment on column dim_unit.unit_code is 'Its UCUM code; the ISO 4217 code of a currency.';
comment on column dim_unit.name_kk is 'Its name in Kazakh.';
comment on column dim_unit.name_ru is 'Its name in Russian.';
comment on column dim_unit.name_en is 'Its name in English.';
comment on column dim_unit.kind is 'What it measures: kind of the amounts that it stands in.';
comment on column dim_unit.currency_code is
'Its ISO 4217 code where it is a currency; null otherwise.';
comment on column dim_unit.base_unit_code is
'The unit that it is told in: dim_unit.unit_code; null where there is none.';
comment on column dim_unit.factor is
'How many of the base unit one of it is; null where there is no base unit.';
