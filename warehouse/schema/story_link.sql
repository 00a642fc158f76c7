-- Grain: one pair of articles on one happening.
create table story_link (
    article_id bigint not null,
    other_article_id bigint not null
);

comment on table story_link is
'Pairs of articles that tell of one happening in words of their own, published within three '
'days; with fact_duplicate they make the stories. Grain: one pair.';
comment on column story_link.article_id is 'The article with the smaller article_id.';
comment on column story_link.other_article_id is 'The other article: fact_article.article_id.';
