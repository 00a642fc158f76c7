-- Rows of agg_quote_mention, after those of agg_quote: whom and what each quotation names.
with quoted as (
    select quote.*
    from aggregated_quotation as quote
    semi join aggregated_article as article on quote.article_id = article.article_id
),

met as (
    select
        quoted.*,
        mention.mention_no,
        mention.entity_id,
        lower(mention.surface) as surface,
        mention.start_char >= quoted.start_char
        and mention.end_char <= quoted.end_char as is_in_quote,
        mention.start_char as mention_start,
        mention.end_char as mention_end
    from quoted
    inner join aggregated_mention as mention
        on
            quoted.article_id = mention.article_id
            and quoted.version = mention.version
            and quoted.in_title = mention.in_title
    where
        mention.entity_id is not null
        and (
            (mention.start_char >= quoted.start_char and mention.end_char <= quoted.end_char)
            or (
                quoted.sentence_no = mention.sentence_no
                and not contains(
                    lower(coalesce(quoted.speaker_surface, '')), lower(mention.surface)
                )
                and not contains(lower(coalesce(quoted.office, '')), lower(mention.surface))
            )
        )
),

part_of_office as (
    select distinct
        met.article_id,
        met.mention_no
    from met
    inner join aggregated_role_mention as said
        on
            met.article_id = said.article_id
            and met.version = said.version
            and met.in_title = said.in_title
            and met.mention_start >= said.start_char
            and met.mention_end <= said.end_char
    where not met.is_in_quote
)

select
    met.article_id,
    met.version,
    met.quote_no,
    met.mention_no,
    met.entity_id,
    met.is_in_quote,
    met.surface,
    met.source_id,
    met.published_date,
    met.speaker_id,
    met.speaker_surface,
    met.office is not null as has_office,
    met.text_key
from met
anti join part_of_office
    on
        met.article_id = part_of_office.article_id
        and met.mention_no = part_of_office.mention_no
        and not met.is_in_quote
order by met.published_date, met.article_id, met.quote_no, met.mention_no
