"""A warehouse of made-up fact rows, as wide and as uneven as a real one.

Rows are made in SQL from the number of their article, so that the same number of
articles gives the same warehouse. Texts are short: reports fetch few of them.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import duckdb

from flows.known import load_known
from flows.references import load_references
from warehouse.aggregates import rebuild_aggregates
from warehouse.catalog import open_warehouse
from warehouse.entities import merge_reference_entities
from warehouse.references import merge_reference_tables

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 1, 1, tzinfo=UTC)
_SENTENCE = "Тоғандағы су мол болады деді маман."

#: Helps the statements below: ``roll`` is an even number below ``sides`` for an article
#: and a purpose, ``ranked`` one of which the first are far more frequent than the last.
_MACROS = """
create or replace temp macro roll(number, purpose, sides) as
    (hash(number, purpose) % sides)::integer;
create or replace temp macro ranked(number, purpose, sides) as
    floor(sides * power(roll(number, purpose, 1000003) / 1000003.0, 3))::integer;
create or replace temp macro key_of(number) as (hash(number) >> 2)::bigint;
create or replace temp macro entity_key(number) as (hash(number, 'entity') >> 2)::bigint
"""

_STATEMENTS = (
    # 40 outlets, 6,000 people and bodies of which each tenth was merged into another.
    """
    insert into dim_source by name
    select 1000 + number as source_id, 'outlet-' || number as source_code,
        'Газет ' || number as name, 'newspaper' as kind, 'Asia/Almaty' as time_zone
    from range(40) as outlet (number)
    """,
    """
    insert into dim_entity by name
    select entity_key(number) as entity_id,
        case when number % 4 = 3 then 'organisation' else 'person' end as entity_type,
        'Аты ' || number as name, 'learned' as origin,
        case when number % 10 = 9 then entity_key(number - 4) end as merged_into
    from range(6000) as entity (number)
    """,
    """
    create temp table country as
    select entity_id, country_code,
        row_number() over (order by country_code <> 'KZ', hash(country_code)) - 1
            as number
    from dim_country
    """,
    """
    create temp table topic as
    select topic_id, row_number() over (order by topic_id) - 1 as number from dim_topic
    """,
    """
    create temp table kind_of_event as
    select event_type, row_number() over (order by event_type) - 1 as number
    from dim_event_type
    """,
    # Stories of one to eight articles that follow one another; a tenth are copies.
    """
    create temp table article as
    with placed as (
        select number, 1 + (number // 8) % 8 as size, number // 8 * 8 as block,
        from range($articles) as made (number)
    ),
    led as (
        select number, size, block + (number - block) // size * size as lead_number
        from placed
    )
    select number, lead_number, size > 1 as is_told,
        key_of(number) as article_id, key_of(lead_number) as lead_id,
        case
            when number = lead_number then 'original'
            when roll(number, 'role', 100) < 13 then 'copy'
            when roll(number, 'role', 100) < 20 then 'rewrite'
            else 'original'
        end as duplicate_role,
        date '2023-01-01' + (number * 1095 // $articles)::integer as day,
        roll(number, 'precision', 50) as shape
    from led
    """,
    """
    insert into fact_article by name
    select article_id, 1 as version, true as is_current, '' as record_hash,
        1000 + ranked(number, 'source', 40) as source_id,
        case when shape > 1 then day + to_minutes(roll(number, 'minute', 1440)) end
            as published_at,
        case when shape > 0 then day end as published_date,
        case shape when 0 then 'unknown' when 1 then 'month' else 'minute' end
            as published_precision,
        'header' as published_basis, day::timestamp as arrived_at,
        'Тақырып ' || number as title,
        repeat($sentence || ' ', 10) || number as text, 'kk' as language,
        'cyrillic' as script, 100 + roll(number, 'words', 700) as word_count,
        false as is_interview, false as has_scan_noise,
        case when is_told then lead_id end as story_id, duplicate_role,
        case when duplicate_role <> 'original' then lead_id end as duplicate_of,
        number as file_id, 1 as record_no, 'load-' || number // 1000 as load_id
    from article order by number
    """,
    """
    insert into fact_sentence
    select article_id, 1, sentence_no, (sentence_no - 1) * (length($sentence) + 1),
        sentence_no * (length($sentence) + 1) - 1
    from article cross join range(1, 11) as sentence (sentence_no)
    order by number, sentence_no
    """,
    # Spans stand side by side, three to a sentence.
    """
    create temp table span as
    select number, article_id, lead_number, no, 1 + no // 3 as sentence_no,
        no // 3 * (length($sentence) + 1) + no % 3 * 12 as start_char,
        round(0.5 + roll(number, no, 50) / 100.0, 2) as confidence
    from article cross join range(30) as place (no)
    """,
    """
    insert into fact_mention by name
    select span.article_id, 1 as version, (span.no // 2 + 1)::integer as mention_no,
        case
            when span.no // 2 < 8 then entity_key(ranked(span.number, no, 6000))
            when span.no // 2 < 12 then country_named.entity_id
        end as entity_id,
        case
            when span.no // 2 < 8 then 'person' when span.no // 2 < 12 then 'gpe'
            else 'date'
        end as entity_type,
        'Тоған' as surface, span.start_char, span.start_char + 5 as end_char,
        span.sentence_no, false as in_title, span.confidence, 'model' as method
    from span
    left join country as country_named
        on ranked(span.number, span.no, 60) = country_named.number
    where span.no % 2 = 0
    order by span.number, span.no
    """,
    """
    insert into fact_quote by name
    select article_id, 1 as version, (no // 10 + 1)::integer as quote_no,
        case roll(number, no, 3) when 0 then 'indirect' else 'direct' end as quote_kind,
        case
            when roll(number, no, 7) > 0
                then entity_key(ranked(lead_number, no + 100, 6000))
        end as speaker_id,
        'маман' as speaker_surface,
        case when roll(number, no, 2) = 0 then 'министр ' || roll(number, no, 300) end
            as speaker_role,
        'су мол болады' as surface,
        'Биыл су мол болады ' || lead_number || '-' || no as text, 'деу' as verb,
        sentence_no, false as in_title, start_char, start_char + 30 as end_char,
        confidence, 'rule' as method
    from span where no % 10 = 3 order by number, no
    """,
    """
    insert into fact_role_mention by name
    select article_id, 1 as version,
        entity_key(ranked(number, no + 500, 3000) * 2) as entity_id,
        'министр ' || ranked(number, no + 500, 3000) % 200 as role,
        'KZ' as country_code, false as is_single, false as in_title, sentence_no,
        start_char, start_char + 11 as end_char, confidence, 'before' as method
    from span where no = 5 order by number
    """,
    """
    insert into dim_entity_role by name
    select (hash(entity_id, role) >> 2)::bigint as role_id, entity_id, role,
        country_code, false as is_single, date '2023-01-01' as valid_from,
        true as is_current, min(article_id) as evidence_article_id,
        count(*) as evidence_count
    from fact_role_mention group by entity_id, role, country_code
    """,
    """
    insert into fact_amount by name
    select article_id, 1 as version, (no // 10 + 1)::integer as amount_no,
        roll(lead_number, no, 900) + roll(number, no, 40) // 39 as value,
        ['money', 'percent', 'count'][no // 10 + 1] as kind,
        case no // 10 when 0 then 'KZT' end as currency_code,
        'exact' as approximation,
        case no // 10 when 2 then 'адам' end as counted,
        '100 теңге' as surface, sentence_no, false as in_title, start_char,
        start_char + 9 as end_char, confidence, 'rule' as method
    from span where no % 10 = 7 order by number, no
    """,
    """
    insert into fact_date_mention by name
    select span.article_id, 1 as version, (span.no // 15 + 1)::integer as date_no,
        day + roll(span.number, no, 900) - 800 as start_date, start_date as end_date,
        case roll(span.number, span.no, 8) when 0 then 'year' else 'day' end
            as precision,
        'absolute' as basis, '5 мамыр' as surface, sentence_no, false as in_title,
        start_char, start_char + 7 as end_char, confidence, 'rule' as method
    from span inner join article on span.number = article.number
    where no % 15 = 9 order by span.number, no
    """,
    """
    insert into bridge_article_topic by name
    select article.article_id, 1 as version, topic.topic_id, 4 - place as mention_count,
        (4 - place) / 6.0 as weight
    from article cross join range(1, 4) as listed (place)
    inner join topic
        on (
            ranked(article.lead_number, 'topic', (select count(*) from topic))
            + place * 7
        ) % (select count(*) from topic) = topic.number
    order by article.number, place
    """,
    """
    insert into fact_topic_mention by name
    select span.article_id, 1 as version, topic.topic_id, 'су' as term, 'су' as surface,
        sentence_no, false as in_title, start_char + 2 as start_char,
        start_char + 4 as end_char, confidence, 'stem' as method
    from span
    inner join topic
        on (
            ranked(span.lead_number, 'topic', (select count(*) from topic))
            + (1 + no // 5 % 3) * 7
        ) % (select count(*) from topic) = topic.number
    where no % 5 = 3 order by span.number, no
    """,
    """
    insert into bridge_article_country by name
    select distinct article_id, 1 as version, country.country_code, 1 as mention_count,
        case place when 0 then 0.6 else 0.4 end as weight
    from article cross join range(2) as listed (place)
    inner join country
        on (ranked(article.number, 'country', 60) + place * 3) % 60 = country.number
    order by article_id
    """,
    # A third of the articles tell first of an event, the two after them perhaps too.
    """
    create temp table told as
    select span.article_id, key_of(span.number // 3 + 1000000000) as event_id,
        span.number, kind_of_event.event_type, article.day as event_date,
        span.sentence_no, span.start_char, span.confidence
    from span
    inner join article on span.number = article.number
    inner join kind_of_event
        on ranked(span.number // 3, 'event', (select count(*) from kind_of_event))
            = kind_of_event.number
    where span.no = 0 and (span.number % 3 = 0 or roll(span.number, 'told', 2) = 0)
    """,
    """
    insert into fact_event by name
    select event_id, event_type, min(event_date) as event_date,
        'day' as event_precision, arg_min(article_id, number) as first_article_id,
        count(*) as article_count, max(confidence) as confidence
    from told group by event_id, event_type
    """,
    """
    insert into fact_event_mention by name
    select event_id, article_id, 1 as version, 1 as event_no, 1 as statement_count,
        'келді' as surface, sentence_no, false as in_title, start_char,
        start_char + 5 as end_char, confidence, 'rule' as method
    from told order by number
    """,
    """
    insert into fact_event_statement by name
    select article_id, 1 as version, 1 as event_no, event_id, event_type, event_date,
        'day' as event_precision, 'келді' as surface, sentence_no, false as in_title,
        start_char, start_char + 5 as end_char, confidence, 'rule' as method
    from told order by number
    """,
    """
    insert into bridge_event_actor by name
    select event_id, entity_key(ranked(event_id, side, 6000)) as entity_id,
        ['initiator', 'partner'][side] as actor_role, country.country_code,
        article_count
    from fact_event cross join range(1, 3) as listed (side)
    inner join country on ranked(event_id, side + 10, 40) = country.number
    """,
    """
    insert into fact_document by name
    select article_id, 1 as version, 1 as document_no, 'Су туралы келісім' as title,
        'signed' as action, 'келісім' as surface, sentence_no, false as in_title,
        start_char, start_char + 7 as end_char, confidence, 'rule' as method
    from span where no = 20 and number % 10 = 0 order by number
    """,
    """
    insert into dim_story by name
    select story_id, min(title) as title, min(published_date) as first_date,
        max(published_date) as last_date, count(*) as article_count,
        count(distinct source_id) as source_count
    from fact_article where story_id is not null group by story_id
    """,
    """
    insert into dim_load by name
    select distinct load_id, load_id as run_id, 'manual' as trigger,
        'succeeded' as status, arrived_at as started_at, arrived_at as finished_at,
        '1' as code_version, []::varchar[] as accepted_rules, 0 as files_read,
        0 as files_loaded, 0 as files_unchanged, 0 as files_duplicate,
        0 as files_quarantined, 0 as files_held, 0 as records_read,
        1000 as articles_loaded, 0 as articles_unchanged, 0 as articles_rejected,
        map {'load': 1.0} as step_seconds
    from fact_article qualify row_number() over (partition by load_id) = 1
    """,
)


def make_warehouse(path: Path, articles: int) -> None:
    """Fill a new warehouse file.

    Args:
        path: the file; it must not exist.
        articles: how many current articles it gets, over three years.
    """
    with open_warehouse(path, now=NOW) as connection:
        known = load_known(load_references(None))
        names = known.names
        connection.execute("begin")
        merge_reference_entities(
            connection, names.entities, names.aliases, names.countries, names.places
        )
        merge_reference_tables(connection, known.dimensions)
        connection.execute("commit")
        for macro in _MACROS.split(";"):
            connection.execute(macro)
        for statement in _STATEMENTS:
            try:
                connection.execute(statement, _values(statement, articles))
            except duckdb.Error as error:
                error.add_note(statement)
                raise
        rebuild_aggregates(connection)


def _values(statement: str, articles: int) -> dict[str, object]:
    values: dict[str, object] = {"articles": articles, "sentence": _SENTENCE}
    return {name: value for name, value in values.items() if f"${name}" in statement}
