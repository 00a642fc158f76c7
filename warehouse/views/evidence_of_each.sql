-- evidence_list where no place can come twice: that saves telling them apart.
create or replace macro evidence_of_each(
    article_id, version, in_title, start_char, end_char, published_date
) as max(
    struct_pack(
        published_date := published_date,
        article_id := article_id,
        version := version,
        in_title := in_title,
        start_char := start_char,
        end_char := end_char
    ),
    50
);
