"""Who held which office when: dim_entity_role, made of what dated articles say.

The table is a pure function of fact_role_mention and the dates of current versions,
so neither the order of articles nor the size of batches shows. Only the offices that
a load touches are made anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

#: An office of two tables is the same; country and organisation may be unknown.
_SAME_OFFICE = """
    {one}.role = {other}.role
    and {one}.country_code is not distinct from {other}.country_code
    and {one}.organisation_id is not distinct from {other}.organisation_id
"""

#: A month or a year for a date would place a statement on its first day.
_EVIDENCE = f"""
    office as (
        select
            role,
            country_code,
            organisation_id,
            row_number() over () as office_no
        from (select distinct * from touched_office)
    ),

    evidence as (
        select
            office.office_no,
            fact_role_mention.entity_id,
            fact_role_mention.article_id,
            fact_article.published_date as said_on,
            bool_and(fact_role_mention.is_single) as is_single
        from fact_role_mention
        inner join office
            on {_SAME_OFFICE.format(one="fact_role_mention", other="office")}
        inner join fact_article
            on
                fact_role_mention.article_id = fact_article.article_id
                and fact_role_mention.version = fact_article.version
        where
            fact_article.is_current
            and fact_article.published_date is not null
            and fact_article.published_precision in ('minute', 'day')
        group by all
    ),

    kind as (
        select
            office.office_no,
            bool_and(evidence.is_single)
            and (
                any_value(office.country_code) is not null
                or any_value(office.organisation_id) is not null
            ) as is_single
        from evidence
        inner join office on evidence.office_no = office.office_no
        group by office.office_no
    ),
"""

#: One holder at a time. Dropping the noise leaves no new noise: the runs around a
#: dropped one are of one person and become one run, of two articles at least, or are
#: dropped with it.
_SINGLE = """
    daily as (
        select
            evidence.office_no,
            evidence.said_on,
            evidence.entity_id,
            count(*) as articles,
            sum(count(*)) over (
                partition by evidence.office_no, evidence.entity_id
            ) as all_articles
        from evidence
        inner join kind on evidence.office_no = kind.office_no
        where kind.is_single
        group by evidence.office_no, evidence.said_on, evidence.entity_id
    ),

    holder as (
        select * from daily
        qualify
            row_number() over (
                partition by office_no, said_on
                order by articles desc, all_articles desc, entity_id asc
            ) = 1
    ),

    started as (
        select
            *,
            entity_id is distinct from lag(entity_id) over by_day as is_start
        from holder
        window by_day as (partition by office_no order by said_on)
    ),

    numbered as (
        select
            *,
            count_if(is_start) over (
                partition by office_no order by said_on
            ) as run_no
        from started
    ),

    run as (
        select
            office_no,
            run_no,
            any_value(entity_id) as entity_id,
            min(said_on) as said_on,
            sum(articles) as articles
        from numbered
        group by office_no, run_no
    ),

    believed as (
        select * from run
        window by_run as (partition by office_no order by run_no)
        qualify
            not coalesce(
                articles = 1
                and lag(entity_id) over by_run = lead(entity_id) over by_run,
                false
            )
    ),

    begun as (
        select * from believed
        qualify
            entity_id is distinct from lag(entity_id) over (
                partition by office_no order by said_on
            )
    ),

    single_span as (
        select
            office_no,
            entity_id,
            said_on as valid_from,
            lead(said_on) over (
                partition by office_no order by said_on
            ) - 1 as valid_to
        from begun
    ),
"""

_SPANS = f"""
    with
    {_EVIDENCE}
    {_SINGLE}
    shared_span as (
        select
            evidence.office_no,
            evidence.entity_id,
            min(evidence.said_on) as valid_from,
            null::date as valid_to
        from evidence
        inner join kind on evidence.office_no = kind.office_no
        where not kind.is_single
        group by evidence.office_no, evidence.entity_id
    ),

    span as (
        select * from single_span
        union all
        select * from shared_span
    ),

    supported as (
        select
            span.office_no,
            span.entity_id,
            span.valid_from,
            span.valid_to,
            first(
                evidence.article_id order by evidence.said_on, evidence.article_id
            ) as evidence_article_id,
            count(*)::integer as evidence_count
        from span
        inner join evidence
            on
                span.office_no = evidence.office_no
                and span.entity_id = evidence.entity_id
                and evidence.said_on >= span.valid_from
                and evidence.said_on <= coalesce(span.valid_to, evidence.said_on)
        group by span.office_no, span.entity_id, span.valid_from, span.valid_to
    )

    select
        (
            md5_number_upper(
                concat_ws(
                    chr(31),
                    office.role,
                    coalesce(office.country_code, ''),
                    coalesce(office.organisation_id::varchar, ''),
                    supported.entity_id,
                    supported.valid_from
                )
            ) >> 1
        )::bigint as role_id,
        supported.* exclude (office_no),
        office.role,
        office.country_code,
        office.organisation_id,
        kind.is_single,
        supported.valid_to is null as is_current
    from supported
    inner join office on supported.office_no = office.office_no
    inner join kind on supported.office_no = kind.office_no
    order by office.role, office.country_code, supported.valid_from, role_id
"""


def mark_offices(connection: duckdb.DuckDBPyConnection) -> None:
    """Note the offices that touched articles speak of, for `rebuild_roles`.

    Whoever takes rows out of fact_role_mention calls it before that.

    Args:
        connection: the warehouse, in a transaction, with the temporary table
            ``touched_article``.
    """
    connection.execute(
        """
        create temporary table if not exists touched_office (
            role varchar,
            country_code varchar,
            organisation_id bigint
        )
        """
    )
    connection.execute(
        """
        insert into touched_office
        select distinct role, country_code, organisation_id
        from fact_role_mention
        where article_id in (select touched_article.article_id from touched_article)
        """
    )


def rebuild_roles(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the rows of dim_entity_role anew for the offices that a load touched.

    Evidence is an article whose current version, dated to the day, says that a person
    holds the office. Where an office has one holder, that of a day is the person whom
    most articles name, then most articles over all days, then the smaller entity_id. A
    span lasts from its first day with evidence to the day before the next holder's. A
    run of days that rests on one article and lies between two of one other holder is
    taken for noise. Where several may hold an office each has an open span of his own;
    so it is, too, where neither country nor organisation is said: such an office is
    many.

    Must run after `warehouse.load.merge_articles`, in its transaction.

    Args:
        connection: the warehouse, in a transaction, with the temporary table
            ``touched_article``.
    """
    mark_offices(connection)
    touched = connection.execute(
        "select exists (select 1 from touched_office)"
    ).fetchone()
    if touched and touched[0]:
        connection.execute(
            f"""
            delete from dim_entity_role using touched_office
            where {_SAME_OFFICE.format(one="dim_entity_role", other="touched_office")}
            """
        )
        connection.execute(f"insert into dim_entity_role by name {_SPANS}")
    connection.execute("drop table touched_office")
