-- Grain: one rejected file or record.
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
    load_id varchar not null,
    closed_by varchar
);

comment on table fact_rejection is
'The quarantine: files and records that were refused, each with its reason. Grain: one file'
' or record and one reason.';
comment on column fact_rejection.rejection_id is
'Hash of file, record, stage and reason: the same refusal again is the same row.';
comment on column fact_rejection.file_id is 'The input: fact_file.file_id.';
comment on column fact_rejection.record_no is
'The record in it; null where the whole file is refused.';
comment on column fact_rejection.stage is 'pickup, read or check.';
comment on column fact_rejection.reason_code is 'Why: a reader''s reason or the id of a rule.';
comment on column fact_rejection.detail is 'Where and what, for a person.';
comment on column fact_rejection.status is 'open, replayed or dismissed.';
comment on column fact_rejection.rejected_at is 'When it was first refused, UTC.';
comment on column fact_rejection.last_seen_at is 'When it was last refused, UTC.';
comment on column fact_rejection.closed_at is 'When it was replayed or dismissed, UTC.';
comment on column fact_rejection.closed_reason is 'Why it was closed.';
comment on column fact_rejection.load_id is 'The load that refused it first.';
comment on column fact_rejection.closed_by is
'Who closed it, where that was told; the system''s user is not written down.';
