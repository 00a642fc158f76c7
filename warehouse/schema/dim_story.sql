-- Grain: one story.
create table dim_story (
    story_id bigint not null,
    title varchar,
    first_date date,
    last_date date,
    article_count integer not null,
    source_count integer not null
);

comment on table dim_story is
'Articles on one happening, each at most three days after another of them; an article that '
'stands alone is a story too. Grain: one story.';
comment on column dim_story.story_id is 'The article_id of its earliest article.';
comment on column dim_story.title is 'The title of its earliest article.';
comment on column dim_story.first_date is
'Earliest published_date of its articles; null if none is dated.';
comment on column dim_story.last_date is 'Latest published_date of its articles.';
comment on column dim_story.article_count is 'Its articles, copies among them.';
comment on column dim_story.source_count is 'Outlets that have articles in it.';
