-- Rules have a table of their own and can be waived. Rules of earlier loads are entered by
-- name; the next load says what they are, where they are still asked.
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

insert into dim_rule by name
select
    rule_id,
    any_value(table_name order by ran_at desc) as table_name,
    any_value(severity order by ran_at desc) as severity,
    false as is_known
from fact_check
group by rule_id
order by rule_id;

alter table fact_check add column is_waived boolean default 'false';
alter table fact_check alter column is_waived set not null;
alter table fact_check alter column is_waived drop default;
