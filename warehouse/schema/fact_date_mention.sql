-- Grain: one date expression in one version of one article.
create table fact_date_mention (
    article_id bigint not null,
    version integer not null,
    date_no integer not null,
    start_date date,
    end_date date,
    precision varchar not null,
    basis varchar not null,
    surface varchar not null,
    sentence_no integer,
    in_title boolean not null,
    start_char integer not null,
    end_char integer not null,
    confidence double not null,
    method varchar not null
);

comment on table fact_date_mention is
'Days and times that articles speak of, as ranges of days. Grain: one expression in one '
'version.';
comment on column fact_date_mention.article_id is 'fact_article.article_id';
comment on column fact_date_mention.version is 'fact_article.version';
comment on column fact_date_mention.date_no is
'Its place among the date expressions of the version, from 1: those of the title first.';
comment on column fact_date_mention.start_date is
'First day meant; null where it cannot be told, such as without a publication date.';
comment on column fact_date_mention.end_date is
'Last day meant; the same as start_date for a day; null where start_date is.';
comment on column fact_date_mention.precision is
'What is named: day, week, month, quarter, half, season, year, decade, century; range: from '
'one of these to another; or unknown.';
comment on column fact_date_mention.basis is
'absolute: it stands by itself; relative: it is counted from the publication date.';
comment on column fact_date_mention.surface is 'The span as it stands.';
comment on column fact_date_mention.sentence_no is
'Its sentence: fact_sentence.sentence_no; null in the title.';
comment on column fact_date_mention.in_title is 'True where it stands in the title.';
comment on column fact_date_mention.start_char is
'Offset of its first code point, from 0, in the text, or in the title where in_title.';
comment on column fact_date_mention.end_char is
'Offset after its last code point: substring(text, start_char + 1, end_char - start_char).';
comment on column fact_date_mention.confidence is
'How sure span and days are, 0 to 1, two decimal places.';
comment on column fact_date_mention.method is 'How it was found.';
