"""Table rules on events: what articles state, the events made of it, and documents.

Statements and documents are looked at for the articles in ``touched_article``, events
for those in ``rebuilt_event``: a load may change events of articles that it does not
touch.
"""

from __future__ import annotations

from checks import codes
from checks.evidence import DOCUMENTS, STATEMENTS, numbered, spans
from checks.rule import Rule, one_of, table_rule
from checks.scopes import REBUILT, TOUCHED

_STATEMENTS = (
    numbered(STATEMENTS),
    *spans(STATEMENTS),
    STATEMENTS.values(
        "a statement has a date, or its precision is unknown",
        f"""
        (event_date is null) = (event_precision = 'unknown')
        and {one_of("event_precision", codes.EVENT_PRECISIONS)}
        """,
        evidence="event_date, event_precision",
    ),
    STATEMENTS.rule(
        "actors_resolve",
        "actors of a statement are entities, with a role, each once; countries exist",
        f"""
        with acted as (
            select {STATEMENTS.columns}, unnest(actors, recursive := true)
            from fact_event_statement where {TOUCHED}
        )
        select *,
            count(*) over (partition by {STATEMENTS.columns}, entity_id) as same_actor
        from acted
        qualify same_actor > 1
            or coalesce(trim(actor_role), '') = ''
            or entity_id is null
            or entity_id not in (select entity_id from dim_entity)
            or (
                country_code is not null
                and country_code not in (select country_code from dim_country)
            )
        """,
    ),
    STATEMENTS.rule(
        "has_its_event",
        "statements of current versions have an event that the article is listed with, "
        "others none",
        f"""
        select {STATEMENTS.columns}, is_current, event_id
        from (select * from fact_event_statement where {TOUCHED})
        join (
            select article_id, version, is_current from fact_article where {TOUCHED}
        ) using (article_id, version)
        where is_current <> (event_id is not null)
            or (
                event_id is not null
                and (event_id, article_id, version) not in (
                    select (event_id, article_id, version) from fact_event_mention
                    where {TOUCHED}
                )
            )
        """,
    ),
)

_DOCUMENTS = (
    numbered(DOCUMENTS),
    *spans(DOCUMENTS),
    DOCUMENTS.values(
        "a document has a title, and something was done with it",
        "trim(title) <> '' and regexp_full_match(action, '[a-z_]+')",
        evidence="title, action",
    ),
    DOCUMENTS.rule(
        "event_resolves",
        "the event of a document is that of its statement in the same version",
        f"""
        select document.article_id, document.version, document.document_no,
            document.event_no, document.event_id
        from (select * from fact_document where {TOUCHED}) as document
        left join (
            select * from fact_event_statement where {TOUCHED}
        ) as statement using (article_id, version, event_no)
        where document.event_id is distinct from statement.event_id
            or (document.event_no is not null and statement.article_id is null)
        """,
    ),
)

_EVENTS = (
    table_rule(
        "fact_event",
        "event_values_valid",
        "an event has a known type and place, and a date, or its precision is unknown",
        f"""
        select event_id, event_type, event_date, event_precision, place_id, confidence
        from fact_event
        where {REBUILT} and (
            event_type not in (select event_type from dim_event_type)
            or not {one_of("event_precision", codes.EVENT_PRECISIONS)}
            or (event_date is null) <> (event_precision = 'unknown')
            or not confidence between 0 and 1
            or (
                place_id is not null
                and place_id not in (select place_id from dim_place)
            )
        )
        """,
        scope=REBUILT,
        is_of_rows=True,
    ),
    table_rule(
        "fact_event",
        "event_mentions_counted",
        "an event has as many articles as are listed with it, its first among them",
        f"""
        with mentioned as (
            select event_id, count(*) as mentions, list(article_id) as articles
            from fact_event_mention where {REBUILT} group by event_id
        )
        select event_id, article_count, mentions, first_article_id
        from (select * from fact_event where {REBUILT}) as event
        full join mentioned using (event_id)
        where article_count is distinct from mentions
            or not list_contains(articles, first_article_id)
        """,
        scope=REBUILT,
    ),
    table_rule(
        "fact_event_mention",
        "event_mention_resolves",
        "an event stands once for an article, with a statement of its current version",
        f"""
        with listed as (
            select event_id, article_id, version, event_no,
                count(*) over (partition by event_id, article_id) as same_article
            from fact_event_mention where {REBUILT}
        )
        select listed.* from listed
        left join fact_event_statement as statement
            using (event_id, article_id, version, event_no)
        left join fact_article using (article_id, version)
        where same_article > 1
            or statement.event_type is null
            or not coalesce(fact_article.is_current, false)
        """,
        scope=REBUILT,
        is_of_rows=True,
    ),
    table_rule(
        "bridge_event_actor",
        "event_actor_valid",
        "an actor stands once for an event, with a role; event, entity and country "
        "exist",
        f"""
        with listed as (
            select *, count(*) over (partition by event_id, entity_id) as same_actor
            from bridge_event_actor where {REBUILT}
        )
        select * from listed
        where same_actor > 1
            or trim(actor_role) = ''
            or article_count < 1
            or event_id not in (select event_id from fact_event)
            or entity_id not in (select entity_id from dim_entity)
            or (
                country_code is not null
                and country_code not in (select country_code from dim_country)
            )
        """,
        scope=REBUILT,
        is_of_rows=True,
    ),
    table_rule(
        "event_redirect",
        "event_redirect_resolves",
        "a former key stands once, is no event any more and leads to one",
        """
        with listed as (
            select *, count(*) over (partition by old_event_id) as same_key
            from event_redirect
        )
        select * from listed
        where same_key > 1
            or old_event_id in (select event_id from fact_event)
            or event_id not in (select event_id from fact_event)
        """,
        is_of_rows=True,
    ),
    table_rule(
        "dim_event_type",
        "event_type_valid",
        "a type of event stands once and its quad class is known",
        f"""
        with listed as (
            select event_type, name_kk, quad_class,
                count(*) over (partition by event_type) as same_type
            from dim_event_type
        )
        select * from listed
        where same_type > 1
            or trim(event_type) = ''
            or trim(name_kk) = ''
            or not (quad_class is null or {one_of("quad_class", codes.QUAD_CLASSES)})
        """,
    ),
)

EVENT_RULES: tuple[Rule, ...] = (*_STATEMENTS, *_DOCUMENTS, *_EVENTS)
