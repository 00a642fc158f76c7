"""Events: what several articles tell of one happening, put together.

The tables are a pure function of what current versions state, so neither the order of
articles nor the size of batches shows; event_redirect, which keeps former keys, is the
exception. Only the events that a load touches are made anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from warehouse.event_statements import join_statements, stage_statements

if TYPE_CHECKING:
    import duckdb


def mark_events(connection: duckdb.DuckDBPyConnection) -> None:
    """Note the events that touched articles tell of, for `rebuild_events`.

    Whoever takes rows out of fact_event_mention calls it before that.

    Args:
        connection: the warehouse, in a transaction, with the temporary table
            ``touched_article``.
    """
    connection.execute(
        "create temporary table if not exists touched_event (event_id bigint)"
    )
    connection.execute(
        """
        insert into touched_event
        select distinct event_id
        from fact_event_mention
        where article_id in (select touched_article.article_id from touched_article)
        """
    )


def rebuild_events(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the events anew that a load touched.

    Statements of one type and precision are of one event where their actors are the
    same, or one has all actors of the other and two are shared, and their days are at
    most two apart, in a chain. Where there is only one actor the day is the same and
    places do not differ; where there is none the place is the same. Without a day, or
    without actors and place, only statements of one article are joined. An event is
    named after its earliest statement: that of the article published first, then of
    the smaller article_id.

    Must run after `warehouse.load.merge_articles`, in its transaction. Leaves the
    temporary table ``rebuilt_event``, the events that it made and took away, for the
    table rules.

    Args:
        connection: the warehouse, in a transaction, with the temporary table
            ``touched_article``.
    """
    mark_events(connection)
    stage_statements(connection)
    touched = connection.execute(
        "select exists (from touched_event) or exists (from statement)"
    ).fetchone()
    if touched and touched[0]:
        join_statements(connection)
        _note_former_keys(connection)
        _write_events(connection)
        _write_keys(connection)
        connection.execute("insert into touched_event select event_id from member")
        connection.execute("drop table member")
    connection.execute(
        """
        create or replace temporary table rebuilt_event as
        select distinct event_id from touched_event
        """
    )
    connection.execute("drop table statement")
    connection.execute("drop table touched_event")


def _note_former_keys(connection: duckdb.DuckDBPyConnection) -> None:
    """Lead keys that vanish to the event that most of their statements are of now.

    A statement that was read anew has no key yet; then its article speaks for it.
    """
    connection.execute(
        """
        create or replace temporary table former_event as
        with former as (
            select
                fact_event.event_id as old_event_id,
                fact_event.event_type,
                fact_event_mention.article_id
            from fact_event
            left join fact_event_mention
                on fact_event.event_id = fact_event_mention.event_id
            where
                fact_event.event_id in (
                    select touched_event.event_id from touched_event
                )
                and fact_event.event_id not in (select member.event_id from member)
        ),

        voted as (
            select
                former.old_event_id,
                member.event_id,
                count_if(member.old_event_id = former.old_event_id) as statements,
                count(distinct member.article_id) as articles
            from former
            left join member
                on
                    former.article_id = member.article_id
                    and former.event_type = member.event_type
            group by former.old_event_id, member.event_id
        )

        select
            old_event_id,
            event_id
        from voted
        qualify
            row_number() over (
                partition by old_event_id
                order by statements desc, articles desc, event_id asc
            ) = 1
        """
    )
    connection.execute(
        """
        update event_redirect
        set event_id = former_event.event_id
        from former_event
        where
            event_redirect.event_id = former_event.old_event_id
            and former_event.event_id is not null
        """
    )
    connection.execute(
        """
        delete from event_redirect
        where
            event_id in (
                select former_event.old_event_id from former_event
                where former_event.event_id is null
            )
            or old_event_id in (select member.event_id from member)
        """
    )
    connection.execute(
        "insert into event_redirect by name "
        "from former_event where event_id is not null"
    )
    connection.execute("drop table former_event")


def _write_events(connection: duckdb.DuckDBPyConnection) -> None:
    """Replace the touched events, their articles and their actors."""
    for table in ("fact_event", "fact_event_mention", "bridge_event_actor"):
        connection.execute(
            f"""
            delete from {table}
            where event_id in (select touched_event.event_id from touched_event)
            """
        )
    connection.execute(
        f"""
        insert into fact_event by name
        with
        {_most("day", "event_date")},
        {_most("place", "place_id")}

        select
            member.event_id,
            any_value(member.event_type) as event_type,
            any_value(day.event_date) as event_date,
            any_value(member.event_precision) as event_precision,
            any_value(place.place_id) as place_id,
            first(
                member.article_id
                order by
                    member.published_date nulls last,
                    member.published_at nulls last,
                    member.article_id
            ) as first_article_id,
            count(distinct member.article_id)::integer as article_count,
            max(member.confidence) as confidence
        from member
        left join day on member.event_id = day.event_id
        left join place on member.event_id = place.event_id
        group by member.event_id
        order by member.event_id
        """
    )
    connection.execute(
        """
        insert into fact_event_mention by name
        select
            member.event_id,
            fact_event_statement.* exclude (
                event_id, event_type, event_date, event_precision, place_id, actors
            ),
            count(*) over in_article::integer as statement_count
        from member
        inner join fact_event_statement
            on
                member.article_id = fact_event_statement.article_id
                and member.version = fact_event_statement.version
                and member.event_no = fact_event_statement.event_no
        window in_article as (partition by member.event_id, member.article_id)
        qualify
            row_number() over (
                partition by member.event_id, member.article_id
                order by member.confidence desc, member.event_no
            ) = 1
        order by member.event_id, member.article_id
        """
    )
    connection.execute(
        f"""
        insert into bridge_event_actor by name
        with acted as (
            select
                event_id,
                article_id,
                unnest(actors, recursive := true)
            from member
        ),

        {_most("role", "actor_role", table="acted", of="event_id, entity_id")},
        {_most("country", "country_code", table="acted", of="event_id, entity_id")}

        select
            acted.event_id,
            acted.entity_id,
            any_value(role.actor_role) as actor_role,
            any_value(country.country_code) as country_code,
            count(distinct acted.article_id)::integer as article_count
        from acted
        inner join role
            on acted.event_id = role.event_id and acted.entity_id = role.entity_id
        left join country
            on acted.event_id = country.event_id and acted.entity_id = country.entity_id
        group by acted.event_id, acted.entity_id
        order by acted.event_id, acted.entity_id
        """
    )


def _most(name: str, value: str, *, table: str = "member", of: str = "event_id") -> str:
    """A CTE: the value that most articles give, the smallest of equals."""
    return f"""
        {name} as (
            select
                {of},
                {value}
            from {table}
            where {value} is not null
            group by {of}, {value}
            qualify
                row_number() over (
                    partition by {of}
                    order by count(distinct article_id) desc, {value} asc
                ) = 1
        )
    """


def _write_keys(connection: duckdb.DuckDBPyConnection) -> None:
    """Give statements and documents their event's key; old versions have none."""
    connection.execute(
        """
        update fact_event_statement
        set event_id = changed.event_id
        from (
            select
                fact_event_statement.article_id,
                fact_event_statement.version,
                fact_event_statement.event_no,
                member.event_id
            from fact_event_statement
            left join member
                on
                    fact_event_statement.article_id = member.article_id
                    and fact_event_statement.version = member.version
                    and fact_event_statement.event_no = member.event_no
            where
                fact_event_statement.event_id is distinct from member.event_id
                and (
                    member.event_id is not null
                    or fact_event_statement.article_id in (
                        select touched_article.article_id from touched_article
                    )
                )
        ) as changed
        where
            fact_event_statement.article_id = changed.article_id
            and fact_event_statement.version = changed.version
            and fact_event_statement.event_no = changed.event_no
        """
    )
    connection.execute(
        """
        update fact_document
        set event_id = changed.event_id
        from (
            select
                fact_document.article_id,
                fact_document.version,
                fact_document.document_no,
                fact_event_statement.event_id
            from fact_document
            left join fact_event_statement
                on
                    fact_document.article_id = fact_event_statement.article_id
                    and fact_document.version = fact_event_statement.version
                    and fact_document.event_no = fact_event_statement.event_no
            where
                fact_document.event_id
                is distinct from fact_event_statement.event_id
        ) as changed
        where
            fact_document.article_id = changed.article_id
            and fact_document.version = changed.version
            and fact_document.document_no = changed.document_no
        """
    )
