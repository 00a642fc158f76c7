-- Grain: one story_id that is no longer used.
create table story_redirect (
    old_story_id bigint not null,
    story_id bigint not null
);

comment on table story_redirect is
'Where a story went whose id is no longer used, because an earlier article came, or stories '
'became one. What it holds depends on the order of loads. Grain: one id.';
comment on column story_redirect.old_story_id is 'The id that dim_story once had.';
comment on column story_redirect.story_id is 'The story that holds its articles now.';
