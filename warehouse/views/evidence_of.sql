-- The one place behind a row, in the shape of evidence_list.
create or replace macro evidence_of(
    article_id, version, in_title, start_char, end_char, published_date
) as [
    struct_pack(
        published_date := published_date,
        article_id := article_id,
        version := version,
        in_title := in_title,
        start_char := start_char,
        end_char := end_char
    )
];
