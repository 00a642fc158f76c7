-- Grain: one word form that stands in some article.
create table search_form (
    form_no integer not null,
    form varchar not null,
    term varchar not null,
    article_count integer not null,
    beginning varchar
);

comment on table search_form is
'Words as they stand in articles, with their headwords: how inflections meet. Grain: one word '
'form.';
comment on column search_form.form_no is
'A number of this warehouse: another one, loaded in another order, numbers them otherwise.';
comment on column search_form.form is
'The word in small letters, Latin-script Kazakh in Cyrillic, look-alike letters folded; or '
'«e:» and the entity_id of whom articles mention.';
comment on column search_form.term is
'Its headword: the lemma of a word in Cyrillic, else the form itself.';
comment on column search_form.article_count is 'Articles that it stands in.';
comment on column search_form.beginning is
'Its first four letters; null where there are fewer, and for «e:».';
