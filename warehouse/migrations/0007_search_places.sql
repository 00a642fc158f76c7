-- Where words stand. `qoima reprocess --step search` adds it for older articles.
alter table search_posting add column places usmallint[];

-- The beginnings by which words meet that have no headword in common.
alter table search_form add column beginning varchar;
update search_form
set beginning = left(form, 4)
where form not like 'e:%' and len(form) >= 4;
