-- Grain: one city, town, region or region of the world.
create table dim_place (
    place_id bigint not null,
    entity_id bigint not null,
    name varchar not null,
    name_ru varchar,
    kind varchar not null,
    country_code varchar,
    latitude double,
    longitude double,
    geonames_id bigint,
    is_capital boolean not null
);

comment on table dim_place is
'Places with their country and coordinates, from seeds/places.csv. Grain: one place.';
comment on column dim_place.place_id is 'Key of the place; the same as entity_id.';
comment on column dim_place.entity_id is 'The place as an entity: dim_entity.entity_id';
comment on column dim_place.name is 'Its name in Kazakh, in the nominative.';
comment on column dim_place.name_ru is 'Its name in Russian, where a reference table has it.';
comment on column dim_place.kind is 'What it is, such as city or region.';
comment on column dim_place.country_code is
'Its country: dim_country.country_code; null where it lies in several.';
comment on column dim_place.latitude is 'Degrees north; of a region, those of its centre.';
comment on column dim_place.longitude is 'Degrees east; of a region, those of its centre.';
comment on column dim_place.geonames_id is 'Its number in GeoNames.';
comment on column dim_place.is_capital is 'True for the capital of its country.';
