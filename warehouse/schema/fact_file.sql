-- Grain: one (path, content) ever seen; an accumulating snapshot.
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

comment on table fact_file is
'Every input ever seen and what became of it. Grain: one path with one content; the row is '
'updated as the file moves on.';
comment on column fact_file.file_id is 'Hash of path and content.';
comment on column fact_file.path is 'Path relative to the folder that was read.';
comment on column fact_file.content_hash is
'SHA-256 of the bytes; null if they could not be read.';
comment on column fact_file.size_bytes is 'Size in bytes.';
comment on column fact_file.format is 'The reader that took it; null where none does.';
comment on column fact_file.encoding is 'The text encoding it was decoded with.';
comment on column fact_file.status is 'loaded, duplicate, quarantined or held.';
comment on column fact_file.record_count is 'Records read from it, rejected ones included.';
comment on column fact_file.duplicate_of is 'The loaded file with the same bytes.';
comment on column fact_file.raw_file is
'The file of the raw zone that keeps the bytes, relative to the data folder; null without a'
' raw copy.';
comment on column fact_file.modified_at is 'The file''s own modification time, UTC.';
comment on column fact_file.seen_at is 'Start of the pass that first saw it, UTC.';
comment on column fact_file.arrived_at is
'seen_at, with files of one pass in the order of their modification times by microseconds.';
comment on column fact_file.loaded_at is 'When its articles were committed, UTC.';
comment on column fact_file.load_id is 'The load that last decided its status.';
