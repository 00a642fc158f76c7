-- schema_version says by name which migration brought each version.
-- A default fills old rows: a table with updated rows takes no NOT NULL in the same transaction.
alter table schema_version add column name varchar default 'created';
alter table schema_version alter column name set not null;
alter table schema_version alter column name drop default;
