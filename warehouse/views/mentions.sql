-- Grain: one span in the current version of one article.
create or replace view mentions as
select
    mention.article_id,
    article.published_date,
    dim_source.source_code as source,
    dim_source.name as source_name,
    article.title,
    article.url,
    article.duplicate_role,
    mention.entity_type,
    mention.surface,
    entity.entity_id,
    entity.name,
    entity.name_ru,
    entity.name_en,
    entity.country_code,
    case
        when mention.in_title then article.title
        else
            substring(
                article.text,
                sentence.start_char + 1,
                sentence.end_char - sentence.start_char
            )
    end as sentence,
    mention.in_title,
    mention.start_char,
    mention.end_char,
    mention.confidence,
    mention.method
from fact_mention as mention
inner join fact_article as article
    on
        mention.article_id = article.article_id
        and mention.version = article.version
        and article.is_current
inner join dim_source on article.source_id = dim_source.source_id
left join fact_sentence as sentence
    on
        mention.article_id = sentence.article_id
        and mention.version = sentence.version
        and mention.sentence_no = sentence.sentence_no
left join dim_entity as named on mention.entity_id = named.entity_id
left join dim_entity as entity
    on coalesce(named.merged_into, named.entity_id) = entity.entity_id;

comment on view mentions is
'Names and other expressions with whom or what they name and their sentence. Grain: one '
'span in the current version of one article.';
comment on column mentions.article_id is 'The article: fact_article.article_id';
comment on column mentions.published_date is 'The article''s publication day; null if unknown.';
comment on column mentions.source is 'Short code of the outlet.';
comment on column mentions.source_name is 'The outlet''s name as it writes it.';
comment on column mentions.title is 'The article''s title.';
comment on column mentions.url is 'The article''s address.';
comment on column mentions.duplicate_role is 'original, copy or rewrite: what the article is.';
comment on column mentions.entity_type is 'Class of the span, as in fact_mention.entity_type.';
comment on column mentions.surface is 'The span as it stands.';
comment on column mentions.entity_id is
'Whom or what it names, merged names followed: dim_entity.entity_id; null where it names '
'none.';
comment on column mentions.name is 'Its name in Kazakh.';
comment on column mentions.name_ru is 'Its name in Russian, where known.';
comment on column mentions.name_en is 'Its name in English, where known.';
comment on column mentions.country_code is 'Its country: dim_country.country_code';
comment on column mentions.sentence is 'The sentence that it stands in; the title where in_title.';
comment on column mentions.in_title is 'True where it stands in the title.';
comment on column mentions.start_char is
'Offset of its first code point, from 0, in the text, or in the title where in_title.';
comment on column mentions.end_char is 'Offset after its last code point.';
comment on column mentions.confidence is 'How sure span, class and entity are, 0 to 1.';
comment on column mentions.method is 'How it was found or linked.';
