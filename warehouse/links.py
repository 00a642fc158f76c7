"""Which articles to compare: pairs that share a bucket, of which a load changed one.

The pairs that are kept (`fact_duplicate` and `story_link`) are a pure function of the
current versions: neither the order of articles nor the size of batches shows. Called
in this order, in the data transaction, after `warehouse.load.merge_articles`:
`begin_links`, `candidate_pairs`, then the caller judges the pairs by `read_sides` and
`read_texts`, `merge_links`; then `warehouse.copies.assign_roles` and
`warehouse.stories.assign_stories`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from warehouse.aggregates import begin_relinked
from warehouse.few_rows import few_rows

if TYPE_CHECKING:
    import duckdb
    import polars as pl

#: In a bucket each article is compared with so many of the earliest ones, no more: a
#: form that a thousand articles fill must not cost a million comparisons, and copies
#: are of the earliest anyway.
_COMPARED_IN_BUCKET = 16

#: Where an article stands among others: by time, undated ones last.
IN_TIME = "coalesce({table}.known_by, 'infinity'::timestamp), {table}.article_id"

_OF_TOUCHED = """
    article_id in (select touched_article.article_id from touched_article)
"""
_PAIR_OF_TOUCHED = """
    article_id in (select touched_article.article_id from touched_article)
    or other_article_id in (select touched_article.article_id from touched_article)
"""
_BOTH = "unnest([article_id, other_article_id]) as article_id"
_LINKS = """
    select article_id, other_article_id from fact_duplicate
    union all
    select article_id, other_article_id from story_link
"""


def begin_links(
    connection: duckdb.DuckDBPyConnection, *, are_leaving: bool = False
) -> None:
    """Note what the articles of ``touched_article`` were linked to, and unlink them.

    Whoever takes articles away calls it before that. Rows of versions that are not
    current any more go.

    Leaves the temporary tables ``changed_bucket`` (bucket_key,
    is_left: an article leaves it), ``unsettled_article``
    (article_id: whose role or story may change) and ``old_story`` and ``old_original``
    (article_id: what they belonged to), and ``relinked_article``, still empty, for
    `warehouse.aggregates`.

    Args:
        connection: the warehouse, in a transaction, with the temporary table
            ``touched_article``.
        are_leaving: these articles are going to be taken away.
    """
    begin_relinked(connection)
    connection.execute(
        f"""
        create or replace temporary table past_version as
        select article_id, version from fact_article
        where {_OF_TOUCHED} and (not is_current or $are_leaving)
        """,
        {"are_leaving": are_leaving},
    )
    connection.execute(
        f"""
        create or replace temporary table changed_bucket as
        with filled as (
            select * from article_bucket
            where {_OF_TOUCHED}
        )

        select
            filled.bucket_key,
            bool_or(past_version.article_id is not null) as is_left
        from filled
        left join past_version
            on
                filled.article_id = past_version.article_id
                and filled.version = past_version.version
        group by filled.bucket_key
        """
    )
    for table in ("unsettled_article", "old_story", "old_original"):
        connection.execute(
            f"create or replace temporary table {table} (article_id bigint)"
        )
    _unsettle(
        connection,
        f"""
        select article_id from touched_article
        union
        select {_BOTH} from ({_LINKS})
        where {_PAIR_OF_TOUCHED}
        """,
    )
    for statement in (
        f"delete from fact_duplicate where {_PAIR_OF_TOUCHED}",
        f"delete from story_link where {_PAIR_OF_TOUCHED}",
        _delete_past("article_bucket"),
        _delete_past("article_signature"),
        f"""
        update fact_article
        set duplicate_role = 'original', duplicate_of = null, story_id = null
        where not is_current and story_id is not null and {_OF_TOUCHED}
        """,
        "drop table past_version",
    ):
        connection.execute(statement)


def note_filled_buckets(connection: duckdb.DuckDBPyConnection) -> None:
    """Add the buckets that the articles of ``touched_article`` are in now.

    Args:
        connection: the warehouse, after `begin_links` and with their new signatures.
    """
    connection.execute(
        """
        insert into changed_bucket
        select distinct
            article_bucket.bucket_key,
            false as is_left
        from article_bucket
        semi join touched_article
            on article_bucket.article_id = touched_article.article_id
        anti join changed_bucket
            on article_bucket.bucket_key = changed_bucket.bucket_key
        """
    )


def candidate_pairs(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Pairs that are to be compared, and an end to those that no longer would be.

    Args:
        connection: the warehouse, after `begin_links` and whatever took rows away.

    Returns:
        article_id, other_article_id (the greater), in order.
    """
    connection.execute(
        f"""
        create or replace temporary table bucket as
        select
            article_bucket.bucket_key,
            article_bucket.article_id,
            row_number() over (
                partition by article_bucket.bucket_key
                order by {IN_TIME.format(table="article_signature")}
            ) as place,
            count(*) over (
                partition by article_bucket.bucket_key
            ) as members,
            changed_bucket.is_left,
            touched_article.article_id is not null as is_touched
        from article_bucket
        inner join changed_bucket
            on article_bucket.bucket_key = changed_bucket.bucket_key
        inner join article_signature
            on article_bucket.article_id = article_signature.article_id
        left join touched_article
            on article_bucket.article_id = touched_article.article_id
        """
    )
    _end_crowded_out(connection)
    pairs = connection.execute(
        f"""
        with met as (
            select distinct
                least(bucket.article_id, later.article_id) as article_id,
                greatest(bucket.article_id, later.article_id) as other_article_id
            from bucket
            inner join bucket as later
                on
                    bucket.bucket_key = later.bucket_key
                    and bucket.place < later.place
            where
                bucket.place <= {_COMPARED_IN_BUCKET}
                and (
                    bucket.is_touched
                    or later.is_touched
                    -- One may have moved up among the earliest.
                    or bucket.is_left
                )
        )

        select met.article_id, met.other_article_id
        from met
        anti join ({_LINKS}) as known
            on
                met.article_id = known.article_id
                and met.other_article_id = known.other_article_id
        order by met.article_id, met.other_article_id
        """
    ).pl()
    connection.execute("drop table bucket")
    connection.execute("drop table changed_bucket")
    return pairs


def read_sides(
    connection: duckdb.DuckDBPyConnection, pairs: pl.DataFrame
) -> pl.DataFrame:
    """The rows of article_signature of all articles that the pairs name."""
    return _of_pairs(
        connection, pairs, "article_signature", "article_signature.* exclude (version)"
    )


def read_texts(
    connection: duckdb.DuckDBPyConnection, pairs: pl.DataFrame
) -> pl.DataFrame:
    """article_id, title, text of all current versions that the pairs name."""
    columns = "fact_article.article_id, fact_article.title, fact_article.text"
    return _of_pairs(connection, pairs, "fact_article", columns, "is_current and")


def merge_links(connection: duckdb.DuckDBPyConnection, judged: pl.DataFrame) -> None:
    """Keep the pairs that were found equal or of one story.

    Args:
        connection: the warehouse, after `candidate_pairs`.
        judged: article_id, other_article_id, similarity, jaccard, is_near_equal,
            is_copy, is_one_story.
    """
    connection.register("judged", judged.to_arrow())
    for statement in (
        """
        insert into fact_duplicate by name
        select judged.* exclude (is_near_equal, is_one_story) from judged
        where is_near_equal
        """,
        """
        insert into story_link by name
        select article_id, other_article_id from judged where is_one_story
        """,
    ):
        connection.execute(statement)
    _unsettle(connection, f"select {_BOTH} from judged")
    connection.unregister("judged")


def _unsettle(connection: duckdb.DuckDBPyConnection, articles: str) -> None:
    """Note articles whose role or story may change, and what they belong to now.

    Args:
        connection: the warehouse, in a transaction.
        articles: SQL of their article_id.
    """
    connection.execute(f"create or replace temporary table unsettled_now as {articles}")
    connection.execute("insert into unsettled_article from unsettled_now")
    for table, belongs_to in (
        ("old_story", "story_id"),
        ("old_original", "coalesce(duplicate_of, article_id)"),
    ):
        connection.execute(
            f"""
            insert into {table}
            select distinct {belongs_to} from fact_article
            where
                story_id is not null
                and article_id in (select unsettled_now.article_id from unsettled_now)
            """
        )
    connection.execute("drop table unsettled_now")


def _delete_past(table: str) -> str:
    """SQL that takes away what was kept of past versions."""
    return f"""
        delete from {table} using past_version
        where
            {table}.article_id = past_version.article_id
            and {table}.version = past_version.version
    """


def _end_crowded_out(connection: duckdb.DuckDBPyConnection) -> None:
    """Unlink pairs that no bucket would compare any more.

    An article that comes among the earliest of a large bucket moves another one out.
    """
    connection.execute(
        f"""
        create or replace temporary table doubtful as
        with member as (
            select distinct article_id from bucket
            where members > {_COMPARED_IN_BUCKET}
        )

        select known.* from ({_LINKS}) as known
        semi join member on known.article_id = member.article_id
        semi join member as other_member
            on known.other_article_id = other_member.article_id
        """
    )
    found = connection.execute("select exists (from doubtful)").fetchone()
    if found and found[0]:
        _unlink_crowded_out(connection)
    connection.execute("drop table doubtful")


def _unlink_crowded_out(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        """
        create or replace temporary table bucket_of_doubtful as
        select article_id, bucket_key from article_bucket
        where article_id in (
            select unnest([doubtful.article_id, doubtful.other_article_id])
            from doubtful
        )
        """
    )
    connection.execute(
        f"""
        create or replace temporary table crowded_pair as
        with shared as (
            select
                doubtful.article_id,
                doubtful.other_article_id,
                one_bucket.bucket_key
            from doubtful
            inner join bucket_of_doubtful as one_bucket
                on doubtful.article_id = one_bucket.article_id
            inner join bucket_of_doubtful as other_bucket
                on
                    doubtful.other_article_id = other_bucket.article_id
                    and one_bucket.bucket_key = other_bucket.bucket_key
        ),

        placed as (
            select
                article_bucket.bucket_key,
                article_bucket.article_id
            from article_bucket
            inner join article_signature
                on article_bucket.article_id = article_signature.article_id
            where
                article_bucket.bucket_key in (select shared.bucket_key from shared)
            qualify
                row_number() over (
                    partition by article_bucket.bucket_key
                    order by {IN_TIME.format(table="article_signature")}
                ) <= {_COMPARED_IN_BUCKET}
        ),

        compared as (
            select
                shared.article_id,
                shared.other_article_id
            from shared
            inner join placed
                on
                    shared.bucket_key = placed.bucket_key
                    and placed.article_id in (
                        shared.article_id, shared.other_article_id
                    )
        )

        select doubtful.* from doubtful
        anti join compared
            on
                doubtful.article_id = compared.article_id
                and doubtful.other_article_id = compared.other_article_id
        """
    )
    for table in ("fact_duplicate", "story_link"):
        connection.execute(
            f"""
            delete from {table} using crowded_pair
            where
                {table}.article_id = crowded_pair.article_id
                and {table}.other_article_id = crowded_pair.other_article_id
            """
        )
    _unsettle(connection, f"select {_BOTH} from crowded_pair")
    connection.execute("drop table crowded_pair")
    connection.execute("drop table bucket_of_doubtful")


def _of_pairs(
    connection: duckdb.DuckDBPyConnection,
    pairs: pl.DataFrame,
    table: str,
    columns: str,
    and_: str = "",
) -> pl.DataFrame:
    """Columns of the table's rows of all articles that the pairs name."""
    connection.register("asked_pair", pairs.to_arrow())
    asked = few_rows(
        connection,
        table,
        f"""{and_} article_id in (
            select unnest([asked_pair.article_id, asked_pair.other_article_id])
            from asked_pair
        )""",
    )
    found = connection.execute(f"select {columns} from {table} where {asked}").pl()
    connection.unregister("asked_pair")
    return found
