-- Grain: one data-quality rule, also one that is no longer asked but has results.
create table dim_rule (
    rule_id varchar not null,
    level varchar,
    table_name varchar not null,
    severity varchar not null,
    protects varchar,
    remedy varchar,
    owner varchar,
    waived_until date,
    waiver_reason varchar,
    is_known boolean not null
);

comment on table dim_rule is
'Data-quality rules: what each protects and who acts on a failure. Grain: one rule, also one '
'that is no longer asked but has results.';
comment on column dim_rule.rule_id is 'The rule''s name.';
comment on column dim_rule.level is
'What it judges: record, batch or table; null if the rule is no longer known.';
comment on column dim_rule.table_name is 'The table that it protects.';
comment on column dim_rule.severity is 'critical, warning or info.';
comment on column dim_rule.protects is
'What holds of good data; null if the rule is no longer known.';
comment on column dim_rule.remedy is
'What to do about a failure; null if the rule is no longer known.';
comment on column dim_rule.owner is
'Who has to do it: maintainer, data engineer, reference tables, outlet or analyst; null if the '
'rule is no longer known.';
comment on column dim_rule.waived_until is
'Last day on which its failures are waived, as of the last load; null without a waiver.';
comment on column dim_rule.waiver_reason is
'Why, and of which outlet where not of all; null without a waiver.';
comment on column dim_rule.is_known is 'False where Qoima asks no such rule any more.';
