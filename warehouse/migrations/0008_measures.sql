-- Measures over time, filled from what is loaded; restatements and incidents begin empty.
create table article_measure (
    article_id bigint not null,
    version integer not null,
    is_current boolean not null,
    source_id bigint not null,
    measured_date date,
    arrived_date date not null,
    language varchar not null,
    is_copy boolean not null,
    is_undated boolean not null,
    word_count integer not null,
    mentions integer not null,
    quotes integer not null,
    amounts integer not null,
    events integer not null,
    evidence_rows integer not null,
    doubtful_rows integer not null
);

create table fact_measure (
    measure varchar not null,
    source_id bigint not null,
    measured_date date not null,
    value double not null,
    sample_count bigint not null,
    load_id varchar
);

create table fact_restatement (
    measure varchar not null,
    source_id bigint not null,
    measured_date date not null,
    value_before double not null,
    value_after double,
    cause varchar not null,
    load_id varchar,
    restated_at timestamp not null
);

create table dim_incident (
    incident_id bigint not null,
    from_date date not null,
    to_date date not null,
    source_id bigint,
    measure varchar,
    reason varchar not null
);

insert into article_measure by name
with read_row as (
    select
        'mentions' as kind,
        article_id,
        version,
        confidence
    from fact_mention
    where entity_id is not null
    union all
    select
        'other' as kind,
        article_id,
        version,
        confidence
    from fact_mention
    where entity_id is null
    union all
    select
        'quotes' as kind,
        article_id,
        version,
        confidence
    from fact_quote
    union all
    select
        'amounts' as kind,
        article_id,
        version,
        confidence
    from fact_amount
    union all
    select
        'events' as kind,
        article_id,
        version,
        confidence
    from fact_event_statement
    union all
    select
        'other' as kind,
        article_id,
        version,
        confidence
    from fact_date_mention
    union all
    select
        'other' as kind,
        article_id,
        version,
        confidence
    from fact_topic_mention
    union all
    select
        'other' as kind,
        article_id,
        version,
        confidence
    from fact_document
    union all
    select
        'other' as kind,
        article_id,
        version,
        confidence
    from fact_role_mention
),

counted as (
    select
        article_id,
        version,
        count(*) filter (where kind = 'mentions') as mentions,
        count(*) filter (where kind = 'quotes') as quotes,
        count(*) filter (where kind = 'amounts') as amounts,
        count(*) filter (where kind = 'events') as events,
        count(*) as evidence_rows,
        count(*) filter (where confidence < 0.7) as doubtful_rows
    from read_row
    group by article_id, version
)

select
    fact_article.article_id,
    fact_article.version,
    fact_article.is_current,
    fact_article.source_id,
    case
        when fact_article.published_precision in ('minute', 'day')
            then fact_article.published_date
    end as measured_date,
    cast(fact_article.arrived_at + interval 5 hour as date) as arrived_date,
    fact_article.language,
    fact_article.duplicate_role = 'copy' as is_copy,
    fact_article.published_date is null as is_undated,
    fact_article.word_count,
    coalesce(counted.mentions, 0) as mentions,
    coalesce(counted.quotes, 0) as quotes,
    coalesce(counted.amounts, 0) as amounts,
    coalesce(counted.events, 0) as events,
    coalesce(counted.evidence_rows, 0) as evidence_rows,
    coalesce(counted.doubtful_rows, 0) as doubtful_rows
from fact_article
left join counted
    on
        fact_article.article_id = counted.article_id
        and fact_article.version = counted.version
order by fact_article.article_id, fact_article.version;

insert into fact_measure by name
with definition (measure, family, numerator, denominator) as (
    values
    ('articles', 'published', 'articles', null),
    ('without_copies', 'published', 'without_copies', null),
    ('mentions', 'published', 'mentions', null),
    ('quotes', 'published', 'quotes', null),
    ('amounts', 'published', 'amounts', null),
    ('events', 'published', 'events', null),
    ('mentions_an_article', 'published', 'kk_mentions', 'kk_articles'),
    ('quotes_an_article', 'published', 'kk_quotes', 'kk_articles'),
    ('amounts_an_article', 'published', 'kk_amounts', 'kk_articles'),
    ('events_an_article', 'published', 'kk_events', 'kk_articles'),
    ('low_confidence_share', 'published', 'doubtful_rows', 'evidence_rows'),
    ('arrived_files', 'arrived', 'files', null),
    ('arrived_records', 'arrived', 'records', null),
    ('arrived_rejects', 'arrived', 'rejects', null),
    ('arrived_reject_share', 'arrived', 'rejects', 'tried'),
    ('arrived_articles', 'arrived', 'articles', null),
    ('arrived_undated_share', 'arrived', 'undated', 'articles'),
    ('arrived_kazakh_share', 'arrived', 'kk_articles', 'articles'),
    ('arrived_russian_share', 'arrived', 'ru_articles', 'articles'),
    ('arrived_copy_share', 'arrived', 'copies', 'current_articles'),
    ('arrived_low_confidence_share', 'arrived', 'doubtful_rows', 'evidence_rows'),
    ('arrived_words_an_article', 'arrived', 'words', 'articles')
),

contribution as (
    select
        'published' as family,
        *
    from article_measure
    where is_current and measured_date is not null
    union all
    select
        'arrived' as family,
        * replace (arrived_date as measured_date, is_copy and is_current as is_copy)
    from article_measure
),

article_sum as (
    select
        family,
        measured_date,
        coalesce(source_id, 0) as source_id,
        count(*) as articles,
        count(*) filter (where not is_copy) as without_copies,
        count(*) filter (where is_copy) as copies,
        count(*) filter (where is_current) as current_articles,
        count(*) filter (where is_undated) as undated,
        count(*) filter (where language = 'kk') as kk_articles,
        count(*) filter (where language = 'ru') as ru_articles,
        cast(sum(word_count) as bigint) as words,
        cast(sum(mentions) as bigint) as mentions,
        cast(sum(quotes) as bigint) as quotes,
        cast(sum(amounts) as bigint) as amounts,
        cast(sum(events) as bigint) as events,
        cast(coalesce(sum(mentions) filter (where language = 'kk'), 0) as bigint) as kk_mentions,
        cast(coalesce(sum(quotes) filter (where language = 'kk'), 0) as bigint) as kk_quotes,
        cast(coalesce(sum(amounts) filter (where language = 'kk'), 0) as bigint) as kk_amounts,
        cast(coalesce(sum(events) filter (where language = 'kk'), 0) as bigint) as kk_events,
        cast(sum(evidence_rows) as bigint) as evidence_rows,
        cast(sum(doubtful_rows) as bigint) as doubtful_rows
    from contribution
    group by grouping sets ((family, measured_date, source_id), (family, measured_date))
),

refused as (
    select
        file_id,
        count(distinct coalesce(record_no, 0)) as rejects,
        max(cast(record_no is null as integer)) as whole_files
    from fact_rejection
    group by file_id
),

file_sum as (
    select
        'arrived' as family,
        cast(fact_file.seen_at + interval 5 hour as date) as measured_date,
        0 as source_id,
        count(*) as files,
        cast(sum(fact_file.record_count) as bigint) as records,
        cast(coalesce(sum(refused.rejects), 0) as bigint) as rejects,
        cast(sum(fact_file.record_count + coalesce(refused.whole_files, 0)) as bigint) as tried
    from fact_file
    left join refused on fact_file.file_id = refused.file_id
    group by measured_date
),

amount as (
    select * from (
        unpivot article_sum
        on columns(* exclude (family, measured_date, source_id))
        into name code value amount
    )
    union all
    select * from (
        unpivot file_sum
        on columns(* exclude (family, measured_date, source_id))
        into name code value amount
    )
)

select
    definition.measure,
    numerator.source_id,
    numerator.measured_date,
    numerator.amount / coalesce(denominator.amount, 1) as value,
    coalesce(denominator.amount, numerator.amount) as sample_count
from definition
inner join amount as numerator
    on
        definition.family = numerator.family
        and definition.numerator = numerator.code
left join amount as denominator
    on
        definition.denominator = denominator.code
        and numerator.family = denominator.family
        and numerator.source_id = denominator.source_id
        and numerator.measured_date = denominator.measured_date
where definition.denominator is null or denominator.amount > 0
order by numerator.measured_date, definition.measure, numerator.source_id;
