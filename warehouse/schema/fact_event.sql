-- Grain: one event.
create table fact_event (
    event_id bigint not null,
    event_type varchar not null,
    event_date date,
    event_precision varchar not null,
    place_id bigint,
    first_article_id bigint not null,
    article_count integer not null,
    confidence double not null
);

comment on table fact_event is
'What happened, as told by one article or several. Statements of one type are one event where '
'their actors are the same, or one has all of the other''s and two are shared, and their days '
'are at most two apart in a chain (the same day, where there is one actor). Grain: one event.';
comment on column fact_event.event_id is
'Key of the event: hash of its earliest statement. It can change when articles are added; '
'event_redirect has the old ones.';
comment on column fact_event.event_type is 'dim_event_type.event_type';
comment on column fact_event.event_date is
'The day that most articles give, or the first day of month or year; null if unknown.';
comment on column fact_event.event_precision is
'day, month, year, or unknown where event_date is null.';
comment on column fact_event.place_id is
'The place that most articles give: dim_place.place_id; null if unknown.';
comment on column fact_event.first_article_id is
'The article that told it first: fact_article.article_id';
comment on column fact_event.article_count is 'How many articles tell it.';
comment on column fact_event.confidence is 'That of its surest statement, 0 to 1.';
