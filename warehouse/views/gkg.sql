-- Grain: one article, its current version, in the columns of GDELT's GKG 2.1.
-- What no column of ours fills is null; docs/gdelt.md says what each holds.
-- noqa: disable=CP02
create or replace view gkg as
with article as (
    select
        fact_article.article_id,
        fact_article.version,
        fact_article.source_id,
        fact_article.arrived_at,
        fact_article.published_at,
        fact_article.published_date,
        fact_article.published_precision,
        fact_article.title,
        fact_article.author,
        fact_article.url,
        fact_article.word_count,
        coalesce(length(fact_article.title) + 1, 0) as text_offset
    from fact_article
    where fact_article.is_current
),

named as (
    select
        mention.article_id,
        mention.version,
        mention.entity_type,
        entity.entity_id,
        gdelt_field(entity.name) as name,
        mention.start_char
        + case when mention.in_title then 0 else article.text_offset end as char_offset
    from fact_mention as mention
    inner join article
        on mention.article_id = article.article_id and mention.version = article.version
    inner join dim_entity as merged on mention.entity_id = merged.entity_id
    inner join dim_entity as entity
        on coalesce(merged.merged_into, merged.entity_id) = entity.entity_id
    where
        mention.entity_type in (
            'person',
            'organisation',
            'gpe',
            'location',
            'facility',
            'event',
            'law',
            'project',
            'art',
            'product'
        )
),

named_list as (
    select
        article_id,
        version,
        string_agg(distinct name, ';' order by name asc) filter (
            where entity_type = 'person'
        ) as people,
        string_agg(name || ',' || char_offset, ';' order by char_offset asc, name asc) filter (
            where entity_type = 'person'
        ) as person_places,
        string_agg(distinct name, ';' order by name asc) filter (
            where entity_type = 'organisation'
        ) as organisations,
        string_agg(name || ',' || char_offset, ';' order by char_offset asc, name asc) filter (
            where entity_type = 'organisation'
        ) as organisation_places,
        string_agg(name || ',' || char_offset, ';' order by char_offset asc, name asc)
            as name_places
    from named
    group by article_id, version
),

place as (
    select
        dim_country.entity_id,
        concat_ws(
            '#',
            1,
            gdelt_field(dim_country.name_kk),
            coalesce(code.fips_code, ''),
            coalesce(code.fips_code, '')
        ) as place_before,
        concat_ws('#', '', '', coalesce(code.fips_code, '')) as place_after
    from dim_country
    left join gdelt_countries() as code on dim_country.country_code = code.country_code
    union all
    select
        dim_place.entity_id,
        concat_ws(
            '#',
            case
                when dim_place.kind = 'city' then if(dim_place.country_code = 'US', 3, 4)
                else if(dim_place.country_code = 'US', 2, 5)
            end,
            gdelt_field(dim_place.name),
            coalesce(code.fips_code, ''),
            ''
        ) as place_before,
        concat_ws(
            '#',
            coalesce(cast(dim_place.latitude as varchar), ''),
            coalesce(cast(dim_place.longitude as varchar), ''),
            ''
        ) as place_after
    from dim_place
    left join gdelt_countries() as code on dim_place.country_code = code.country_code
    where dim_place.kind in ('city', 'region')
),

place_list as (
    select
        named.article_id,
        named.version,
        string_agg(
            distinct place.place_before || '#' || place.place_after, ';'
            order by place.place_before || '#' || place.place_after asc
        ) as places,
        string_agg(
            concat_ws('#', place.place_before, '', place.place_after, named.char_offset), ';'
            order by named.char_offset asc, place.place_before asc
        ) as place_places
    from named
    inner join place on named.entity_id = place.entity_id
    where named.entity_type in ('gpe', 'location')
    group by named.article_id, named.version
),

theme_list as (
    select
        mention.article_id,
        mention.version,
        string_agg(
            dim_topic.topic_code
            || ','
            || (
                mention.start_char
                + case when mention.in_title then 0 else article.text_offset end
            ),
            ';'
            order by mention.in_title desc, mention.start_char asc, dim_topic.topic_code asc
        ) as theme_places
    from fact_topic_mention as mention
    inner join article
        on mention.article_id = article.article_id and mention.version = article.version
    inner join bridge_article_topic as bridge
        on
            mention.article_id = bridge.article_id
            and mention.version = bridge.version
            and mention.topic_id = bridge.topic_id
    inner join dim_topic on mention.topic_id = dim_topic.topic_id
    group by mention.article_id, mention.version
),

topic_list as (
    select
        bridge.article_id,
        bridge.version,
        string_agg(
            dim_topic.topic_code, ';'
            order by bridge.weight desc, dim_topic.topic_code asc
        ) as topic_codes
    from bridge_article_topic as bridge
    inner join dim_topic on bridge.topic_id = dim_topic.topic_id
    group by bridge.article_id, bridge.version
),

date_list as (
    select
        mention.article_id,
        mention.version,
        string_agg(
            concat_ws(
                ',',
                case mention.precision when 'day' then 3 when 'month' then 2 else 1 end,
                case when mention.precision = 'year' then 0 else month(mention.start_date) end,
                case when mention.precision = 'day' then day(mention.start_date) else 0 end,
                year(mention.start_date),
                mention.start_char
                + case when mention.in_title then 0 else article.text_offset end
            ),
            ';'
            order by mention.in_title desc, mention.start_char asc
        ) as date_places
    from fact_date_mention as mention
    inner join article
        on mention.article_id = article.article_id and mention.version = article.version
    where
        mention.basis = 'absolute'
        and mention.start_date is not null
        and mention.precision in ('day', 'month', 'year')
    group by mention.article_id, mention.version
),

quote_list as (
    select
        quote.article_id,
        quote.version,
        string_agg(
            concat_ws(
                '|',
                quote.start_char
                + case when quote.in_title then 0 else article.text_offset end,
                length(quote.text),
                coalesce(gdelt_field(quote.verb), ''),
                trim(regexp_replace(quote.text, '[#|\s]+', ' ', 'g'))
            ),
            '#'
            order by quote.in_title desc, quote.start_char asc, quote.quote_no asc
        ) as quote_places
    from fact_quote as quote
    inner join article
        on quote.article_id = article.article_id and quote.version = article.version
    where quote.quote_kind = 'direct'
    group by quote.article_id, quote.version
),

amount_list as (
    select
        amount.article_id,
        amount.version,
        string_agg(
            concat_ws(
                ',',
                regexp_replace(format('{:.6f}', amount.value), '\.?0+$', ''),
                gdelt_field(
                    coalesce(
                        amount.counted,
                        amount.currency_code,
                        dim_unit.name_en,
                        amount.unit_code,
                        ''
                    )
                ),
                amount.start_char
                + case when amount.in_title then 0 else article.text_offset end
            ),
            ';'
            order by amount.in_title desc, amount.start_char asc, amount.amount_no asc
        ) as amount_places
    from fact_amount as amount
    inner join article
        on amount.article_id = article.article_id and amount.version = article.version
    left join dim_unit on amount.unit_code = dim_unit.unit_code
    group by amount.article_id, amount.version
)

select
    strftime(article.arrived_at, '%Y%m%d%H%M%S')
    || '-'
    || (
        article.article_id
        + case when article.article_id < 0 then 18446744073709551616 else 0 end
    ) as GKGRECORDID,
    case
        when article.published_at is not null
            then cast(strftime(article.published_at, '%Y%m%d%H%M%S') as bigint)
        when article.published_precision = 'day'
            then cast(strftime(article.published_date, '%Y%m%d000000') as bigint)
    end as DATE,
    case when article.url is null then 2 else 1 end as SourceCollectionIdentifier,
    coalesce(
        regexp_extract(article.url, '^[a-z]+://(?:www\.)?([^/:?#]+)', 1), dim_source.name
    ) as SourceCommonName,
    coalesce(
        article.url,
        concat_ws(
            ', ', dim_source.name, article.title, cast(article.published_date as varchar)
        )
    ) as DocumentIdentifier,
    cast(null as varchar) as Counts,
    cast(null as varchar) as V2Counts,
    topic_list.topic_codes as Themes,
    theme_list.theme_places as V2Themes,
    place_list.places as Locations,
    place_list.place_places as V2Locations,
    named_list.people as Persons,
    named_list.person_places as V2Persons,
    named_list.organisations as Organizations,
    named_list.organisation_places as V2Organizations,
    cast(null as varchar) as V2Tone,
    date_list.date_places as Dates,
    'wc:' || article.word_count as GCAM,
    cast(null as varchar) as SharingImage,
    cast(null as varchar) as RelatedImages,
    cast(null as varchar) as SocialImageEmbeds,
    cast(null as varchar) as SocialVideoEmbeds,
    quote_list.quote_places as Quotations,
    named_list.name_places as AllNames,
    amount_list.amount_places as Amounts,
    cast(null as varchar) as TranslationInfo,
    nullif(
        concat(
            '<PAGE_AUTHORS>' || xml_text(article.author) || '</PAGE_AUTHORS>',
            '<PAGE_PRECISEPUBTIMESTAMP>'
            || strftime(article.published_at, '%Y%m%d%H%M%S')
            || '</PAGE_PRECISEPUBTIMESTAMP>',
            '<PAGE_TITLE>' || xml_text(article.title) || '</PAGE_TITLE>'
        ),
        ''
    ) as Extras
from article
inner join dim_source on article.source_id = dim_source.source_id
left join topic_list
    on article.article_id = topic_list.article_id and article.version = topic_list.version
left join theme_list
    on article.article_id = theme_list.article_id and article.version = theme_list.version
left join place_list
    on article.article_id = place_list.article_id and article.version = place_list.version
left join named_list
    on article.article_id = named_list.article_id and article.version = named_list.version
left join date_list
    on article.article_id = date_list.article_id and article.version = date_list.version
left join quote_list
    on article.article_id = quote_list.article_id and article.version = quote_list.version
left join amount_list
    on article.article_id = amount_list.article_id and article.version = amount_list.version;

comment on view gkg is
'Articles in the columns of GDELT''s Global Knowledge Graph 2.1, as far as they are filled: '
'docs/gdelt.md. Offsets count the title, one more, and the text. Grain: one article, its '
'current version.';
comment on column gkg.GKGRECORDID is
'When the article arrived (UTC, YYYYMMDDHHMMSS), a dash and article_id, as a number without '
'sign.';
comment on column gkg.DATE is
'When it was published, UTC, YYYYMMDDHHMMSS; midnight where only the day is known; null if '
'unknown.';
comment on column gkg.SourceCollectionIdentifier is
'1: DocumentIdentifier is an address; 2: it is a citation.';
comment on column gkg.SourceCommonName is 'Domain of the address, else the outlet''s name.';
comment on column gkg.DocumentIdentifier is 'The address, else outlet, title and date.';
comment on column gkg.Counts is 'Not filled: null.';
comment on column gkg.V2Counts is 'Not filled: null.';
comment on column gkg.Themes is
'Codes of topics (ours, not GDELT''s), the main one first, parted by semicolons.';
comment on column gkg.V2Themes is 'CODE,offset of each term that speaks for one of them.';
comment on column gkg.Locations is
'type#name#country#ADM1#lat#long#feature of countries and places; country in FIPS 10-4.';
comment on column gkg.V2Locations is
'type#name#country#ADM1#ADM2#lat#long#feature#offset of each mention.';
comment on column gkg.Persons is 'Names of people, in Kazakh.';
comment on column gkg.V2Persons is 'name,offset of each mention.';
comment on column gkg.Organizations is 'Names of organisations, in Kazakh.';
comment on column gkg.V2Organizations is 'name,offset of each mention.';
comment on column gkg.V2Tone is 'Not filled: null.';
comment on column gkg.Dates is
'precision,month,day,year,offset of dates that name their year; precision 1 year, 2 month, '
'3 day.';
comment on column gkg.GCAM is 'wc: and the number of words; nothing else.';
comment on column gkg.SharingImage is 'Not filled: null.';
comment on column gkg.RelatedImages is 'Not filled: null.';
comment on column gkg.SocialImageEmbeds is 'Not filled: null.';
comment on column gkg.SocialVideoEmbeds is 'Not filled: null.';
comment on column gkg.Quotations is 'offset|length|verb|quote of direct speech, parted by #.';
comment on column gkg.AllNames is 'name,offset of each name.';
comment on column gkg.Amounts is
'amount,object,offset of each amount; object is what is counted, else the currency or unit.';
comment on column gkg.TranslationInfo is 'Not filled: null.';
comment on column gkg.Extras is
'Author, time of publication and title as PAGE_AUTHORS, PAGE_PRECISEPUBTIMESTAMP and '
'PAGE_TITLE, XML.';
