-- Grain: one sentence of one version of one article.
create table fact_sentence (
    article_id bigint not null,
    version integer not null,
    sentence_no integer not null,
    start_char integer not null,
    end_char integer not null
);

comment on table fact_sentence is
'Sentences as spans of fact_article.text. Grain: one sentence of one version.';
comment on column fact_sentence.article_id is 'fact_article.article_id';
comment on column fact_sentence.version is 'fact_article.version';
comment on column fact_sentence.sentence_no is 'Its place in the text, from 1.';
comment on column fact_sentence.start_char is 'Offset of its first code point, from 0.';
comment on column fact_sentence.end_char is
'Offset after its last code point: substring(text, start_char + 1, end_char - start_char).';
