-- Grain: one article, its current version.
create or replace view articles as
with topic_list as (
    select
        bridge.article_id,
        bridge.version,
        list(dim_topic.topic_code order by bridge.weight desc, dim_topic.topic_code asc) as topics,
        list(dim_topic.name_kk order by bridge.weight desc, dim_topic.topic_code asc)
            as topic_names
    from bridge_article_topic as bridge
    inner join dim_topic on bridge.topic_id = dim_topic.topic_id
    group by bridge.article_id, bridge.version
),

country_list as (
    select
        article_id,
        version,
        list(country_code order by weight desc, country_code asc) as countries
    from bridge_article_country
    group by article_id, version
)

select
    article.article_id,
    article.version,
    article.published_date,
    article.published_at,
    article.published_precision,
    dim_source.source_code as source,
    dim_source.name as source_name,
    article.title,
    article.lead,
    article.text,
    article.language,
    article.author,
    article.dateline_place,
    article.url,
    article.section,
    article.tags,
    article.word_count,
    article.is_interview,
    article.duplicate_role,
    article.duplicate_of,
    article.story_id,
    dim_story.title as story_title,
    coalesce(topic_list.topics, []) as topics,
    coalesce(topic_list.topic_names, []) as topic_names,
    coalesce(country_list.countries, []) as countries
from fact_article as article
inner join dim_source on article.source_id = dim_source.source_id
left join dim_story on article.story_id = dim_story.story_id
left join topic_list
    on article.article_id = topic_list.article_id and article.version = topic_list.version
left join country_list
    on article.article_id = country_list.article_id and article.version = country_list.version
where article.is_current;

comment on view articles is
'Articles with the names of what their keys stand for. Grain: one article, its current '
'version.';
comment on column articles.article_id is 'Key of the article: fact_article.article_id';
comment on column articles.version is 'Which version is the current one, from 1.';
comment on column articles.published_date is
'The publication day in the outlet''s time zone; null if unknown.';
comment on column articles.published_at is
'When it was published, UTC; null unless a time of day is known.';
comment on column articles.published_precision is 'minute, day, month, year or unknown.';
comment on column articles.source is 'Short code of the outlet; unknown where none was found.';
comment on column articles.source_name is 'The outlet''s name as it writes it.';
comment on column articles.title is 'The title.';
comment on column articles.lead is 'The outlet''s own summary, else the first paragraph.';
comment on column articles.text is 'The text; offsets of all evidence count its code points.';
comment on column articles.language is 'ISO 639-1 code of the main language; und if undecided.';
comment on column articles.author is 'The byline.';
comment on column articles.dateline_place is 'The dateline''s place.';
comment on column articles.url is 'The canonical address.';
comment on column articles.section is 'The outlet''s own section.';
comment on column articles.tags is 'The outlet''s own tags.';
comment on column articles.word_count is 'Words in the text.';
comment on column articles.is_interview is 'True where questions and answers alternate.';
comment on column articles.duplicate_role is
'original, copy or rewrite; leave copies out to count what was written.';
comment on column articles.duplicate_of is
'The article that it copies or rewrites: its article_id; null in an original.';
comment on column articles.story_id is 'The story that it belongs to.';
comment on column articles.story_title is 'The title of the story''s earliest article.';
comment on column articles.topics is 'Codes of its topics, the main one first.';
comment on column articles.topic_names is 'The same topics in Kazakh.';
comment on column articles.countries is 'Codes of the countries that it names, the main one first.';
