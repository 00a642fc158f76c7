-- Grain: one change of one published measure by one run.
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

comment on table fact_restatement is
'Numbers that readers had seen and that are others now: measures of a day of publication that '
'was over, in Kazakhstan''s time, when an earlier run ended. Grain: one measure of one source '
'on one day in one run.';
comment on column fact_restatement.measure is
'The measure: fact_measure.measure, of those of the day of publication.';
comment on column fact_restatement.source_id is
'The outlet: dim_source.source_id; 0 for all outlets together.';
comment on column fact_restatement.measured_date is 'The day whose number it is.';
comment on column fact_restatement.value_before is 'The value that was published.';
comment on column fact_restatement.value_after is
'The value since; null where the day has no articles any more.';
comment on column fact_restatement.cause is
'Why: late_article, late_copy, new_version, correction, reprocess, backfill or forget.';
comment on column fact_restatement.load_id is
'The load that restated it: dim_load.load_id; null where an article was forgotten.';
comment on column fact_restatement.restated_at is 'When, UTC.';
