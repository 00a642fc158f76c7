-- Grain: one path of one landing root.
create table file_hint (
    root_id bigint not null,
    path varchar not null,
    size_bytes bigint not null,
    modified_ns bigint not null,
    changed_ns bigint not null,
    file_id bigint not null
);

comment on table file_hint is
'Sizes and times at which files were last read, which saves reading them again; a hint '
'only, the content decides. Grain: one path of one landing root.';
comment on column file_hint.root_id is 'Hash of the landing root.';
comment on column file_hint.path is 'Path relative to the root.';
comment on column file_hint.size_bytes is 'Size in bytes.';
comment on column file_hint.modified_ns is 'Modification time, nanoseconds since 1970.';
comment on column file_hint.changed_ns is
'Time of the last change of content, name or permissions, likewise.';
comment on column file_hint.file_id is 'What was read there: fact_file.file_id.';
