-- Frozen: the schema of version 8. Never changed again.

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
insert into agg_amount values
    (-90071992547409000, 1, 2, 3.25, 4.25, 'қойма ''5''', 'қойма ''6''', ['қойма ''7'''], -90071992547409008, true, -90071992547409010, date '2025-11-12', -90071992547409012, 'қойма ''13''', -90071992547409014),
    (-90071992547409020, 21, 22, 23.25, null, 'қойма ''25''', 'қойма ''26''', ['қойма ''27'''], -90071992547409028, true, -90071992547409030, null, -90071992547409032, 'қойма ''33''', null);

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
insert into agg_article values
    (-90071992547409000, 1, -90071992547409002, date '2025-11-04', 'қойма ''4''', -90071992547409005, 'қойма ''6''', -90071992547409007, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23),
    (-90071992547409020, 21, -90071992547409022, null, 'қойма ''24''', -90071992547409025, 'қойма ''26''', -90071992547409027, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43);

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
insert into agg_country values
    (-90071992547409000, 1, 'қойма ''2''', 3.25, -90071992547409004, date '2025-11-06', -90071992547409006, 'қойма ''7''', true, 9, 10),
    (-90071992547409020, 21, 'қойма ''22''', 23.25, -90071992547409024, null, -90071992547409026, 'қойма ''27''', null, null, null);

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
insert into agg_quote values
    (-90071992547409000, 1, 2, -90071992547409003, date '2025-11-05', -90071992547409005, 'қойма ''6''', 'қойма ''7''', -90071992547409008, 'қойма ''9''', 'қойма ''10''', -90071992547409011, 12, true, 14, 15, 16.25),
    (-90071992547409020, 21, 22, -90071992547409023, null, -90071992547409025, 'қойма ''26''', 'қойма ''27''', null, null, null, -90071992547409031, null, true, 34, 35, 36.25);

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
insert into agg_quote_mention values
    (-90071992547409000, 1, 2, 3, -90071992547409004, true, 'қойма ''6''', -90071992547409007, date '2025-11-09', -90071992547409009, 'қойма ''10''', true, -90071992547409012),
    (-90071992547409020, 21, 22, 23, -90071992547409024, true, 'қойма ''26''', -90071992547409027, null, null, null, true, -90071992547409032);

create table article_bucket (
    article_id bigint not null,
    version integer not null,
    bucket_key bigint not null
);
insert into article_bucket values
    (-90071992547409000, 1, -90071992547409002),
    (-90071992547409020, 21, -90071992547409022);

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
insert into article_measure values
    (-90071992547409000, 1, true, -90071992547409003, date '2025-11-05', date '2025-11-06', 'қойма ''6''', true, true, 9, 10, 11, 12, 13, 14, 15),
    (-90071992547409020, 21, true, -90071992547409023, null, date '2025-11-26', 'қойма ''26''', true, true, 29, 30, 31, 32, 33, 34, 35);

create table article_signature (
    article_id bigint not null,
    version integer not null,
    known_by timestamp,
    told_at timestamp,
    shingle_count integer not null,
    signature blob not null,
    title_terms bigint[] not null
);
insert into article_signature values
    (-90071992547409000, 1, timestamp '2025-11-03 05:06:07.000008', timestamp '2025-11-04 05:06:07.000008', 4, '\x00\xFF05'::blob, [-90071992547409006]),
    (-90071992547409020, 21, null, null, 24, '\x00\xFF25'::blob, [-90071992547409026]);

create table article_step (
    article_id bigint not null,
    version integer not null,
    step varchar not null,
    step_version varchar not null
);
insert into article_step values
    (-90071992547409000, 1, 'қойма ''2''', 'қойма ''3'''),
    (-90071992547409020, 21, 'қойма ''22''', 'қойма ''23''');

create table bridge_article_country (
    article_id bigint not null,
    version integer not null,
    country_code varchar not null,
    mention_count integer not null,
    weight double not null
);
insert into bridge_article_country values
    (-90071992547409000, 1, 'қойма ''2''', 3, 4.25),
    (-90071992547409020, 21, 'қойма ''22''', 23, 24.25);

create table bridge_article_topic (
    article_id bigint not null,
    version integer not null,
    topic_id bigint not null,
    mention_count integer not null,
    weight double not null
);
insert into bridge_article_topic values
    (-90071992547409000, 1, -90071992547409002, 3, 4.25),
    (-90071992547409020, 21, -90071992547409022, 23, 24.25);

create table bridge_event_actor (
    event_id bigint not null,
    entity_id bigint not null,
    actor_role varchar not null,
    country_code varchar,
    article_count integer not null
);
insert into bridge_event_actor values
    (-90071992547409000, -90071992547409001, 'қойма ''2''', 'қойма ''3''', 4),
    (-90071992547409020, -90071992547409021, 'қойма ''22''', null, 24);

create table dim_country (
    country_code varchar not null,
    name_kk varchar not null,
    name_ru varchar,
    name_en varchar,
    region varchar,
    is_former boolean not null,
    entity_id bigint not null
);
insert into dim_country values
    ('қойма ''0''', 'қойма ''1''', 'қойма ''2''', 'қойма ''3''', 'қойма ''4''', true, -90071992547409006),
    ('қойма ''20''', 'қойма ''21''', null, null, null, true, -90071992547409026);

create table dim_date (
    date_id integer not null,
    full_date date not null,
    year integer not null,
    quarter integer not null,
    month integer not null,
    day integer not null,
    iso_year integer not null,
    iso_week integer not null,
    week_start date not null,
    weekday integer not null,
    is_weekend boolean not null,
    month_name_kk varchar not null,
    weekday_name_kk varchar not null,
    is_holiday boolean not null,
    holiday_name_kk varchar
);
insert into dim_date values
    (0, date '2025-11-02', 2, 3, 4, 5, 6, 7, date '2025-11-09', 9, true, 'қойма ''11''', 'қойма ''12''', true, 'қойма ''14'''),
    (20, date '2025-11-22', 22, 23, 24, 25, 26, 27, date '2025-11-01', 29, true, 'қойма ''31''', 'қойма ''32''', true, null);

create table dim_entity (
    entity_id bigint not null,
    entity_type varchar not null,
    name varchar not null,
    name_ru varchar,
    name_en varchar,
    country_code varchar,
    origin varchar not null,
    merged_into bigint
);
insert into dim_entity values
    (-90071992547409000, 'қойма ''1''', 'қойма ''2''', 'қойма ''3''', 'қойма ''4''', 'қойма ''5''', 'қойма ''6''', -90071992547409007),
    (-90071992547409020, 'қойма ''21''', 'қойма ''22''', null, null, null, 'қойма ''26''', null);

create table dim_entity_alias (
    entity_id bigint not null,
    alias varchar not null,
    origin varchar not null
);
insert into dim_entity_alias values
    (-90071992547409000, 'қойма ''1''', 'қойма ''2'''),
    (-90071992547409020, 'қойма ''21''', 'қойма ''22''');

create table dim_entity_role (
    role_id bigint not null,
    entity_id bigint not null,
    role varchar not null,
    country_code varchar,
    organisation_id bigint,
    is_single boolean not null,
    valid_from date not null,
    valid_to date,
    is_current boolean not null,
    evidence_article_id bigint not null,
    evidence_count integer not null
);
insert into dim_entity_role values
    (-90071992547409000, -90071992547409001, 'қойма ''2''', 'қойма ''3''', -90071992547409004, true, date '2025-11-07', date '2025-11-08', true, -90071992547409009, 10),
    (-90071992547409020, -90071992547409021, 'қойма ''22''', null, null, true, date '2025-11-27', null, true, -90071992547409029, 30);

create table dim_event_type (
    event_type varchar not null,
    name_kk varchar not null,
    name_ru varchar,
    name_en varchar,
    plover_type varchar,
    cameo_code varchar,
    quad_class varchar
);
insert into dim_event_type values
    ('қойма ''0''', 'қойма ''1''', 'қойма ''2''', 'қойма ''3''', 'қойма ''4''', 'қойма ''5''', 'қойма ''6'''),
    ('қойма ''20''', 'қойма ''21''', null, null, null, null, null);

create table dim_incident (
    incident_id bigint not null,
    from_date date not null,
    to_date date not null,
    source_id bigint,
    measure varchar,
    reason varchar not null
);
insert into dim_incident values
    (-90071992547409000, date '2025-11-02', date '2025-11-03', -90071992547409003, 'қойма ''4''', 'қойма ''5'''),
    (-90071992547409020, date '2025-11-22', date '2025-11-23', null, null, 'қойма ''25''');

create table dim_load (
    load_id varchar not null,
    run_id varchar not null,
    trigger varchar not null,
    status varchar not null,
    status_reason varchar,
    started_at timestamp not null,
    finished_at timestamp not null,
    code_version varchar not null,
    model_version varchar,
    accepted_rules varchar[] not null,
    files_read bigint not null,
    files_loaded bigint not null,
    files_unchanged bigint not null,
    files_duplicate bigint not null,
    files_quarantined bigint not null,
    files_held bigint not null,
    records_read bigint not null,
    articles_loaded bigint not null,
    articles_unchanged bigint not null,
    articles_rejected bigint not null,
    step_seconds map (varchar, double) not null
);
insert into dim_load values
    ('қойма ''0''', 'қойма ''1''', 'қойма ''2''', 'қойма ''3''', 'қойма ''4''', timestamp '2025-11-06 05:06:07.000008', timestamp '2025-11-07 05:06:07.000008', 'қойма ''7''', 'қойма ''8''', ['қойма ''9'''], -90071992547409010, -90071992547409011, -90071992547409012, -90071992547409013, -90071992547409014, -90071992547409015, -90071992547409016, -90071992547409017, -90071992547409018, -90071992547409019, map {'қойма ''20''': 20.25}),
    ('қойма ''20''', 'қойма ''21''', 'қойма ''22''', 'қойма ''23''', null, timestamp '2025-11-26 05:06:07.000008', timestamp '2025-11-27 05:06:07.000008', 'қойма ''27''', null, ['қойма ''29'''], -90071992547409030, -90071992547409031, -90071992547409032, -90071992547409033, -90071992547409034, -90071992547409035, -90071992547409036, -90071992547409037, -90071992547409038, -90071992547409039, map {'қойма ''40''': 40.25});

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
insert into dim_place values
    (-90071992547409000, -90071992547409001, 'қойма ''2''', 'қойма ''3''', 'қойма ''4''', 'қойма ''5''', 6.25, 7.25, -90071992547409008, true),
    (-90071992547409020, -90071992547409021, 'қойма ''22''', null, 'қойма ''24''', null, null, null, null, true);

create table dim_rule (
    rule_id varchar not null,
    level varchar,
    table_name varchar not null,
    severity varchar not null,
    protects varchar,
    remedy varchar,
    owner varchar,
    waived_until date,
    waiver_reason varchar,
    is_known boolean not null
);
insert into dim_rule values
    ('қойма ''0''', 'қойма ''1''', 'қойма ''2''', 'қойма ''3''', 'қойма ''4''', 'қойма ''5''', 'қойма ''6''', date '2025-11-08', 'қойма ''8''', true),
    ('қойма ''20''', null, 'қойма ''22''', 'қойма ''23''', null, null, null, null, null, true);

create table dim_source (
    source_id bigint not null,
    source_code varchar not null,
    name varchar not null,
    name_kk varchar,
    name_ru varchar,
    name_en varchar,
    kind varchar,
    country_code varchar,
    main_language varchar,
    time_zone varchar not null
);
insert into dim_source values
    (-90071992547409000, 'қойма ''1''', 'қойма ''2''', 'қойма ''3''', 'қойма ''4''', 'қойма ''5''', 'қойма ''6''', 'қойма ''7''', 'қойма ''8''', 'қойма ''9'''),
    (-90071992547409020, 'қойма ''21''', 'қойма ''22''', null, null, null, null, null, null, 'қойма ''29''');

create table dim_source_history (
    source_id bigint not null,
    source_code varchar not null,
    name varchar not null,
    kind varchar,
    country_code varchar,
    main_language varchar,
    valid_from date,
    valid_to date,
    is_current boolean not null
);
insert into dim_source_history values
    (-90071992547409000, 'қойма ''1''', 'қойма ''2''', 'қойма ''3''', 'қойма ''4''', 'қойма ''5''', date '2025-11-07', date '2025-11-08', true),
    (-90071992547409020, 'қойма ''21''', 'қойма ''22''', null, null, null, null, null, true);

create table dim_story (
    story_id bigint not null,
    title varchar,
    first_date date,
    last_date date,
    article_count integer not null,
    source_count integer not null
);
insert into dim_story values
    (-90071992547409000, 'қойма ''1''', date '2025-11-03', date '2025-11-04', 4, 5),
    (-90071992547409020, null, null, null, 24, 25);

create table dim_topic (
    topic_id bigint not null,
    topic_code varchar not null,
    parent_id bigint,
    name_kk varchar not null,
    name_ru varchar,
    name_en varchar
);
insert into dim_topic values
    (-90071992547409000, 'қойма ''1''', -90071992547409002, 'қойма ''3''', 'қойма ''4''', 'қойма ''5'''),
    (-90071992547409020, 'қойма ''21''', null, 'қойма ''23''', null, null);

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
insert into dim_unit values
    ('қойма ''0''', 'қойма ''1''', 'қойма ''2''', 'қойма ''3''', 'қойма ''4''', 'қойма ''5''', 'қойма ''6''', 7.25),
    ('қойма ''20''', 'қойма ''21''', null, null, 'қойма ''24''', null, null, null);

create table event_redirect (
    old_event_id bigint not null,
    event_id bigint not null
);
insert into event_redirect values
    (-90071992547409000, -90071992547409001),
    (-90071992547409020, -90071992547409021);

create table fact_amount (
    article_id bigint not null,
    version integer not null,
    amount_no integer not null,
    value double not null,
    value_max double,
    kind varchar not null,
    unit_code varchar,
    currency_code varchar,
    approximation varchar not null,
    direction varchar,
    counted varchar,
    surface varchar not null,
    sentence_no integer,
    in_title boolean not null,
    start_char integer not null,
    end_char integer not null,
    confidence double not null,
    method varchar not null
);
insert into fact_amount values
    (-90071992547409000, 1, 2, 3.25, 4.25, 'қойма ''5''', 'қойма ''6''', 'қойма ''7''', 'қойма ''8''', 'қойма ''9''', 'қойма ''10''', 'қойма ''11''', 12, true, 14, 15, 16.25, 'қойма ''17'''),
    (-90071992547409020, 21, 22, 23.25, null, 'қойма ''25''', null, null, 'қойма ''28''', null, null, 'қойма ''31''', null, true, 34, 35, 36.25, 'қойма ''37''');

create table fact_article (
    article_id bigint not null,
    version integer not null,
    is_current boolean not null,
    record_hash varchar not null,
    source_id bigint not null,
    outlet_key varchar,
    modified_at timestamp,
    published_at timestamp,
    published_date date,
    published_precision varchar not null,
    published_basis varchar not null,
    arrived_at timestamp not null,
    title varchar,
    lead varchar,
    text varchar not null,
    language varchar not null,
    script varchar not null,
    author varchar,
    dateline_place varchar,
    url varchar,
    section varchar,
    tags varchar[],
    photo_credit varchar,
    word_count integer not null,
    is_interview boolean not null,
    has_scan_noise boolean not null,
    story_id bigint,
    duplicate_role varchar not null,
    duplicate_of bigint,
    file_id bigint not null,
    record_no integer not null,
    load_id varchar not null
);
insert into fact_article values
    (-90071992547409000, 1, true, 'қойма ''3''', -90071992547409004, 'қойма ''5''', timestamp '2025-11-07 05:06:07.000008', timestamp '2025-11-08 05:06:07.000008', date '2025-11-09', 'қойма ''9''', 'қойма ''10''', timestamp '2025-11-12 05:06:07.000008', 'қойма ''12''', 'қойма ''13''', 'қойма ''14''', 'қойма ''15''', 'қойма ''16''', 'қойма ''17''', 'қойма ''18''', 'қойма ''19''', 'қойма ''20''', ['қойма ''21'''], 'қойма ''22''', 23, true, true, -90071992547409026, 'қойма ''27''', -90071992547409028, -90071992547409029, 30, 'қойма ''31'''),
    (-90071992547409020, 21, true, 'қойма ''23''', -90071992547409024, null, null, null, null, 'қойма ''29''', 'қойма ''30''', timestamp '2025-11-04 05:06:07.000008', null, null, 'қойма ''34''', 'қойма ''35''', 'қойма ''36''', null, null, null, null, null, null, 43, true, true, null, 'қойма ''47''', null, -90071992547409049, 50, 'қойма ''51''');

create table fact_check (
    load_id varchar not null,
    rule_id varchar not null,
    table_name varchar not null,
    severity varchar not null,
    checked_count bigint not null,
    failed_count bigint not null,
    is_passed boolean not null,
    is_accepted boolean not null,
    error varchar,
    sample varchar,
    ran_at timestamp not null,
    is_waived boolean not null
);
insert into fact_check values
    ('қойма ''0''', 'қойма ''1''', 'қойма ''2''', 'қойма ''3''', -90071992547409004, -90071992547409005, true, true, 'қойма ''8''', 'қойма ''9''', timestamp '2025-11-11 05:06:07.000008', true),
    ('қойма ''20''', 'қойма ''21''', 'қойма ''22''', 'қойма ''23''', -90071992547409024, -90071992547409025, true, true, null, null, timestamp '2025-11-03 05:06:07.000008', true);

create table fact_check_row (
    load_id varchar not null,
    rule_id varchar not null,
    row_no integer not null,
    file_id bigint,
    record_no integer,
    article_id bigint,
    version integer,
    in_title boolean,
    start_char integer,
    end_char integer,
    source_id bigint,
    parser_version varchar,
    detail varchar
);
insert into fact_check_row values
    ('қойма ''0''', 'қойма ''1''', 2, -90071992547409003, 4, -90071992547409005, 6, true, 8, 9, -90071992547409010, 'қойма ''11''', 'қойма ''12'''),
    ('қойма ''20''', 'қойма ''21''', 22, null, null, null, null, null, null, null, null, null, null);

create table fact_date_mention (
    article_id bigint not null,
    version integer not null,
    date_no integer not null,
    start_date date,
    end_date date,
    precision varchar not null,
    basis varchar not null,
    surface varchar not null,
    sentence_no integer,
    in_title boolean not null,
    start_char integer not null,
    end_char integer not null,
    confidence double not null,
    method varchar not null
);
insert into fact_date_mention values
    (-90071992547409000, 1, 2, date '2025-11-04', date '2025-11-05', 'қойма ''5''', 'қойма ''6''', 'қойма ''7''', 8, true, 10, 11, 12.25, 'қойма ''13'''),
    (-90071992547409020, 21, 22, null, null, 'қойма ''25''', 'қойма ''26''', 'қойма ''27''', null, true, 30, 31, 32.25, 'қойма ''33''');

create table fact_document (
    article_id bigint not null,
    version integer not null,
    document_no integer not null,
    title varchar not null,
    action varchar not null,
    event_no integer,
    event_id bigint,
    surface varchar not null,
    sentence_no integer,
    in_title boolean not null,
    start_char integer not null,
    end_char integer not null,
    confidence double not null,
    method varchar not null
);
insert into fact_document values
    (-90071992547409000, 1, 2, 'қойма ''3''', 'қойма ''4''', 5, -90071992547409006, 'қойма ''7''', 8, true, 10, 11, 12.25, 'қойма ''13'''),
    (-90071992547409020, 21, 22, 'қойма ''23''', 'қойма ''24''', null, null, 'қойма ''27''', null, true, 30, 31, 32.25, 'қойма ''33''');

create table fact_duplicate (
    article_id bigint not null,
    other_article_id bigint not null,
    similarity double not null,
    jaccard double not null,
    is_copy boolean not null
);
insert into fact_duplicate values
    (-90071992547409000, -90071992547409001, 2.25, 3.25, true),
    (-90071992547409020, -90071992547409021, 22.25, 23.25, true);

create table fact_event (
    event_id bigint not null,
    event_type varchar not null,
    event_date date,
    event_precision varchar not null,
    place_id bigint,
    first_article_id bigint not null,
    article_count integer not null,
    confidence double not null
);
insert into fact_event values
    (-90071992547409000, 'қойма ''1''', date '2025-11-03', 'қойма ''3''', -90071992547409004, -90071992547409005, 6, 7.25),
    (-90071992547409020, 'қойма ''21''', null, 'қойма ''23''', null, -90071992547409025, 26, 27.25);

create table fact_event_mention (
    event_id bigint not null,
    article_id bigint not null,
    version integer not null,
    event_no integer not null,
    statement_count integer not null,
    surface varchar not null,
    sentence_no integer,
    in_title boolean not null,
    start_char integer not null,
    end_char integer not null,
    confidence double not null,
    method varchar not null
);
insert into fact_event_mention values
    (-90071992547409000, -90071992547409001, 2, 3, 4, 'қойма ''5''', 6, true, 8, 9, 10.25, 'қойма ''11'''),
    (-90071992547409020, -90071992547409021, 22, 23, 24, 'қойма ''25''', null, true, 28, 29, 30.25, 'қойма ''31''');

create table fact_event_statement (
    article_id bigint not null,
    version integer not null,
    event_no integer not null,
    event_id bigint,
    event_type varchar not null,
    event_date date,
    event_precision varchar not null,
    place_id bigint,
    actors struct(entity_id bigint, actor_role varchar, country_code varchar)[],
    surface varchar not null,
    sentence_no integer,
    in_title boolean not null,
    start_char integer not null,
    end_char integer not null,
    confidence double not null,
    method varchar not null
);
insert into fact_event_statement values
    (-90071992547409000, 1, 2, -90071992547409003, 'қойма ''4''', date '2025-11-06', 'қойма ''6''', -90071992547409007, [{'entity_id': -90071992547409008, 'actor_role': 'қойма ''8''', 'country_code': 'қойма ''8'''}], 'қойма ''9''', 10, true, 12, 13, 14.25, 'қойма ''15'''),
    (-90071992547409020, 21, 22, null, 'қойма ''24''', null, 'қойма ''26''', null, null, 'қойма ''29''', null, true, 32, 33, 34.25, 'қойма ''35''');

create table fact_file (
    file_id bigint not null,
    path varchar not null,
    content_hash varchar,
    size_bytes bigint,
    format varchar,
    encoding varchar,
    status varchar not null,
    record_count integer not null,
    duplicate_of bigint,
    raw_file varchar,
    modified_at timestamp,
    seen_at timestamp not null,
    arrived_at timestamp not null,
    loaded_at timestamp,
    load_id varchar not null
);
insert into fact_file values
    (-90071992547409000, 'қойма ''1''', 'қойма ''2''', -90071992547409003, 'қойма ''4''', 'қойма ''5''', 'қойма ''6''', 7, -90071992547409008, 'қойма ''9''', timestamp '2025-11-11 05:06:07.000008', timestamp '2025-11-12 05:06:07.000008', timestamp '2025-11-13 05:06:07.000008', timestamp '2025-11-14 05:06:07.000008', 'қойма ''14'''),
    (-90071992547409020, 'қойма ''21''', null, null, null, null, 'қойма ''26''', 27, null, null, null, timestamp '2025-11-04 05:06:07.000008', timestamp '2025-11-05 05:06:07.000008', null, 'қойма ''34''');

create table fact_measure (
    measure varchar not null,
    source_id bigint not null,
    measured_date date not null,
    value double not null,
    sample_count bigint not null,
    load_id varchar
);
insert into fact_measure values
    ('қойма ''0''', -90071992547409001, date '2025-11-03', 3.25, -90071992547409004, 'қойма ''5'''),
    ('қойма ''20''', -90071992547409021, date '2025-11-23', 23.25, -90071992547409024, null);

create table fact_mention (
    article_id bigint not null,
    version integer not null,
    mention_no integer not null,
    entity_id bigint,
    entity_type varchar not null,
    surface varchar not null,
    normal_form varchar,
    start_char integer not null,
    end_char integer not null,
    sentence_no integer,
    in_title boolean not null,
    confidence double not null,
    method varchar not null
);
insert into fact_mention values
    (-90071992547409000, 1, 2, -90071992547409003, 'қойма ''4''', 'қойма ''5''', 'қойма ''6''', 7, 8, 9, true, 11.25, 'қойма ''12'''),
    (-90071992547409020, 21, 22, null, 'қойма ''24''', 'қойма ''25''', null, 27, 28, null, true, 31.25, 'қойма ''32''');

create table fact_quote (
    article_id bigint not null,
    version integer not null,
    quote_no integer not null,
    quote_kind varchar not null,
    speaker_id bigint,
    speaker_surface varchar,
    speaker_role varchar,
    surface varchar not null,
    text varchar not null,
    verb varchar,
    sentence_no integer,
    in_title boolean not null,
    start_char integer not null,
    end_char integer not null,
    confidence double not null,
    method varchar not null
);
insert into fact_quote values
    (-90071992547409000, 1, 2, 'қойма ''3''', -90071992547409004, 'қойма ''5''', 'қойма ''6''', 'қойма ''7''', 'қойма ''8''', 'қойма ''9''', 10, true, 12, 13, 14.25, 'қойма ''15'''),
    (-90071992547409020, 21, 22, 'қойма ''23''', null, null, null, 'қойма ''27''', 'қойма ''28''', null, null, true, 32, 33, 34.25, 'қойма ''35''');

create table fact_record (
    file_id bigint not null,
    record_no integer not null,
    article_id bigint not null,
    record_hash varchar not null,
    load_id varchar not null
);
insert into fact_record values
    (-90071992547409000, 1, -90071992547409002, 'қойма ''3''', 'қойма ''4'''),
    (-90071992547409020, 21, -90071992547409022, 'қойма ''23''', 'қойма ''24''');

create table fact_rejection (
    rejection_id bigint not null,
    file_id bigint not null,
    record_no integer,
    stage varchar not null,
    reason_code varchar not null,
    detail varchar not null,
    status varchar not null,
    rejected_at timestamp not null,
    last_seen_at timestamp not null,
    closed_at timestamp,
    closed_reason varchar,
    load_id varchar not null
);
insert into fact_rejection values
    (-90071992547409000, -90071992547409001, 2, 'қойма ''3''', 'қойма ''4''', 'қойма ''5''', 'қойма ''6''', timestamp '2025-11-08 05:06:07.000008', timestamp '2025-11-09 05:06:07.000008', timestamp '2025-11-10 05:06:07.000008', 'қойма ''10''', 'қойма ''11'''),
    (-90071992547409020, -90071992547409021, null, 'қойма ''23''', 'қойма ''24''', 'қойма ''25''', 'қойма ''26''', timestamp '2025-11-28 05:06:07.000008', timestamp '2025-11-01 05:06:07.000008', null, null, 'қойма ''31''');

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
insert into fact_restatement values
    ('қойма ''0''', -90071992547409001, date '2025-11-03', 3.25, 4.25, 'қойма ''5''', 'қойма ''6''', timestamp '2025-11-08 05:06:07.000008'),
    ('қойма ''20''', -90071992547409021, date '2025-11-23', 23.25, null, 'қойма ''25''', null, timestamp '2025-11-28 05:06:07.000008');

create table fact_role_mention (
    article_id bigint not null,
    version integer not null,
    entity_id bigint not null,
    role varchar not null,
    country_code varchar,
    organisation_id bigint,
    is_single boolean not null,
    in_title boolean not null,
    sentence_no integer,
    start_char integer not null,
    end_char integer not null,
    confidence double not null,
    method varchar not null
);
insert into fact_role_mention values
    (-90071992547409000, 1, -90071992547409002, 'қойма ''3''', 'қойма ''4''', -90071992547409005, true, true, 8, 9, 10, 11.25, 'қойма ''12'''),
    (-90071992547409020, 21, -90071992547409022, 'қойма ''23''', null, null, true, true, null, 29, 30, 31.25, 'қойма ''32''');

create table fact_sentence (
    article_id bigint not null,
    version integer not null,
    sentence_no integer not null,
    start_char integer not null,
    end_char integer not null
);
insert into fact_sentence values
    (-90071992547409000, 1, 2, 3, 4),
    (-90071992547409020, 21, 22, 23, 24);

create table fact_topic_mention (
    article_id bigint not null,
    version integer not null,
    topic_id bigint not null,
    term varchar not null,
    surface varchar not null,
    sentence_no integer,
    in_title boolean not null,
    start_char integer not null,
    end_char integer not null,
    confidence double not null,
    method varchar not null
);
insert into fact_topic_mention values
    (-90071992547409000, 1, -90071992547409002, 'қойма ''3''', 'қойма ''4''', 5, true, 7, 8, 9.25, 'қойма ''10'''),
    (-90071992547409020, 21, -90071992547409022, 'қойма ''23''', 'қойма ''24''', null, true, 27, 28, 29.25, 'қойма ''30''');

create table file_hint (
    root_id bigint not null,
    path varchar not null,
    size_bytes bigint not null,
    modified_ns bigint not null,
    changed_ns bigint not null,
    file_id bigint not null
);
insert into file_hint values
    (-90071992547409000, 'қойма ''1''', -90071992547409002, -90071992547409003, -90071992547409004, -90071992547409005),
    (-90071992547409020, 'қойма ''21''', -90071992547409022, -90071992547409023, -90071992547409024, -90071992547409025);

create table forgotten_article (
    article_id bigint not null,
    forgotten_at timestamp not null,
    reason varchar not null,
    versions_removed integer not null,
    files_redacted integer not null
);
insert into forgotten_article values
    (-90071992547409000, timestamp '2025-11-02 05:06:07.000008', 'қойма ''2''', 3, 4),
    (-90071992547409020, timestamp '2025-11-22 05:06:07.000008', 'қойма ''22''', 23, 24);

create table schema_version (
    version integer not null,
    applied_at timestamp not null,
    name varchar not null
);
create table search_document (
    document_no integer not null,
    article_id bigint not null,
    version integer not null,
    source_id bigint not null,
    published_date date
);
insert into search_document values
    (0, -90071992547409001, 2, -90071992547409003, date '2025-11-05'),
    (20, -90071992547409021, 22, -90071992547409023, null);

create table search_form (
    form_no integer not null,
    form varchar not null,
    term varchar not null,
    article_count integer not null,
    beginning varchar
);
insert into search_form values
    (0, 'қойма ''1''', 'қойма ''2''', 3, 'қойма ''4'''),
    (20, 'қойма ''21''', 'қойма ''22''', 23, null);

create table search_posting (
    form_no integer not null,
    document_no integer not null,
    weight usmallint not null,
    places usmallint[]
);
insert into search_posting values
    (0, 1, 2, [3]),
    (20, 21, 22, null);

create table story_link (
    article_id bigint not null,
    other_article_id bigint not null
);
insert into story_link values
    (-90071992547409000, -90071992547409001),
    (-90071992547409020, -90071992547409021);

create table story_redirect (
    old_story_id bigint not null,
    story_id bigint not null
);
insert into story_redirect values
    (-90071992547409000, -90071992547409001),
    (-90071992547409020, -90071992547409021);

insert into schema_version values (8, timestamp '2025-11-01', 'created');
