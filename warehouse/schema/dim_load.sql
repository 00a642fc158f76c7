-- Grain: one load (audit).
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

comment on table dim_load is
'Loads, whether they succeeded or not; data rows carry the load_id. Grain: one load.';
comment on column dim_load.load_id is 'Time-ordered id of the load.';
comment on column dim_load.run_id is
'The run (one pass over the landing folder) it belongs to.';
comment on column dim_load.trigger is 'manual, schedule, backfill or reprocess.';
comment on column dim_load.status is 'succeeded, blocked, failed or interrupted.';
comment on column dim_load.status_reason is 'Why it did not succeed.';
comment on column dim_load.started_at is 'Start, UTC.';
comment on column dim_load.finished_at is
'End, UTC; for an interrupted load the time when that was found.';
comment on column dim_load.code_version is 'Version of Qoima.';
comment on column dim_load.model_version is
'Version of the recognition model that read the names; null if none did.';
comment on column dim_load.accepted_rules is 'Rules that the user overrode for this load.';
comment on column dim_load.files_read is 'Inputs whose bytes the load looked at.';
comment on column dim_load.files_loaded is 'Inputs that gave articles.';
comment on column dim_load.files_unchanged is
'Inputs known already, found so by their content.';
comment on column dim_load.files_duplicate is 'Inputs with the bytes of a loaded one.';
comment on column dim_load.files_quarantined is 'Inputs refused.';
comment on column dim_load.files_held is
'Inputs kept back because the load was blocked or failed.';
comment on column dim_load.records_read is 'Records found in them.';
comment on column dim_load.articles_loaded is 'New articles and new versions.';
comment on column dim_load.articles_unchanged is 'Records that the warehouse had already.';
comment on column dim_load.articles_rejected is 'Records refused.';
comment on column dim_load.step_seconds is 'Seconds of each step.';
