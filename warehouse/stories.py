"""Stories: articles on one happening over days, as the components of their links.

Two near-equal articles published within a month of each other, and two that
`story_link` pairs, belong to one story. An article whose day is unknown joins the one
near-equal article that is most like it and so never makes two stories one. A story is
named after its earliest article: story_id is a pure function of the current versions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from warehouse.links import IN_TIME

if TYPE_CHECKING:
    from collections.abc import Iterable

    import duckdb

#: A text printed again later tells of what is past.
_COPY_DAYS = 30

_EDGES = f"""
    with told as (
        select
            story_article.article_id,
            article_signature.known_by,
            article_signature.told_at
        from story_article
        inner join article_signature
            on story_article.article_id = article_signature.article_id
    ),

    equal as (
        select
            one.article_id,
            other.article_id as other_article_id,
            fact_duplicate.similarity,
            fact_duplicate.jaccard,
            one.told_at as one_told_at,
            other.told_at as other_told_at
        from fact_duplicate
        inner join told as one on fact_duplicate.article_id = one.article_id
        inner join told as other on fact_duplicate.other_article_id = other.article_id
    ),

    dated as (
        select article_id, other_article_id from equal
        where
            one_told_at between other_told_at - interval {_COPY_DAYS} days
            and other_told_at + interval {_COPY_DAYS} days
    ),

    undated as (
        select
            article_id,
            other_article_id,
            similarity,
            jaccard
        from equal
        where one_told_at is null
        union all by name
        select
            other_article_id as article_id,
            article_id as other_article_id,
            similarity,
            jaccard
        from equal
        where other_told_at is null
    ),

    joined as (
        select undated.article_id, undated.other_article_id
        from undated
        inner join told as one on undated.article_id = one.article_id
        inner join told as other on undated.other_article_id = other.article_id
        where
            other.told_at is not null
            or ({IN_TIME.format(table="other")}) < ({IN_TIME.format(table="one")})
        qualify
            row_number() over (
                partition by undated.article_id
                order by
                    other.told_at is null,
                    undated.similarity desc,
                    undated.jaccard desc,
                    {IN_TIME.format(table="other")}
            ) = 1
    ),

    linked as (
        select story_link.* from story_link
        semi join told on story_link.article_id = told.article_id
        semi join told as other on story_link.other_article_id = other.article_id
    )

    select * from dated
    union
    select * from joined
    union
    select * from linked
"""


def assign_stories(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the stories anew of which a load unsettled an article.

    Ids that are no longer used lead, in story_redirect, to the story that holds the
    earliest of their articles.

    Args:
        connection: the warehouse, in a transaction, after
            `warehouse.links.merge_links`.
    """
    connection.execute(
        f"""
        create or replace temporary table story_article as
        select
            fact_article.article_id,
            fact_article.story_id,
            row_number() over (
                order by {IN_TIME.format(table="article_signature")}
            ) as place
        from fact_article
        inner join article_signature
            on fact_article.article_id = article_signature.article_id
        where
            fact_article.is_current
            and (
                fact_article.article_id in (
                    select unsettled_article.article_id from unsettled_article
                )
                or fact_article.story_id in (
                    select old_story.article_id from old_story
                )
            )
        """
    )
    articles = connection.execute(
        "select article_id from story_article order by place"
    ).fetchall()
    edges = connection.execute(_EDGES).fetchall()
    named = name_components([row[0] for row in articles], edges)
    connection.register(
        "new_story",
        pl.DataFrame(
            list(named.items()),
            schema={"article_id": pl.Int64, "story_id": pl.Int64},
            orient="row",
        ).to_arrow(),
    )
    connection.execute(
        """
        update fact_article
        set story_id = new_story.story_id
        from new_story
        where
            fact_article.is_current
            and fact_article.article_id = new_story.article_id
            and fact_article.story_id is distinct from new_story.story_id
        """
    )
    _rebuild_stories(connection)
    _redirect(connection)
    connection.unregister("new_story")
    connection.execute(
        "insert into relinked_article select article_id from story_article"
    )
    for table in ("story_article", "old_story", "unsettled_article"):
        connection.execute(f"drop table {table}")


def name_components(
    articles: Iterable[int], edges: Iterable[tuple[int, int]]
) -> dict[int, int]:
    """Group articles that edges connect, however far apart.

    Args:
        articles: in the order in which they may give their name.
        edges: pairs of them.

    Returns:
        Each article to the first article of its group.
    """
    place = {article_id: number for number, article_id in enumerate(articles)}
    first = {article_id: article_id for article_id in place}

    def find(article_id: int) -> int:
        while first[article_id] != article_id:
            first[article_id] = first[first[article_id]]
            article_id = first[article_id]
        return article_id

    for one, other in edges:
        earlier, later = sorted((find(one), find(other)), key=place.__getitem__)
        first[later] = earlier
    return {article_id: find(article_id) for article_id in place}


def _rebuild_stories(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        """
        delete from dim_story
        where
            story_id in (select old_story.article_id from old_story)
            or story_id in (select new_story.story_id from new_story)
        """
    )
    connection.execute(
        """
        insert into dim_story by name
        select
            fact_article.story_id,
            any_value(fact_article.title) filter (
                where fact_article.article_id = fact_article.story_id
            ) as title,
            min(fact_article.published_date) as first_date,
            max(fact_article.published_date) as last_date,
            count(*)::integer as article_count,
            count(distinct fact_article.source_id)::integer as source_count
        from fact_article
        where
            fact_article.is_current
            and fact_article.story_id in (select new_story.story_id from new_story)
        group by fact_article.story_id
        order by fact_article.story_id
        """
    )


def _redirect(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        """
        create or replace temporary table moved_story as
        select
            story_article.story_id as old_story_id,
            first(new_story.story_id order by story_article.place) as story_id
        from story_article
        inner join new_story on story_article.article_id = new_story.article_id
        where
            story_article.story_id is not null
            and story_article.story_id not in (
                select dim_story.story_id from dim_story
            )
        group by story_article.story_id
        """
    )
    for statement in (
        """
        update story_redirect
        set story_id = moved_story.story_id
        from moved_story
        where story_redirect.story_id = moved_story.old_story_id
        """,
        """
        delete from story_redirect
        where
            old_story_id in (select new_story.story_id from new_story)
            or story_id not in (select dim_story.story_id from dim_story)
        """,
        "insert into story_redirect by name select * from moved_story",
        "drop table moved_story",
    ):
        connection.execute(statement)
