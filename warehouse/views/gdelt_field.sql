-- A text without the characters that part fields and blocks in GDELT's columns.
create or replace macro gdelt_field(value) as trim(regexp_replace(value, '[;,#|\s]+', ' ', 'g'));
