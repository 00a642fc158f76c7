"""Which statements of articles are of one event."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterable

    import duckdb

#: Days between two statements of one event: articles tell of it on the day before, of
#: several days of it, or a day late.
_WINDOW = 2

#: What current versions state. ``event_key`` is the same for statements that say the
#: same in one article; an anchor is what statements must share to be compared at all.
_STATEMENTS = """
    with stated as (
        select
            fact_event_statement.* exclude (surface, method),
            fact_article.published_date,
            fact_article.published_at,
            list_sort(
                list_distinct(list_transform(actors, lambda actor: actor.entity_id))
            ) as actor_ids
        from fact_event_statement
        inner join fact_article
            on
                fact_event_statement.article_id = fact_article.article_id
                and fact_event_statement.version = fact_article.version
        where fact_article.is_current and {scope}
    )

    select
        *,
        case
            when len(actor_ids) > 0
                then list_transform(actor_ids, lambda actor_id: 'actor ' || actor_id)
            when place_id is not null then ['place ' || place_id]
            else ['article ' || article_id]
        end as anchors,
        coalesce(event_date::varchar, 'article ' || article_id) as day,
        (
            md5_number_upper(
                concat_ws(
                    chr(31),
                    event_type,
                    article_id,
                    coalesce(event_date::varchar, ''),
                    event_precision,
                    coalesce(place_id::varchar, ''),
                    actor_ids::varchar
                )
            ) >> 1
        )::bigint as event_key
    from stated
"""

#: Days on which a statement of the same event may lie.
_DAYS = f"""
    case
        when event_date is null then [day]
        when event_precision = 'day' and len(actor_ids) > 1
            then list_transform(
                range(-{_WINDOW}, {_WINDOW} + 1),
                lambda days: (event_date + days::integer)::varchar
            )
        else [day]
    end
"""

#: Two statements of one event. One actor, or none, is little to go by: then the day is
#: the same, and no two places are named.
_IS_SAME = """
    (
        one.actor_ids = other.actor_ids
        and (len(one.actor_ids) > 1 or coalesce(one.place_id = other.place_id, true))
    )
    or (
        least(len(one.actor_ids), len(other.actor_ids)) > 1
        and (
            list_has_all(one.actor_ids, other.actor_ids)
            or list_has_all(other.actor_ids, one.actor_ids)
        )
    )
"""

#: What a statement says: compared once, however many articles say it.
_SAID = "event_type, event_precision, event_date, day, place_id, actor_ids, anchors"

_PAIRS = f"""
    with one as (
        select distinct
            {_SAID},
            {{keys}},
            unnest(anchors) as anchor
        from {{ones}}
    ),

    dated as (
        select
            * exclude (day),
            unnest({_DAYS}) as day
        from one
    ),

    other as (
        select distinct
            {_SAID},
            {{keys}},
            unnest(anchors) as anchor
        from {{others}}
    )

    select distinct {{columns}}
    from dated as one
    inner join other
        on
            one.event_type = other.event_type
            and one.event_precision = other.event_precision
            and one.anchor = other.anchor
            and one.day = other.day
    where {_IS_SAME}
"""


def stage_statements(connection: duckdb.DuckDBPyConnection) -> None:
    """Lay out the statements of all events that may change.

    An untouched statement is linked to those of its own event alone, and to touched
    ones: so the events of the neighbours of what was touched are all there is to add.

    Args:
        connection: the warehouse, in a transaction, with the temporary tables
            ``touched_article`` and ``touched_event``. Events are added to the latter;
            the statements become the temporary table ``statement``.
    """
    of_touched = _STATEMENTS.format(
        scope="fact_article.article_id in (select article_id from touched_article)"
    )
    connection.execute(f"create temporary table new_statement as {of_touched}")
    days = connection.execute(
        "select min(event_date), max(event_date), count(*) from new_statement"
    ).fetchone()
    if days and days[2]:
        near = _STATEMENTS.format(
            scope=f"""
            fact_event_statement.event_id is not null
            and (
                event_date is null
                or event_date between $first::date - {_WINDOW}
                and $last::date + {_WINDOW}
            )
            """
        )
        connection.execute(
            f"create temporary table near_statement as {near}",
            {"first": days[0], "last": days[1]},
        )
        neighbours = _PAIRS.format(
            ones="new_statement",
            others="near_statement",
            keys="event_id",
            columns="other.event_id",
        )
        connection.execute(f"insert into touched_event {neighbours}")
        connection.execute("drop table near_statement")
    of_events = _STATEMENTS.format(
        scope="""
        (
            fact_article.article_id in (select article_id from touched_article)
            or fact_event_statement.event_id in (select event_id from touched_event)
        )
        """
    )
    connection.execute(
        f"""
        create or replace temporary table statement as
        select
            *,
            dense_rank() over (order by {_SAID}) as said_at
        from ({of_events})
        """
    )
    connection.execute("drop table new_statement")


def join_statements(connection: duckdb.DuckDBPyConnection) -> None:
    """Put statements of one event together.

    Args:
        connection: the warehouse with the temporary table ``statement``; its rows with
            the keys of their events, ``event_id``, become the temporary table
            ``member``.
    """
    pairs = _PAIRS.format(
        ones="statement",
        others="statement",
        keys="said_at",
        columns="one.said_at, other.said_at",
    )
    roots = join_pairs(connection.execute(pairs).fetchall())
    joined = pl.DataFrame(
        {"said_at": list(roots.keys()), "root": list(roots.values())},
        schema={"said_at": pl.Int64, "root": pl.Int64},
    )
    connection.register("joined", joined.to_arrow())
    connection.execute(
        """
        create or replace temporary table member as
        select
            statement.* exclude (event_id, said_at),
            statement.event_id as old_event_id,
            first_value(statement.event_key) over (
                partition by joined.root
                order by
                    statement.published_date nulls last,
                    statement.published_at nulls last,
                    statement.article_id,
                    statement.event_no
            ) as event_id
        from statement
        inner join joined on statement.said_at = joined.said_at
        """
    )
    connection.unregister("joined")


def join_pairs(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Put what is paired, directly or through others, under one number.

    Args:
        pairs: numbers that belong together; one that belongs to none stands with
            itself.

    Returns:
        Each number to the smallest of those that it belongs with.
    """
    parents: dict[int, int] = {}

    def root(number: int) -> int:
        top = number
        while parents.setdefault(top, top) != top:
            top = parents[top]
        while parents[number] != top:
            parents[number], number = top, parents[number]
        return top

    for one, other in pairs:
        first, second = sorted((root(one), root(other)))
        parents[second] = first
    return {number: root(number) for number in list(parents)}
