-- Grain: one event, in the columns of GDELT's Event 2.0 table.
-- What no column of ours fills is null; docs/gdelt.md says what each holds.
-- noqa: disable=CP02
create or replace view events_gdelt as
with told as (
    select
        mention.event_id,
        sum(mention.statement_count) as mentions,
        count(distinct article.source_id) as sources
    from fact_event_mention as mention
    inner join fact_article as article
        on
            mention.article_id = article.article_id
            and mention.version = article.version
            and article.is_current
    group by mention.event_id
),

actor as (
    select
        bridge.event_id,
        entity.name,
        code.cameo_code,
        row_number() over (
            partition by bridge.event_id
            order by
                bridge.actor_role = 'initiator' desc,
                bridge.article_count desc,
                bridge.actor_role asc,
                bridge.entity_id asc
        ) as actor_no
    from bridge_event_actor as bridge
    inner join dim_entity as merged on bridge.entity_id = merged.entity_id
    inner join dim_entity as entity
        on coalesce(merged.merged_into, merged.entity_id) = entity.entity_id
    left join gdelt_countries() as code on bridge.country_code = code.country_code
)

select
    event.event_id as GLOBALEVENTID,
    case
        when event.event_precision = 'day'
            then cast(strftime(event.event_date, '%Y%m%d') as integer)
    end as SQLDATE,
    case
        when event.event_precision in ('day', 'month')
            then cast(strftime(event.event_date, '%Y%m') as integer)
    end as MonthYear,
    year(event.event_date) as Year,
    case
        when event.event_precision = 'day'
            then
                year(event.event_date)
                + (month(event.event_date) * 30 + day(event.event_date)) / 365
    end as FractionDate,
    actor1.cameo_code as Actor1Code,
    actor1.name as Actor1Name,
    actor1.cameo_code as Actor1CountryCode,
    cast(null as varchar) as Actor1KnownGroupCode,
    cast(null as varchar) as Actor1EthnicCode,
    cast(null as varchar) as Actor1Religion1Code,
    cast(null as varchar) as Actor1Religion2Code,
    cast(null as varchar) as Actor1Type1Code,
    cast(null as varchar) as Actor1Type2Code,
    cast(null as varchar) as Actor1Type3Code,
    actor2.cameo_code as Actor2Code,
    actor2.name as Actor2Name,
    actor2.cameo_code as Actor2CountryCode,
    cast(null as varchar) as Actor2KnownGroupCode,
    cast(null as varchar) as Actor2EthnicCode,
    cast(null as varchar) as Actor2Religion1Code,
    cast(null as varchar) as Actor2Religion2Code,
    cast(null as varchar) as Actor2Type1Code,
    cast(null as varchar) as Actor2Type2Code,
    cast(null as varchar) as Actor2Type3Code,
    cast(first_mention.in_title or first_mention.sentence_no = 1 as integer) as IsRootEvent,
    event_type.cameo_code as EventCode,
    left(event_type.cameo_code, 3) as EventBaseCode,
    left(event_type.cameo_code, 2) as EventRootCode,
    list_position(
        [
            'verbal_cooperation',
            'material_cooperation',
            'verbal_conflict',
            'material_conflict'
        ],
        event_type.quad_class
    ) as QuadClass,
    cast(null as double) as GoldsteinScale,
    cast(told.mentions as integer) as NumMentions,
    cast(told.sources as integer) as NumSources,
    event.article_count as NumArticles,
    cast(null as double) as AvgTone,
    cast(null as integer) as Actor1Geo_Type,
    cast(null as varchar) as Actor1Geo_FullName,
    cast(null as varchar) as Actor1Geo_CountryCode,
    cast(null as varchar) as Actor1Geo_ADM1Code,
    cast(null as varchar) as Actor1Geo_ADM2Code,
    cast(null as double) as Actor1Geo_Lat,
    cast(null as double) as Actor1Geo_Long,
    cast(null as varchar) as Actor1Geo_FeatureID,
    cast(null as integer) as Actor2Geo_Type,
    cast(null as varchar) as Actor2Geo_FullName,
    cast(null as varchar) as Actor2Geo_CountryCode,
    cast(null as varchar) as Actor2Geo_ADM1Code,
    cast(null as varchar) as Actor2Geo_ADM2Code,
    cast(null as double) as Actor2Geo_Lat,
    cast(null as double) as Actor2Geo_Long,
    cast(null as varchar) as Actor2Geo_FeatureID,
    case
        when dim_place.kind = 'city' then if(dim_place.country_code = 'US', 3, 4)
        when dim_place.kind = 'region' then if(dim_place.country_code = 'US', 2, 5)
    end as ActionGeo_Type,
    dim_place.name as ActionGeo_FullName,
    place_code.fips_code as ActionGeo_CountryCode,
    cast(null as varchar) as ActionGeo_ADM1Code,
    cast(null as varchar) as ActionGeo_ADM2Code,
    dim_place.latitude as ActionGeo_Lat,
    dim_place.longitude as ActionGeo_Long,
    cast(null as varchar) as ActionGeo_FeatureID,
    cast(strftime(article.arrived_at, '%Y%m%d%H%M%S') as bigint) as DATEADDED,
    article.url as SOURCEURL
from fact_event as event
left join dim_event_type as event_type on event.event_type = event_type.event_type
left join told on event.event_id = told.event_id
left join actor as actor1 on event.event_id = actor1.event_id and actor1.actor_no = 1
left join actor as actor2 on event.event_id = actor2.event_id and actor2.actor_no = 2
left join dim_place on event.place_id = dim_place.place_id
left join gdelt_countries() as place_code on dim_place.country_code = place_code.country_code
left join fact_article as article
    on event.first_article_id = article.article_id and article.is_current
left join fact_event_mention as first_mention
    on
        event.event_id = first_mention.event_id
        and article.article_id = first_mention.article_id
        and article.version = first_mention.version;

comment on view events_gdelt is
'Events in the columns of GDELT''s Event 2.0 table, as far as they are filled: '
'docs/gdelt.md. Grain: one event.';
comment on column events_gdelt.GLOBALEVENTID is 'Key of the event: fact_event.event_id';
comment on column events_gdelt.SQLDATE is 'The day, YYYYMMDD; null unless it is known to the day.';
comment on column events_gdelt.MonthYear is 'YYYYMM; null where only the year is known.';
comment on column events_gdelt.Year is 'The year; null if unknown.';
comment on column events_gdelt.FractionDate is
'Year and (month * 30 + day) / 365; null unless the day is known.';
comment on column events_gdelt.Actor1Code is
'The country acted for, in CAMEO: no further classes are known.';
comment on column events_gdelt.Actor1Name is
'The initiator named by most articles, else the first actor, in Kazakh.';
comment on column events_gdelt.Actor1CountryCode is 'The country acted for, in CAMEO.';
comment on column events_gdelt.Actor1KnownGroupCode is 'Not filled: null.';
comment on column events_gdelt.Actor1EthnicCode is 'Not filled: null.';
comment on column events_gdelt.Actor1Religion1Code is 'Not filled: null.';
comment on column events_gdelt.Actor1Religion2Code is 'Not filled: null.';
comment on column events_gdelt.Actor1Type1Code is 'Not filled: null.';
comment on column events_gdelt.Actor1Type2Code is 'Not filled: null.';
comment on column events_gdelt.Actor1Type3Code is 'Not filled: null.';
comment on column events_gdelt.Actor2Code is
'The country acted for, in CAMEO: no further classes are known.';
comment on column events_gdelt.Actor2Name is 'The next actor, in Kazakh.';
comment on column events_gdelt.Actor2CountryCode is 'The country acted for, in CAMEO.';
comment on column events_gdelt.Actor2KnownGroupCode is 'Not filled: null.';
comment on column events_gdelt.Actor2EthnicCode is 'Not filled: null.';
comment on column events_gdelt.Actor2Religion1Code is 'Not filled: null.';
comment on column events_gdelt.Actor2Religion2Code is 'Not filled: null.';
comment on column events_gdelt.Actor2Type1Code is 'Not filled: null.';
comment on column events_gdelt.Actor2Type2Code is 'Not filled: null.';
comment on column events_gdelt.Actor2Type3Code is 'Not filled: null.';
comment on column events_gdelt.IsRootEvent is
'1 where its first article tells it in the title or the first sentence, else 0.';
comment on column events_gdelt.EventCode is 'The type''s CAMEO code; null where CAMEO has none.';
comment on column events_gdelt.EventBaseCode is 'Its first three digits.';
comment on column events_gdelt.EventRootCode is 'Its first two digits.';
comment on column events_gdelt.QuadClass is
'1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.';
comment on column events_gdelt.GoldsteinScale is 'Not filled: null.';
comment on column events_gdelt.NumMentions is 'Statements of it in all articles.';
comment on column events_gdelt.NumSources is 'Outlets that tell it.';
comment on column events_gdelt.NumArticles is 'Articles that tell it.';
comment on column events_gdelt.AvgTone is 'Not filled: null.';
comment on column events_gdelt.Actor1Geo_Type is 'Not filled: null.';
comment on column events_gdelt.Actor1Geo_FullName is 'Not filled: null.';
comment on column events_gdelt.Actor1Geo_CountryCode is 'Not filled: null.';
comment on column events_gdelt.Actor1Geo_ADM1Code is 'Not filled: null.';
comment on column events_gdelt.Actor1Geo_ADM2Code is 'Not filled: null.';
comment on column events_gdelt.Actor1Geo_Lat is 'Not filled: null.';
comment on column events_gdelt.Actor1Geo_Long is 'Not filled: null.';
comment on column events_gdelt.Actor1Geo_FeatureID is 'Not filled: null.';
comment on column events_gdelt.Actor2Geo_Type is 'Not filled: null.';
comment on column events_gdelt.Actor2Geo_FullName is 'Not filled: null.';
comment on column events_gdelt.Actor2Geo_CountryCode is 'Not filled: null.';
comment on column events_gdelt.Actor2Geo_ADM1Code is 'Not filled: null.';
comment on column events_gdelt.Actor2Geo_ADM2Code is 'Not filled: null.';
comment on column events_gdelt.Actor2Geo_Lat is 'Not filled: null.';
comment on column events_gdelt.Actor2Geo_Long is 'Not filled: null.';
comment on column events_gdelt.Actor2Geo_FeatureID is 'Not filled: null.';
comment on column events_gdelt.ActionGeo_Type is
'2 or 3 state or city in the United States, 4 city, 5 region elsewhere.';
comment on column events_gdelt.ActionGeo_FullName is 'Where, in Kazakh.';
comment on column events_gdelt.ActionGeo_CountryCode is 'Its country, FIPS 10-4.';
comment on column events_gdelt.ActionGeo_ADM1Code is 'Not filled: null.';
comment on column events_gdelt.ActionGeo_ADM2Code is 'Not filled: null.';
comment on column events_gdelt.ActionGeo_Lat is 'Degrees north.';
comment on column events_gdelt.ActionGeo_Long is 'Degrees east.';
comment on column events_gdelt.ActionGeo_FeatureID is 'Not filled: null.';
comment on column events_gdelt.DATEADDED is 'When its first article arrived, UTC, YYYYMMDDHHMMSS.';
comment on column events_gdelt.SOURCEURL is 'The address of its first article.';
