-- Grain: one record read from one file, accepted or not.
create table fact_record (
    file_id bigint not null,
    record_no integer not null,
    article_id bigint not null,
    record_hash varchar not null,
    load_id varchar not null
);

comment on table fact_record is
'Which article each record of each file is, repeats included: where an article came from. '
'Grain: one record of one file.';
comment on column fact_record.file_id is 'fact_file.file_id';
comment on column fact_record.record_no is 'Its place in the file, from 1.';
comment on column fact_record.article_id is
'fact_article.article_id; without a row there if the record was refused.';
comment on column fact_record.record_hash is 'SHA-256 of the parsed record.';
comment on column fact_record.load_id is 'The load that read it last.';
