-- Grain: one incident.
create table dim_incident (
    incident_id bigint not null,
    from_date date not null,
    to_date date not null,
    source_id bigint,
    measure varchar,
    reason varchar not null
);

comment on table dim_incident is
'Days on which something is known to have gone wrong: they raise no alarm and no other day is '
'compared with them. Grain: one incident, a row of seeds/incidents.csv.';
comment on column dim_incident.incident_id is 'Hash of days, outlet and measure.';
comment on column dim_incident.from_date is 'First day.';
comment on column dim_incident.to_date is 'Last day.';
comment on column dim_incident.source_id is
'The outlet: dim_source.source_id; null where all are concerned, and all together.';
comment on column dim_incident.measure is
'The measure: fact_measure.measure; null where all are.';
comment on column dim_incident.reason is 'What happened.';
