-- Grain: one number with its unit in one version of one article.
create table fact_amount (
    article_id bigint not null,
    version integer not null,
    amount_no integer not null,
    value double not null,
    value_max double,
    kind varchar not null,
    unit_code varchar,
    currency_code varchar,
    approximation varchar not null,
    direction varchar,
    counted varchar,
    surface varchar not null,
    sentence_no integer,
    in_title boolean not null,
    start_char integer not null,
    end_char integer not null,
    confidence double not null,
    method varchar not null
);

comment on table fact_amount is
'Amounts that articles name: money, percentages, counts, quantities and durations. Ordinals, '
'dates, times and numbers of documents are left out. Grain: one amount in one version.';
comment on column fact_amount.article_id is 'fact_article.article_id';
comment on column fact_amount.version is 'fact_article.version';
comment on column fact_amount.amount_no is
'Its place among the amounts of the version, from 1: those of the title first.';
comment on column fact_amount.value is
'The number, magnitude words worked in; the lower end of a range.';
comment on column fact_amount.value_max is 'The upper end of a range; null where it is none.';
comment on column fact_amount.kind is 'money, percent, count, quantity or duration.';
comment on column fact_amount.unit_code is
'Its unit, UCUM: dim_unit.unit_code; null of money and where it has none.';
comment on column fact_amount.currency_code is
'Currency of money, ISO 4217: dim_unit.currency_code; null for everything else.';
comment on column fact_amount.approximation is 'exact, over, under or about.';
comment on column fact_amount.direction is 'rise or fall where the verb says so; null otherwise.';
comment on column fact_amount.counted is
'What is counted: the noun, its dictionary form; null if nothing is named.';
comment on column fact_amount.surface is 'The span as it stands.';
comment on column fact_amount.sentence_no is
'Its sentence: fact_sentence.sentence_no; null in the title.';
comment on column fact_amount.in_title is 'True where it stands in the title.';
comment on column fact_amount.start_char is
'Offset of its first code point, from 0, in the text, or in the title where in_title.';
comment on column fact_amount.end_char is
'Offset after its last code point: substring(text, start_char + 1, end_char - start_char).';
comment on column fact_amount.confidence is
'How sure span, value and unit are, 0 to 1, two decimal places.';
comment on column fact_amount.method is 'How it was found.';
