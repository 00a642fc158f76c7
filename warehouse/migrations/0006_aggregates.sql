-- Narrow tables that reports count, filled from what is loaded.

create table agg_article (
    article_id bigint not null,
    version integer not null,
    source_id bigint not null,
    published_date date,
    published_precision varchar not null,
    story_id bigint not null,
    duplicate_role varchar not null,
    file_id bigint not null,
    mentions integer not null,
    unsure_mentions integer not null,
    quotes integer not null,
    unsure_quotes integer not null,
    amounts integer not null,
    unsure_amounts integer not null,
    date_mentions integer not null,
    unsure_date_mentions integer not null,
    topic_mentions integer not null,
    unsure_topic_mentions integer not null,
    event_statements integer not null,
    unsure_event_statements integer not null,
    documents integer not null,
    unsure_documents integer not null,
    role_mentions integer not null,
    unsure_role_mentions integer not null
);

create table agg_country (
    article_id bigint not null,
    version integer not null,
    country_code varchar not null,
    weight double not null,
    source_id bigint not null,
    published_date date,
    story_id bigint not null,
    duplicate_role varchar not null,
    in_title boolean,
    start_char integer,
    end_char integer
);

create table agg_amount (
    article_id bigint not null,
    version integer not null,
    amount_no integer not null,
    value double not null,
    value_max double,
    kind varchar not null,
    approximation varchar not null,
    partners varchar[] not null,
    measure_key bigint not null,
    is_disputed boolean not null,
    source_id bigint not null,
    published_date date,
    story_id bigint not null,
    duplicate_role varchar not null,
    duplicate_of bigint
);

create table agg_quote (
    article_id bigint not null,
    version integer not null,
    quote_no integer not null,
    source_id bigint not null,
    published_date date,
    story_id bigint not null,
    duplicate_role varchar not null,
    quote_kind varchar not null,
    speaker_id bigint,
    speaker_surface varchar,
    office varchar,
    text_key bigint not null,
    sentence_no integer,
    in_title boolean not null,
    start_char integer not null,
    end_char integer not null,
    confidence double not null
);

create table agg_quote_mention (
    article_id bigint not null,
    version integer not null,
    quote_no integer not null,
    mention_no integer not null,
    entity_id bigint not null,
    is_in_quote boolean not null,
    surface varchar not null,
    source_id bigint not null,
    published_date date,
    speaker_id bigint,
    speaker_surface varchar,
    has_office boolean not null,
    text_key bigint not null
);

create temporary table aggregated_article as
select
    article_id,
    version,
    source_id,
    published_date,
    published_precision,
    coalesce(story_id, article_id) as story_id,
    duplicate_role,
    duplicate_of,
    file_id
from fact_article
where is_current;

insert into agg_article by name
with row_read as (
    select
        mention.article_id,
        'mentions' as read,
        mention.confidence < 0.7 as is_unsure
    from fact_mention as mention
    semi join aggregated_article as article
        on mention.article_id = article.article_id and mention.version = article.version
    union all
    select
        fact_quote.article_id,
        'quotes' as read,
        fact_quote.confidence < 0.7 as is_unsure
    from fact_quote
    semi join aggregated_article as article
        on
            fact_quote.article_id = article.article_id
            and fact_quote.version = article.version
    union all
    select
        fact_amount.article_id,
        'amounts' as read,
        fact_amount.confidence < 0.7 as is_unsure
    from fact_amount
    semi join aggregated_article as article
        on
            fact_amount.article_id = article.article_id
            and fact_amount.version = article.version
    union all
    select
        fact_date_mention.article_id,
        'date_mentions' as read,
        fact_date_mention.confidence < 0.7 as is_unsure
    from fact_date_mention
    semi join aggregated_article as article
        on
            fact_date_mention.article_id = article.article_id
            and fact_date_mention.version = article.version
    union all
    select
        fact_topic_mention.article_id,
        'topic_mentions' as read,
        fact_topic_mention.confidence < 0.7 as is_unsure
    from fact_topic_mention
    semi join aggregated_article as article
        on
            fact_topic_mention.article_id = article.article_id
            and fact_topic_mention.version = article.version
    union all
    select
        fact_event_statement.article_id,
        'event_statements' as read,
        fact_event_statement.confidence < 0.7 as is_unsure
    from fact_event_statement
    semi join aggregated_article as article
        on
            fact_event_statement.article_id = article.article_id
            and fact_event_statement.version = article.version
    union all
    select
        fact_document.article_id,
        'documents' as read,
        fact_document.confidence < 0.7 as is_unsure
    from fact_document
    semi join aggregated_article as article
        on
            fact_document.article_id = article.article_id
            and fact_document.version = article.version
    union all
    select
        fact_role_mention.article_id,
        'role_mentions' as read,
        fact_role_mention.confidence < 0.7 as is_unsure
    from fact_role_mention
    semi join aggregated_article as article
        on
            fact_role_mention.article_id = article.article_id
            and fact_role_mention.version = article.version
),

counted as (
    select
        article_id,
        count(*) filter (where read = 'mentions') as mentions,
        count(*) filter (where read = 'mentions' and is_unsure) as unsure_mentions,
        count(*) filter (where read = 'quotes') as quotes,
        count(*) filter (where read = 'quotes' and is_unsure) as unsure_quotes,
        count(*) filter (where read = 'amounts') as amounts,
        count(*) filter (where read = 'amounts' and is_unsure) as unsure_amounts,
        count(*) filter (where read = 'date_mentions') as date_mentions,
        count(*) filter (where read = 'date_mentions' and is_unsure) as unsure_date_mentions,
        count(*) filter (where read = 'topic_mentions') as topic_mentions,
        count(*) filter (where read = 'topic_mentions' and is_unsure) as unsure_topic_mentions,
        count(*) filter (where read = 'event_statements') as event_statements,
        count(*) filter (where read = 'event_statements' and is_unsure) as unsure_event_statements,
        count(*) filter (where read = 'documents') as documents,
        count(*) filter (where read = 'documents' and is_unsure) as unsure_documents,
        count(*) filter (where read = 'role_mentions') as role_mentions,
        count(*) filter (where read = 'role_mentions' and is_unsure) as unsure_role_mentions
    from row_read
    group by article_id
)

select
    article.article_id,
    article.version,
    article.source_id,
    article.published_date,
    article.published_precision,
    article.story_id,
    article.duplicate_role,
    article.file_id,
    coalesce(counted.mentions, 0) as mentions,
    coalesce(counted.unsure_mentions, 0) as unsure_mentions,
    coalesce(counted.quotes, 0) as quotes,
    coalesce(counted.unsure_quotes, 0) as unsure_quotes,
    coalesce(counted.amounts, 0) as amounts,
    coalesce(counted.unsure_amounts, 0) as unsure_amounts,
    coalesce(counted.date_mentions, 0) as date_mentions,
    coalesce(counted.unsure_date_mentions, 0) as unsure_date_mentions,
    coalesce(counted.topic_mentions, 0) as topic_mentions,
    coalesce(counted.unsure_topic_mentions, 0) as unsure_topic_mentions,
    coalesce(counted.event_statements, 0) as event_statements,
    coalesce(counted.unsure_event_statements, 0) as unsure_event_statements,
    coalesce(counted.documents, 0) as documents,
    coalesce(counted.unsure_documents, 0) as unsure_documents,
    coalesce(counted.role_mentions, 0) as role_mentions,
    coalesce(counted.unsure_role_mentions, 0) as unsure_role_mentions
from aggregated_article as article
left join counted on article.article_id = counted.article_id
order by article.published_date, article.article_id;

insert into agg_country by name
with spelled as (
    select
        mention.article_id,
        dim_country.country_code,
        arg_min(
            struct_pack(
                in_title := mention.in_title,
                start_char := mention.start_char,
                end_char := mention.end_char
            ),
            mention.mention_no
        ) as place
    from aggregated_article as article
    inner join fact_mention as mention
        on article.article_id = mention.article_id and article.version = mention.version
    inner join dim_country on mention.entity_id = dim_country.entity_id
    group by mention.article_id, dim_country.country_code
)

select
    article.article_id,
    article.version,
    bridge.country_code,
    bridge.weight,
    article.source_id,
    article.published_date,
    article.story_id,
    article.duplicate_role,
    struct_extract(spelled.place, 'in_title') as in_title,
    struct_extract(spelled.place, 'start_char') as start_char,
    struct_extract(spelled.place, 'end_char') as end_char
from aggregated_article as article
inner join bridge_article_country as bridge
    on article.article_id = bridge.article_id and article.version = bridge.version
left join spelled
    on
        bridge.article_id = spelled.article_id
        and bridge.country_code = spelled.country_code
order by article.published_date, article.article_id, bridge.country_code;

insert into agg_amount by name
with amount as (
    select
        fact_amount.article_id,
        fact_amount.version,
        fact_amount.amount_no,
        fact_amount.value,
        fact_amount.value_max,
        fact_amount.kind,
        coalesce(fact_amount.currency_code, fact_amount.unit_code) as unit,
        fact_amount.approximation,
        fact_amount.direction,
        fact_amount.counted,
        fact_amount.sentence_no,
        fact_amount.in_title,
        article.source_id,
        article.published_date,
        article.story_id,
        article.duplicate_role,
        article.duplicate_of
    from aggregated_article as article
    inner join fact_amount
        on
            article.article_id = fact_amount.article_id
            and article.version = fact_amount.version
    where fact_amount.kind in ('money', 'percent') or fact_amount.counted is not null
),

amount_sentence as (
    select distinct
        article_id,
        version,
        in_title,
        sentence_no
    from amount
),

foreign_entity as (
    select
        entity_id,
        country_code
    from dim_country
    where country_code <> 'KZ'
    union
    select
        entity_id,
        country_code
    from dim_place
    where country_code <> 'KZ'
),

sentence_partner as (
    select
        mention.article_id,
        mention.in_title,
        mention.sentence_no,
        list_sort(list(distinct foreign_entity.country_code)) as partners
    from amount_sentence
    inner join fact_mention as mention
        on
            amount_sentence.article_id = mention.article_id
            and amount_sentence.version = mention.version
            and amount_sentence.in_title = mention.in_title
            and amount_sentence.sentence_no is not distinct from mention.sentence_no
    inner join dim_entity on mention.entity_id = dim_entity.entity_id
    inner join foreign_entity
        on coalesce(dim_entity.merged_into, dim_entity.entity_id) = foreign_entity.entity_id
    group by mention.article_id, mention.in_title, mention.sentence_no
),

article_partner as (
    select
        bridge.article_id,
        [arg_max(bridge.country_code, (bridge.weight, bridge.country_code))] as partners
    from aggregated_article as article
    inner join bridge_article_country as bridge
        on article.article_id = bridge.article_id and article.version = bridge.version
    where bridge.country_code <> 'KZ' and bridge.weight >= 0.5
    group by bridge.article_id
),

described as (
    select
        amount.*,
        coalesce(sentence_partner.partners, article_partner.partners, []::varchar[]) as partners
    from amount
    left join sentence_partner
        on
            amount.article_id = sentence_partner.article_id
            and amount.in_title = sentence_partner.in_title
            and amount.sentence_no is not distinct from sentence_partner.sentence_no
    left join article_partner on amount.article_id = article_partner.article_id
),

measured as (
    select
        *,
        (
            md5_number_lower(
                array_to_string(
                    [
                        kind,
                        coalesce(unit, '-'),
                        coalesce(counted, '-'),
                        coalesce(direction, '-'),
                        array_to_string(partners, ' ')
                    ],
                    chr(31)
                )
            ) >> 1
        )::bigint as measure_key
    from described
),

disputed as (
    select
        story_id,
        measure_key
    from measured
    group by story_id, measure_key
    having
        min(article_id) < max(article_id)
        and (
            min(value) < max(value)
            or min(coalesce(value_max, value)) < max(coalesce(value_max, value))
        )
)

select
    measured.article_id,
    measured.version,
    measured.amount_no,
    measured.value,
    measured.value_max,
    measured.kind,
    measured.approximation,
    measured.partners,
    measured.measure_key,
    disputed.story_id is not null as is_disputed,
    measured.source_id,
    measured.published_date,
    measured.story_id,
    measured.duplicate_role,
    measured.duplicate_of
from measured
left join disputed
    on
        measured.story_id = disputed.story_id
        and measured.measure_key = disputed.measure_key
order by measured.published_date, measured.article_id, measured.amount_no;

insert into agg_quote by name
with quoted as (
    select
        quote.*,
        coalesce(speaker.merged_into, speaker.entity_id) as named_id
    from aggregated_article as article
    inner join fact_quote as quote
        on article.article_id = quote.article_id and article.version = quote.version
    left join dim_entity as speaker on quote.speaker_id = speaker.entity_id
),

office_beside as (
    select
        article_id,
        named_id,
        arg_min(speaker_role, quote_no) as office
    from quoted
    where speaker_role is not null and named_id is not null
    group by article_id, named_id
),

office_said as (
    select
        said.article_id,
        coalesce(holder.merged_into, holder.entity_id) as named_id,
        arg_min(
            said.role,
            struct_pack(
                is_in_text := not said.in_title,
                start_char := said.start_char,
                role := said.role
            )
        ) as office
    from aggregated_article as article
    inner join fact_role_mention as said
        on article.article_id = said.article_id and article.version = said.version
    inner join dim_entity as holder on said.entity_id = holder.entity_id
    group by said.article_id, coalesce(holder.merged_into, holder.entity_id)
)

select
    article.article_id,
    article.version,
    quoted.quote_no,
    article.source_id,
    article.published_date,
    article.story_id,
    article.duplicate_role,
    quoted.quote_kind,
    quoted.speaker_id,
    quoted.speaker_surface,
    coalesce(quoted.speaker_role, office_beside.office, office_said.office) as office,
    (md5_number_lower(quoted.text) >> 1)::bigint as text_key,
    quoted.sentence_no,
    quoted.in_title,
    quoted.start_char,
    quoted.end_char,
    quoted.confidence
from aggregated_article as article
inner join quoted on article.article_id = quoted.article_id
left join office_beside
    on
        quoted.article_id = office_beside.article_id
        and quoted.named_id = office_beside.named_id
left join office_said
    on
        quoted.article_id = office_said.article_id
        and quoted.named_id = office_said.named_id
order by article.published_date, article.article_id, quoted.quote_no;

insert into agg_quote_mention by name
with quoted as (
    select quote.*
    from agg_quote as quote
    semi join aggregated_article as article on quote.article_id = article.article_id
),

met as (
    select
        quoted.*,
        mention.mention_no,
        mention.entity_id,
        lower(mention.surface) as surface,
        mention.start_char >= quoted.start_char
        and mention.end_char <= quoted.end_char as is_in_quote,
        mention.start_char as mention_start,
        mention.end_char as mention_end
    from quoted
    inner join fact_mention as mention
        on
            quoted.article_id = mention.article_id
            and quoted.version = mention.version
            and quoted.in_title = mention.in_title
    where
        mention.entity_id is not null
        and (
            (mention.start_char >= quoted.start_char and mention.end_char <= quoted.end_char)
            or (
                quoted.sentence_no = mention.sentence_no
                and not contains(
                    lower(coalesce(quoted.speaker_surface, '')), lower(mention.surface)
                )
                and not contains(lower(coalesce(quoted.office, '')), lower(mention.surface))
            )
        )
),

part_of_office as (
    select distinct
        met.article_id,
        met.mention_no
    from met
    inner join fact_role_mention as said
        on
            met.article_id = said.article_id
            and met.version = said.version
            and met.in_title = said.in_title
            and met.mention_start >= said.start_char
            and met.mention_end <= said.end_char
    where not met.is_in_quote
)

select
    met.article_id,
    met.version,
    met.quote_no,
    met.mention_no,
    met.entity_id,
    met.is_in_quote,
    met.surface,
    met.source_id,
    met.published_date,
    met.speaker_id,
    met.speaker_surface,
    met.office is not null as has_office,
    met.text_key
from met
anti join part_of_office
    on
        met.article_id = part_of_office.article_id
        and met.mention_no = part_of_office.mention_no
        and not met.is_in_quote
order by met.published_date, met.article_id, met.quote_no, met.mention_no;

drop table aggregated_article;
