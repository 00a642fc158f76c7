-- Grain: one change of the schema.
create table schema_version (
    version integer not null,
    applied_at timestamp not null,
    name varchar not null
);

comment on table schema_version is
'Which schema the file has; the newest row counts. Grain: one change of the schema.';
comment on column schema_version.version is 'Number of the schema, from 1.';
comment on column schema_version.applied_at is 'When the file got it, UTC.';
comment on column schema_version.name is
'The migration that brought it; created in the first row of a file.';
