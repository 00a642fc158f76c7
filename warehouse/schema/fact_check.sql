-- Grain: one rule in one load.
create table fact_check (
    load_id varchar not null,
    rule_id varchar not null,
    table_name varchar not null,
    severity varchar not null,
    checked_count bigint not null,
    failed_count bigint not null,
    is_passed boolean not null,
    is_accepted boolean not null,
    error varchar,
    sample varchar,
    ran_at timestamp not null,
    is_waived boolean not null
);

comment on table fact_check is
'Results of the data-quality rules. Grain: one rule in one load.';
comment on column fact_check.load_id is 'dim_load.load_id';
comment on column fact_check.rule_id is 'The rule: dim_rule.rule_id';
comment on column fact_check.table_name is 'The table it protects.';
comment on column fact_check.severity is 'critical, warning or info.';
comment on column fact_check.checked_count is 'Rows it looked at.';
comment on column fact_check.failed_count is 'Rows that broke it.';
comment on column fact_check.is_passed is
'False where rows broke it or where it could not run.';
comment on column fact_check.is_accepted is 'True where the user let the load in despite it.';
comment on column fact_check.error is 'Why the rule could not run; null where it ran.';
comment on column fact_check.sample is 'Some offending rows, as JSON.';
comment on column fact_check.ran_at is 'When it ran, UTC.';
comment on column fact_check.is_waived is
'True where rows broke it and a waiver of seeds/waivers.csv held for them.';
