-- What stands behind a number: at most 50 places in articles, the newest first.
-- Offsets are null where the whole article is meant.
create or replace macro evidence_list(
    article_id, version, in_title, start_char, end_char, published_date
) as max(
    distinct struct_pack(
        published_date := published_date,
        article_id := article_id,
        version := version,
        in_title := in_title,
        start_char := start_char,
        end_char := end_char
    ),
    50
);
