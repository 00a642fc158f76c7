-- Grain: one topic.
create table dim_topic (
    topic_id bigint not null,
    topic_code varchar not null,
    parent_id bigint,
    name_kk varchar not null,
    name_ru varchar,
    name_en varchar
);

comment on table dim_topic is
'What articles can be about, in two levels, from seeds/topics.csv. Grain: one topic.';
comment on column dim_topic.topic_id is 'Hash of topic_code.';
comment on column dim_topic.topic_code is 'Its short name, the same in every language.';
comment on column dim_topic.parent_id is
'The topic that it is a part of: dim_topic.topic_id; null for the first level.';
comment on column dim_topic.name_kk is 'Its name in Kazakh.';
comment on column dim_topic.name_ru is 'Its name in Russian.';
comment on column dim_topic.name_en is 'Its name in English.';
