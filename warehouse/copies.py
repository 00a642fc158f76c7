"""Which article repeats which: the roles of near-equal articles.

An article that is near-equal to one published before it is a copy or a rewrite; of
articles that appear at the same time or without a date the one with the smaller
article_id is taken for the earlier. So roles are a pure function of `fact_duplicate`
and of dates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from warehouse.links import IN_TIME

if TYPE_CHECKING:
    import duckdb

#: Of each article that has an earlier near-equal one: that most like it, and whether
#: it copies any.
EARLIER_TWIN = f"""
    with pair as (
        select article_id, other_article_id, similarity, jaccard, is_copy
        from fact_duplicate
        union all by name
        select
            other_article_id as article_id,
            article_id as other_article_id,
            similarity,
            jaccard,
            is_copy
        from fact_duplicate
    )

    select
        pair.article_id,
        first(
            pair.other_article_id
            order by
                pair.similarity desc,
                pair.jaccard desc,
                {IN_TIME.format(table="earlier")}
        ) as twin_id,
        bool_or(pair.is_copy) as is_copy
    from pair
    inner join article_signature as later on pair.article_id = later.article_id
    inner join article_signature as earlier
        on pair.other_article_id = earlier.article_id
    where
        ({IN_TIME.format(table="earlier")}) < ({IN_TIME.format(table="later")})
        and pair.article_id in (select asked.article_id from {{asked}} as asked)
    group by pair.article_id
"""


def assign_roles(connection: duckdb.DuckDBPyConnection) -> None:
    """Give original, copy and rewrite anew to the articles that a load unsettled.

    An article is a copy if it copies any earlier one, else a rewrite of an earlier one.
    ``duplicate_of`` is the original at the end of the chain: what the article repeats
    may itself repeat another.

    Leaves the temporary table ``rated_article``, the articles that it looked at, for
    `warehouse.measures`.

    Args:
        connection: the warehouse, in a transaction, after
            `warehouse.links.merge_links`.
    """
    connection.execute(
        """
        create or replace temporary table rated_article as
        select article_id, duplicate_role, duplicate_of
        from fact_article
        where
            is_current
            and (
                article_id in (
                    select unsettled_article.article_id from unsettled_article
                )
                or coalesce(duplicate_of, article_id) in (
                    select old_original.article_id from old_original
                )
            )
        """
    )
    twins = {
        article_id: (twin_id, is_copy)
        for article_id, twin_id, is_copy in connection.execute(
            EARLIER_TWIN.format(asked="rated_article")
        ).fetchall()
    }
    outside = {twin_id for twin_id, _ in twins.values()} - twins.keys()
    settled = dict(
        connection.execute(
            """
            select article_id, duplicate_of from fact_article
            where
                is_current
                and duplicate_of is not null
                and article_id in (select unnest($outside::bigint[]))
                and article_id not in (
                    select rated_article.article_id from rated_article
                )
            """,
            {"outside": sorted(outside)},
        ).fetchall()
    )
    roles = pl.DataFrame(
        [
            (
                article_id,
                "copy" if is_copy else "rewrite",
                _original(twin_id, twins, settled),
            )
            for article_id, (twin_id, is_copy) in twins.items()
        ],
        schema={
            "article_id": pl.Int64,
            "duplicate_role": pl.String,
            "duplicate_of": pl.Int64,
        },
        orient="row",
    )
    connection.register("new_role", roles.to_arrow())
    connection.execute(
        """
        update fact_article
        set
            duplicate_role = changed.duplicate_role,
            duplicate_of = changed.duplicate_of
        from (
            select
                rated_article.article_id,
                coalesce(new_role.duplicate_role, 'original') as duplicate_role,
                new_role.duplicate_of
            from rated_article
            left join new_role on rated_article.article_id = new_role.article_id
            where
                rated_article.duplicate_of is distinct from new_role.duplicate_of
                or rated_article.duplicate_role
                <> coalesce(new_role.duplicate_role, 'original')
        ) as changed
        where fact_article.is_current and fact_article.article_id = changed.article_id
        """
    )
    connection.unregister("new_role")
    connection.execute(
        "insert into relinked_article select article_id from rated_article"
    )
    connection.execute("drop table old_original")


def _original(
    article_id: int, twins: dict[int, tuple[int, bool]], settled: dict[int, int]
) -> int:
    """Follow the chain to its end; each step goes back in time."""
    while article_id in twins:
        article_id = twins[article_id][0]
    return settled.get(article_id, article_id)
