-- Rows of agg_article: how much was read out of each article.
with row_read as (
    select
        mention.article_id,
        'mentions' as read,
        mention.confidence < 0.7 as is_unsure
    from aggregated_mention as mention
    semi join aggregated_article as article
        on mention.article_id = article.article_id and mention.version = article.version
    union all
    select
        aggregated_quote.article_id,
        'quotes' as read,
        aggregated_quote.confidence < 0.7 as is_unsure
    from aggregated_quote
    semi join aggregated_article as article
        on
            aggregated_quote.article_id = article.article_id
            and aggregated_quote.version = article.version
    union all
    select
        aggregated_amount.article_id,
        'amounts' as read,
        aggregated_amount.confidence < 0.7 as is_unsure
    from aggregated_amount
    semi join aggregated_article as article
        on
            aggregated_amount.article_id = article.article_id
            and aggregated_amount.version = article.version
    union all
    select
        fact_date_mention.article_id,
        'date_mentions' as read,
        fact_date_mention.confidence < 0.7 as is_unsure
    from fact_date_mention
    semi join aggregated_article as article
        on
            fact_date_mention.article_id = article.article_id
            and fact_date_mention.version = article.version
    union all
    select
        fact_topic_mention.article_id,
        'topic_mentions' as read,
        fact_topic_mention.confidence < 0.7 as is_unsure
    from fact_topic_mention
    semi join aggregated_article as article
        on
            fact_topic_mention.article_id = article.article_id
            and fact_topic_mention.version = article.version
    union all
    select
        fact_event_statement.article_id,
        'event_statements' as read,
        fact_event_statement.confidence < 0.7 as is_unsure
    from fact_event_statement
    semi join aggregated_article as article
        on
            fact_event_statement.article_id = article.article_id
            and fact_event_statement.version = article.version
    union all
    select
        fact_document.article_id,
        'documents' as read,
        fact_document.confidence < 0.7 as is_unsure
    from fact_document
    semi join aggregated_article as article
        on
            fact_document.article_id = article.article_id
            and fact_document.version = article.version
    union all
    select
        aggregated_role_mention.article_id,
        'role_mentions' as read,
        aggregated_role_mention.confidence < 0.7 as is_unsure
    from aggregated_role_mention
    semi join aggregated_article as article
        on
            aggregated_role_mention.article_id = article.article_id
            and aggregated_role_mention.version = article.version
),

counted as (
    select
        article_id,
        count(*) filter (where read = 'mentions') as mentions,
        count(*) filter (where read = 'mentions' and is_unsure) as unsure_mentions,
        count(*) filter (where read = 'quotes') as quotes,
        count(*) filter (where read = 'quotes' and is_unsure) as unsure_quotes,
        count(*) filter (where read = 'amounts') as amounts,
        count(*) filter (where read = 'amounts' and is_unsure) as unsure_amounts,
        count(*) filter (where read = 'date_mentions') as date_mentions,
        count(*) filter (where read = 'date_mentions' and is_unsure) as unsure_date_mentions,
        count(*) filter (where read = 'topic_mentions') as topic_mentions,
        count(*) filter (where read = 'topic_mentions' and is_unsure) as unsure_topic_mentions,
        count(*) filter (where read = 'event_statements') as event_statements,
        count(*) filter (where read = 'event_statements' and is_unsure) as unsure_event_statements,
        count(*) filter (where read = 'documents') as documents,
        count(*) filter (where read = 'documents' and is_unsure) as unsure_documents,
        count(*) filter (where read = 'role_mentions') as role_mentions,
        count(*) filter (where read = 'role_mentions' and is_unsure) as unsure_role_mentions
    from row_read
    group by article_id
)

select
    article.article_id,
    article.version,
    article.source_id,
    article.published_date,
    article.published_precision,
    article.story_id,
    article.duplicate_role,
    article.file_id,
    coalesce(counted.mentions, 0) as mentions,
    coalesce(counted.unsure_mentions, 0) as unsure_mentions,
    coalesce(counted.quotes, 0) as quotes,
    coalesce(counted.unsure_quotes, 0) as unsure_quotes,
    coalesce(counted.amounts, 0) as amounts,
    coalesce(counted.unsure_amounts, 0) as unsure_amounts,
    coalesce(counted.date_mentions, 0) as date_mentions,
    coalesce(counted.unsure_date_mentions, 0) as unsure_date_mentions,
    coalesce(counted.topic_mentions, 0) as topic_mentions,
    coalesce(counted.unsure_topic_mentions, 0) as unsure_topic_mentions,
    coalesce(counted.event_statements, 0) as event_statements,
    coalesce(counted.unsure_event_statements, 0) as unsure_event_statements,
    coalesce(counted.documents, 0) as documents,
    coalesce(counted.unsure_documents, 0) as unsure_documents,
    coalesce(counted.role_mentions, 0) as role_mentions,
    coalesce(counted.unsure_role_mentions, 0) as unsure_role_mentions
from aggregated_article as article
left join counted on article.article_id = counted.article_id
order by article.published_date, article.article_id
