-- Grain: the current version of one article.
create table article_signature (
    article_id bigint not null,
    version integer not null,
    known_by timestamp,
    told_at timestamp,
    shingle_count integer not null,
    signature blob not null,
    title_terms bigint[] not null
);

comment on table article_signature is
'What is kept of an article to find its copies and its story. Grain: the current version of '
'one article.';
comment on column article_signature.article_id is 'fact_article.article_id';
comment on column article_signature.version is 'fact_article.version';
comment on column article_signature.known_by is
'When it was published at the latest, UTC: the time, else the end of the day, month or year; '
'null if unknown. Of equal articles the first is the original.';
comment on column article_signature.told_at is
'When it was published, UTC, noon where only the day is known; null unless the day is known.';
comment on column article_signature.shingle_count is
'Runs of five letters in title and text, repeats included.';
comment on column article_signature.signature is
'MinHash of the runs of five letters: 256 numbers of 16 bits; empty where the text is too '
'short.';
comment on column article_signature.title_terms is
'Hashes of the beginnings of the longer words of the title.';
