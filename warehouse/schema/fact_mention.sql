-- Grain: one named-entity span in one version of one article.
create table fact_mention (
    article_id bigint not null,
    version integer not null,
    mention_no integer not null,
    entity_id bigint,
    entity_type varchar not null,
    surface varchar not null,
    normal_form varchar,
    start_char integer not null,
    end_char integer not null,
    sentence_no integer,
    in_title boolean not null,
    confidence double not null,
    method varchar not null
);

comment on table fact_mention is
'Names and other expressions of the classes of KazNERD, as spans of title and text; spans of '
'one class do not overlap, spans of different classes may. Grain: one span in one version.';
comment on column fact_mention.article_id is 'fact_article.article_id';
comment on column fact_mention.version is 'fact_article.version';
comment on column fact_mention.mention_no is
'Its place among the mentions of the version, from 1: those of the title first.';
comment on column fact_mention.entity_id is
'Whom or what it names: dim_entity.entity_id; the person where a position stands for one; '
'null where it names no entity or it is not clear which.';
comment on column fact_mention.entity_type is
'Class of the span: person, organisation, gpe, location, facility, position, norp, event, '
'money and the others of KazNERD.';
comment on column fact_mention.surface is 'The span as it stands.';
comment on column fact_mention.normal_form is
'Its own spelling in the nominative; null where there is none.';
comment on column fact_mention.start_char is
'Offset of its first code point, from 0, in the text, or in the title where in_title.';
comment on column fact_mention.end_char is
'Offset after its last code point: substring(text, start_char + 1, end_char - start_char).';
comment on column fact_mention.sentence_no is
'Its sentence: fact_sentence.sentence_no; null in the title.';
comment on column fact_mention.in_title is 'True where it stands in the title.';
comment on column fact_mention.confidence is
'How sure span, class and entity are, 0 to 1, two decimal places.';
comment on column fact_mention.method is
'How it was found or linked: model, gazetteer, rule, recall, definition, apposition, '
'in_article or reference.';
