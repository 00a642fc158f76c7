-- Corrections of records, analysts' fixes, and who closed a rejection.
alter table fact_rejection add column closed_by varchar;
