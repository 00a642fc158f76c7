-- Grain: one pair of near-equal articles.
create table fact_duplicate (
    article_id bigint not null,
    other_article_id bigint not null,
    similarity double not null,
    jaccard double not null,
    is_copy boolean not null
);

comment on table fact_duplicate is
'Pairs of articles whose current versions are near-equal; who repeats whom is said by '
'fact_article.duplicate_of. In large groups not every pair is listed. Grain: one pair.';
comment on column fact_duplicate.article_id is 'The article with the smaller article_id.';
comment on column fact_duplicate.other_article_id is 'The other article: fact_article.article_id.';
comment on column fact_duplicate.similarity is
'Share of the shorter article that stands in the other, measured in runs of five letters, two '
'decimal places.';
comment on column fact_duplicate.jaccard is
'Share that is common of all that either article has, two decimal places.';
comment on column fact_duplicate.is_copy is
'True where one copies the other, false where it rewrites it.';
