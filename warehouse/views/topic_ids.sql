-- Grain: one topic that is meant by a code or a name; one of the first level brings its own.
create or replace macro topic_ids(wanted) as table (
    select topic.topic_id
    from dim_topic as topic
    left join dim_topic as parent on topic.parent_id = parent.topic_id
    where
        lower(trim(cast(wanted as varchar))) in (
            lower(topic.topic_code),
            lower(topic.name_kk),
            lower(topic.name_ru),
            lower(topic.name_en),
            lower(parent.topic_code),
            lower(parent.name_kk),
            lower(parent.name_ru),
            lower(parent.name_en)
        )
);
