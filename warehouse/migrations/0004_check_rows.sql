-- Rows that broke a rule. Those of earlier loads were not kept.
create table fact_check_row (
    load_id varchar not null,
    rule_id varchar not null,
    row_no integer not null,
    file_id bigint,
    record_no integer,
    article_id bigint,
    version integer,
    in_title boolean,
    start_char integer,
    end_char integer,
    source_id bigint,
    parser_version varchar,
    detail varchar
);
