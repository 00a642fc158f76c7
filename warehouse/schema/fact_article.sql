-- Grain: one version of one article.
create table fact_article (
    article_id bigint not null,
    version integer not null,
    is_current boolean not null,
    record_hash varchar not null,
    source_id bigint not null,
    outlet_key varchar,
    modified_at timestamp,
    published_at timestamp,
    published_date date,
    published_precision varchar not null,
    published_basis varchar not null,
    arrived_at timestamp not null,
    title varchar,
    lead varchar,
    text varchar not null,
    language varchar not null,
    script varchar not null,
    author varchar,
    dateline_place varchar,
    url varchar,
    section varchar,
    tags varchar[],
    photo_credit varchar,
    word_count integer not null,
    is_interview boolean not null,
    has_scan_noise boolean not null,
    story_id bigint,
    duplicate_role varchar not null,
    duplicate_of bigint,
    file_id bigint not null,
    record_no integer not null,
    load_id varchar not null
);

comment on table fact_article is
'Articles as they were read. Grain: one version of one article; counts use is_current.';
comment on column fact_article.article_id is
'Key of the article: a hash of its canonical url, else source and outlet key, else source, '
'folded title and date, else content.';
comment on column fact_article.version is
'1 for the earliest version; ordered by modified_at, published_at, arrived_at, content.';
comment on column fact_article.is_current is 'True for the newest version of the article only.';
comment on column fact_article.record_hash is
'SHA-256 of the parsed record; two records of one article with the same hash are one version.';
comment on column fact_article.source_id is 'The outlet: dim_source.source_id; never null.';
comment on column fact_article.outlet_key is 'The outlet''s own id of the article, as given.';
comment on column fact_article.modified_at is
'When the outlet says it changed the article, UTC.';
comment on column fact_article.published_at is
'When it was published, UTC; null unless a time of day is known.';
comment on column fact_article.published_date is
'The publication day in the outlet''s own time zone; the first day of the month or year at '
'a coarser precision; null if unknown.';
comment on column fact_article.published_precision is 'minute, day, month, year or unknown.';
comment on column fact_article.published_basis is
'Where the date was read: header, body, url, metadata, filename, inferred or unknown; '
'correction where seeds/corrections.csv gives it.';
comment on column fact_article.arrived_at is
'When the pass that first saw the file began, UTC; files of one pass follow each other by '
'microseconds in the order of their modification times.';
comment on column fact_article.title is 'The title, cleaned.';
comment on column fact_article.lead is 'The outlet''s own summary, else the first paragraph.';
comment on column fact_article.text is
'Everything after the title but site chrome and photo credits, cleaned; offsets of all '
'evidence count its code points.';
comment on column fact_article.language is
'ISO 639-1 code of the main language; und if undecided.';
comment on column fact_article.script is 'The main script: cyrillic, latin, arabic or other.';
comment on column fact_article.author is 'The byline, name in ordinary case.';
comment on column fact_article.dateline_place is 'The dateline''s place in the nominative.';
comment on column fact_article.url is 'The canonical address.';
comment on column fact_article.section is 'The outlet''s own section.';
comment on column fact_article.tags is 'The outlet''s own tags.';
comment on column fact_article.photo_credit is 'To whom the article credits its picture.';
comment on column fact_article.word_count is 'Words in the text: runs of letters and digits.';
comment on column fact_article.is_interview is 'True where questions and answers alternate.';
comment on column fact_article.has_scan_noise is
'True where the text bears the marks of a scan: letters of two scripts in a word, broken '
'lines.';
comment on column fact_article.story_id is
'The story the article belongs to: dim_story.story_id; null in versions that are not '
'current.';
comment on column fact_article.duplicate_role is
'original, copy or rewrite of an article published before it; original in versions that are '
'not current.';
comment on column fact_article.duplicate_of is
'The original that it copies or rewrites, directly or through others; null in an original.';
comment on column fact_article.file_id is 'The input it was read from: fact_file.file_id.';
comment on column fact_article.record_no is
'Its place in the file, from 1; the line number in line formats.';
comment on column fact_article.load_id is 'The load that brought it: dim_load.load_id.';
