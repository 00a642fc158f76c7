-- Grain: one word form in the current version of one article.
create table search_posting (
    form_no integer not null,
    document_no integer not null,
    weight usmallint not null,
    places usmallint[]
);

comment on table search_posting is
'Which words stand in which articles, and how much they say of them. Grain: one word form in '
'the current version of one article.';
comment on column search_posting.form_no is 'search_form.form_no';
comment on column search_posting.document_no is 'search_document.document_no';
comment on column search_posting.weight is
'Its count in title, lead and text, weighed by part and length, in hundredths.';
comment on column search_posting.places is
'Where it stands: numbers of words, rising, on from the title to the text with one left out '
'between them; of the first 65,534. Empty for whom the article mentions.';
