-- Grain: one measure of one source on one day.
create table fact_measure (
    measure varchar not null,
    source_id bigint not null,
    measured_date date not null,
    value double not null,
    sample_count bigint not null,
    load_id varchar
);

comment on table fact_measure is
'Measures over time. Those of the day of publication are of current versions whose day is '
'known; those whose names begin with arrived_ are of the day of arrival. A day without '
'articles has no row. Grain: one measure of one source on one day.';
comment on column fact_measure.measure is
'What is measured; measure_definitions() lists the measures.';
comment on column fact_measure.source_id is
'The outlet: dim_source.source_id; 0 for all outlets together.';
comment on column fact_measure.measured_date is
'The day in the outlet''s own time zone; of arrival, in Kazakhstan''s.';
comment on column fact_measure.value is
'The value: a number of rows, a mean of an article, or a share from 0 to 1.';
comment on column fact_measure.sample_count is
'Over how many it is measured: articles of a mean, rows of a share, else the number itself.';
comment on column fact_measure.load_id is
'The load that changed it last: dim_load.load_id; null where forgetting an article or an '
'upgrade did.';
