-- Search: words of current articles. `qoima reprocess --step search` adds older ones.
create table search_document (
    document_no integer not null,
    article_id bigint not null,
    version integer not null,
    source_id bigint not null,
    published_date date
);

create table search_form (
    form_no integer not null,
    form varchar not null,
    term varchar not null,
    article_count integer not null
);

create table search_posting (
    form_no integer not null,
    document_no integer not null,
    weight usmallint not null
);
