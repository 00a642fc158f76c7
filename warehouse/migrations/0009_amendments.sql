-- Corrections of records, analysts' fixes, and who closed a rejection.
alter table fact_rejection add column closed_by varchar;

create table fact_correction (
    article_id bigint not null,
    version integer not null,
    field varchar not null,
    wrong varchar,
    found_value varchar,
    corrected_value varchar,
    reason varchar not null,
    state varchar not null,
    load_id varchar not null
);

create table fact_fix (
    article_id bigint not null,
    version integer not null,
    kind varchar not null,
    in_title boolean not null,
    start_char integer not null,
    end_char integer not null,
    surface varchar not null,
    corrected_value varchar,
    scope varchar not null,
    reason varchar not null,
    state varchar not null,
    load_id varchar not null
);
