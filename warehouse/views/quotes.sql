-- Grain: one quotation in the current version of one article.
create or replace view quotes as
with topic_list as (
    select
        bridge.article_id,
        bridge.version,
        list(dim_topic.topic_code order by bridge.weight desc, dim_topic.topic_code asc) as topics
    from bridge_article_topic as bridge
    inner join dim_topic on bridge.topic_id = dim_topic.topic_id
    group by bridge.article_id, bridge.version
)

select
    quote.article_id,
    article.published_date,
    dim_source.source_code as source,
    dim_source.name as source_name,
    article.title,
    article.url,
    article.duplicate_role,
    quote.quote_kind,
    speaker.entity_id as speaker_id,
    coalesce(speaker.name, quote.speaker_surface) as speaker,
    speaker.name_ru as speaker_ru,
    speaker.name_en as speaker_en,
    speaker.entity_type as speaker_type,
    speaker.country_code as speaker_country,
    quote.speaker_role,
    quote.text as quote,
    quote.verb,
    coalesce(topic_list.topics, []) as topics,
    case
        when quote.in_title then article.title
        else
            substring(
                article.text,
                sentence.start_char + 1,
                sentence.end_char - sentence.start_char
            )
    end as sentence,
    quote.in_title,
    quote.start_char,
    quote.end_char,
    quote.confidence,
    quote.method
from fact_quote as quote
inner join fact_article as article
    on
        quote.article_id = article.article_id
        and quote.version = article.version
        and article.is_current
inner join dim_source on article.source_id = dim_source.source_id
left join fact_sentence as sentence
    on
        quote.article_id = sentence.article_id
        and quote.version = sentence.version
        and quote.sentence_no = sentence.sentence_no
left join topic_list
    on quote.article_id = topic_list.article_id and quote.version = topic_list.version
left join dim_entity as named on quote.speaker_id = named.entity_id
left join dim_entity as speaker
    on coalesce(named.merged_into, named.entity_id) = speaker.entity_id;

comment on view quotes is
'Quotations with their speakers and the topics of their articles. Grain: one quotation in '
'the current version of one article.';
comment on column quotes.article_id is 'The article: fact_article.article_id';
comment on column quotes.published_date is 'The article''s publication day; null if unknown.';
comment on column quotes.source is 'Short code of the outlet.';
comment on column quotes.source_name is 'The outlet''s name as it writes it.';
comment on column quotes.title is 'The article''s title.';
comment on column quotes.url is 'The article''s address.';
comment on column quotes.duplicate_role is 'original, copy or rewrite: what the article is.';
comment on column quotes.quote_kind is 'direct, indirect (retold) or answer (in an interview).';
comment on column quotes.speaker_id is
'Who said it, merged names followed: dim_entity.entity_id; null if unknown.';
comment on column quotes.speaker is
'The speaker''s name in Kazakh, else the words that name the speaker; null if unknown.';
comment on column quotes.speaker_ru is 'The name in Russian, where known.';
comment on column quotes.speaker_en is 'The name in English, where known.';
comment on column quotes.speaker_type is 'What the speaker is: person, organisation and so on.';
comment on column quotes.speaker_country is 'The speaker''s country: dim_country.country_code';
comment on column quotes.speaker_role is 'The speaker''s office as the article gives it.';
comment on column quotes.quote is 'The quoted words alone.';
comment on column quotes.verb is 'The verb of saying, its dictionary form.';
comment on column quotes.topics is 'Codes of the article''s topics, the main one first.';
comment on column quotes.sentence is
'The sentence that the quotation begins in; the title where in_title.';
comment on column quotes.in_title is 'True where it stands in the title.';
comment on column quotes.start_char is
'Offset of its first code point, from 0, in the text, or in the title where in_title.';
comment on column quotes.end_char is 'Offset after its last code point.';
comment on column quotes.confidence is 'How sure span and speaker are, 0 to 1.';
comment on column quotes.method is 'How it was found.';
