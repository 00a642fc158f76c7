-- Grain: one span in one version of one article that speaks for one topic.
create table fact_topic_mention (
    article_id bigint not null,
    version integer not null,
    topic_id bigint not null,
    term varchar not null,
    surface varchar not null,
    sentence_no integer,
    in_title boolean not null,
    start_char integer not null,
    end_char integer not null,
    confidence double not null,
    method varchar not null
);

comment on table fact_topic_mention is
'The words by which articles were given their topics. Grain: one span and topic in one '
'version.';
comment on column fact_topic_mention.article_id is 'fact_article.article_id';
comment on column fact_topic_mention.version is 'fact_article.version';
comment on column fact_topic_mention.topic_id is
'dim_topic.topic_id; a topic of small weight may have no row in bridge_article_topic.';
comment on column fact_topic_mention.term is
'The word or phrase of seeds/topic_terms.csv that it is a form of.';
comment on column fact_topic_mention.surface is 'The span as it stands.';
comment on column fact_topic_mention.sentence_no is
'Its sentence: fact_sentence.sentence_no; null in the title.';
comment on column fact_topic_mention.in_title is 'True where it stands in the title.';
comment on column fact_topic_mention.start_char is
'Offset of its first code point, from 0, in the text, or in the title where in_title.';
comment on column fact_topic_mention.end_char is
'Offset after its last code point: substring(text, start_char + 1, end_char - start_char).';
comment on column fact_topic_mention.confidence is
'How sure term and topic are, 0 to 1, two decimal places.';
comment on column fact_topic_mention.method is 'How it was found.';
